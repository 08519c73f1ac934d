import { authFaults } from './__testUtils__/settingsFaults';

describe('response fields', () => {
  it('S3.17–S3.20 accepts dotted paths', () => {
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
    'threats 3: neither shows nor shares %s as anything else',
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
    ['the path of the access token', { accessToken: 'd.key' }, 'd.key'],
    ['the path of the refresh token', { refreshToken: 'd.again' }, 'd.again'],
    ['a list of tokens', { accessToken: 'tokens.0' }, 'tokens'],
    ['an object that contains a token', { refreshToken: 'a.b.c' }, 'a'],
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

  it('shows a field next to a token', () => {
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

  it('N5 takes the whole response for the access token, and for nothing else', () => {
    expect(authFaults({ response: { accessToken: '$' } })).toEqual({});
    for (const name of [...OPEN, 'refreshToken']) {
      expect(authFaults({ response: { [name]: '$' } })).toEqual({
        [`auth.response.${name}`]: expect.stringMatching(/Enter the name/),
      });
    }
  });

  it.each(['__proto__.x', 'a.constructor', 'prototype'])(
    "rejects the path %s, which would reach an object's prototype",
    path => {
      expect(
        Object.keys(authFaults({ response: { accessToken: path } })),
      ).toEqual(['auth.response.accessToken']);
    },
  );
});
