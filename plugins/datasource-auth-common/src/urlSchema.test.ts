import { authFaults, faults } from './__testUtils__/settingsFaults';
import { urlSchema } from './urlSchema';

const SCRIPT = ['javascript', 'alert(1)'].join(':');

describe('the URL schema', () => {
  it.each([
    'https://login.example.com/oauth/token',
    'http://localhost:9000/token',
    'https://login.example.com/authorize?p=B2C_1_signin',
    'https://{{instance.tenant}}.example.com/token',
    'https://login.example.com/{{ instance.tenant }}/token',
    'https://[::1]:8443/token',
    '  https://login.example.com/token  ',
    '',
  ])('accepts %j', url => {
    expect(authFaults({ token: { url } })).toEqual({});
  });

  it('S4.8 trims surrounding spaces and keeps the trailing slash', () => {
    expect(urlSchema.parse(' https://example.com/token/ ')).toBe(
      'https://example.com/token/',
    );
  });

  it.each([
    'not a url',
    '/token',
    'login.example.com/token',
    'ftp://example.com/token',
    SCRIPT,
    '{{instance.url}}/token',
    'https://',
  ])("rejects %j, which isn't an absolute HTTP(S) URL", url => {
    expect(authFaults({ token: { url } })).toEqual({
      'auth.token.url':
        'Enter an absolute URL, for example: https://example.com/token.',
    });
  });

  it.each([
    'https:evil.example/token',
    'https:/evil.example/token',
    'https:///evil.example/token',
    'https:\\\\evil.example\\token',
    'https://good.example\\@evil.example/token',
    'https://ev\til.example/token',
    'https://ev\nil.example/token',
    'https://good.example/a b',
    'https://good.example/\u0000',
  ])(
    'threats 4: rejects %j, which the URL parser would read differently than a person',
    url => {
      expect(Object.keys(authFaults({ token: { url } }))).toEqual([
        'auth.token.url',
      ]);
    },
  );

  it.each([
    'https://user@example.com/token',
    'https://user:word@example.com/token',
    'https://{{instance.user}}@example.com/token',
  ])('rejects the username in %j', url => {
    expect(authFaults({ token: { url } })).toEqual({
      'auth.token.url': 'Remove the username and password from the URL.',
    });
  });

  it.each(['https://example.com/token#part', 'https://example.com/token#'])(
    '[checklist 6] rejects the fragment of %j (RFC 6749 section 3.1)',
    url => {
      expect(authFaults({ authorize: { url } })).toEqual({
        'auth.authorize.url':
          'Remove the fragment (everything after #) from the URL.',
      });
    },
  );

  it('applies the same rules to every URL', () => {
    const url = SCRIPT;
    expect(
      Object.keys(
        faults(
          { baseUrl: url },
          {
            issuer: url,
            authorize: { url, pushedRequestUrl: url },
            token: { url },
            refresh: { url },
            revoke: { url },
          },
        ),
      ).sort(),
    ).toEqual([
      'auth.authorize.pushedRequestUrl',
      'auth.authorize.url',
      'auth.issuer',
      'auth.refresh.url',
      'auth.revoke.url',
      'auth.token.url',
      'baseUrl',
    ]);
  });
});
