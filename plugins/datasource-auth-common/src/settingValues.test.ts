import { authFaults, parsed } from './__testUtils__/settingsFaults';

describe('secrets', () => {
  it('keeps a secret that is omitted or unchanged, and removes one that is null', () => {
    const secretOf = (clientSecret: unknown) =>
      parsed({ clientSecret }).auth.clientSecret;
    expect(secretOf(undefined)).toBeUndefined();
    expect(
      secretOf({ set: true, updatedAt: 5, updatedBy: 'user:default/jane' }),
    ).toBeUndefined();
    expect(secretOf(null)).toBeNull();
    expect(secretOf('hush')).toBe('hush');
  });

  it.each([5, true, [], {}, { updatedAt: 5 }])(
    'rejects %j as a secret',
    value => {
      expect(Object.keys(authFaults({ password: value }))).toEqual([
        'auth.password',
      ]);
    },
  );

  it('marks a value as secret only with secret: true', () => {
    const value = (given: unknown) =>
      Object.keys(authFaults({ token: { params: { key: given } } }));
    expect(value({ secret: true })).toEqual([]);
    expect(value({ secret: true, set: true })).toEqual([]);
    expect(value({ secret: true, value: null })).toEqual([]);
    expect(value({ secret: false, value: 'x' })).toHaveLength(1);
    expect(value({ value: 'x' })).toHaveLength(1);
    expect(value(5)).toHaveLength(1);
  });
});
