import { authFaults } from './__testUtils__/settingsFaults';

describe('members of the response', () => {
  it('S3.17–S3.20 takes dotted paths', () => {
    expect(
      authFaults({
        response: {
          accessToken: 'data.access_token',
          refreshToken: 'tokens.1.value',
          expiresIn: 'data.ttl',
        },
      }),
    ).toEqual({});
  });

  const OPEN = [
    'expiresIn',
    'expiresAt',
    'refreshExpiresIn',
    'tokenType',
    'scope',
    'error',
  ];
  const MEMBERS = [
    'access_token',
    'refresh_token',
    'id_token',
    'client_secret',
    'password',
    'data.refresh_token',
    'refreshToken',
    'data.accessToken',
    'Refresh-Token',
  ];

  it.each(MEMBERS)(
    'threats 3: neither shows nor hands out %s as anything else',
    member => {
      for (const name of OPEN) {
        expect(
          Object.keys(authFaults({ response: { [name]: member } })),
        ).toContain(`auth.response.${name}`);
      }
      expect(
        Object.keys(authFaults({ response: { keep: ['ok', member] } })),
      ).toContain('auth.response.keep.1');
      expect(
        Object.keys(authFaults({ callback: { keep: [member] } })),
      ).toContain('auth.callback.keep.0');
      expect(
        Object.keys(
          authFaults({ response: { success: { path: member, equals: 1 } } }),
        ),
      ).toContain('auth.response.success.path');
    },
  );

  it.each([
    ['where the access token stands', { accessToken: 'd.key' }, 'd.key'],
    ['where the refresh token stands', { refreshToken: 'd.again' }, 'd.again'],
    ['a list of tokens', { accessToken: 'tokens.0' }, 'tokens'],
    ['an object round a token', { refreshToken: 'a.b.c' }, 'a'],
  ])('threats 3: does not show %s', (_, tokens, member) => {
    for (const name of OPEN) {
      expect(
        authFaults({ response: { ...tokens, [name]: member } }),
      ).toMatchObject({
        [`auth.response.${name}`]: expect.stringContaining('Credentials'),
      });
    }
    expect(
      Object.keys(authFaults({ response: { ...tokens, keep: [member] } })),
    ).toEqual(['auth.response.keep.0']);
    expect(
      Object.keys(
        authFaults({
          response: { ...tokens, success: { path: member, equals: 'x' } },
        }),
      ),
    ).toEqual(['auth.response.success.path']);
  });

  it('shows a neighbour of a token', () => {
    expect(
      authFaults({
        response: {
          accessToken: 'authed_user.access_token',
          scope: 'authed_user.scope',
          keep: ['team.id', 'authed_user_id'],
        },
      }),
    ).toEqual({});
  });

  it.each(['__proto__.x', 'a.constructor', 'prototype'])(
    "refuses the path %s, which would reach an object's prototype",
    path => {
      expect(
        Object.keys(authFaults({ response: { accessToken: path } })),
      ).toEqual(['auth.response.accessToken']);
    },
  );
});
