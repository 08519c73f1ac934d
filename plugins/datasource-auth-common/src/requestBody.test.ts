import { authFaults } from './__testUtils__/settingsFaults';
import { CLIENT_AUTHENTICATION_METHODS } from './clientAuthentications';
import { secretOrigins } from './origins';
import { requiredSettings } from './requiredSettings';

const PROVEN = { code: '{{code}}', verifier: '{{codeVerifier}}' };

const bodyFaults = (body: unknown, auth: object = {}) =>
  authFaults({ grantType: 'client_credentials', token: { body }, ...auth });

const nested = (levels: number): unknown =>
  levels === 0 ? 'x' : { a: nested(levels - 1) };

const BODY = 'auth.token.body';

describe('N5 a JSON body', () => {
  it.each([
    { auth: { key: '{{clientId}}', secret: '{{clientSecret}}' } },
    [{ a: [1, true, '{{instance.x}}'] }, 'b'],
    { deep: nested(7) },
    { at: '{{now}}', id: '{{uuid}}', scope: '{{scopes}}' },
  ])('has any shape: %j', body => {
    expect(bodyFaults(body)).toEqual({});
  });

  it.each<[string, unknown, RegExp]>([
    ['9 levels', nested(9), /at most 8 levels/],
    ['100 levels', nested(100), /at most 8 levels/],
    [
      '50,000 levels',
      JSON.parse('['.repeat(5e4) + ']'.repeat(5e4)),
      /8 levels/,
    ],
    ['33 KiB', { a: 'x'.repeat(33 * 1024) }, /at most 32 KiB/],
    ['a null', { a: { b: null } }, /Enter a text, a number/],
    [
      'an unknown template',
      { a: ['{{secret}}'] },
      /{{secret}}.* unknown .* Use /,
    ],
    ['a text', '{"a": ', /JSON object or list/],
    ['a number', 5, /JSON object or list/],
    ['a reserved name', { a: { constructor: 'x' } }, /another name/],
  ])('is refused with %s', (_, body, message) => {
    const found = Object.entries(bodyFaults(body));
    expect(found).toHaveLength(1);
    const [[path, text]] = found;
    expect(path.startsWith(BODY)).toBe(true);
    expect(text).toMatch(message);
  });

  it.each(CLIENT_AUTHENTICATION_METHODS)(
    'is not combined with parameters of the client: %s',
    clientAuthentication => {
      const sends = /_(post|jwt|assertion|auth)$/.test(clientAuthentication);
      expect(
        Object.keys(bodyFaults({ a: 'b' }, { clientAuthentication })),
      ).toEqual(sends ? [BODY] : []);
      expect(
        Object.keys(
          authFaults({
            refresh: { body: { a: 'b' }, clientAuthentication },
          }),
        ),
      ).toEqual(sends ? ['auth.refresh.body'] : []);
    },
  );

  it.each([
    [{ params: { a: 'b' } }, 'auth.token.params'],
    [{ method: 'GET' }, BODY],
    [{ contentType: 'query' }, BODY],
  ])('is not combined with %j', (token, path) => {
    const found = bodyFaults(undefined, {
      token: { body: { a: 'b' }, ...token },
    });
    expect(found).toEqual({
      [path]: expect.stringMatching(/Choose|Move these into the body/),
    });
  });

  it('proves an approval', () => {
    const found = (body: unknown, auth: object = {}) =>
      authFaults({ token: { body }, ...auth })[BODY];
    expect(found(PROVEN)).toBeUndefined();
    expect(found({ a: 'b' })).toMatch(/{{code}} and {{codeVerifier}}/);
    expect(found({ a: '{{code}}' })).toMatch(
      /Add {{codeVerifier}} to the body/,
    );
    expect(found({ a: '{{code}}' }, { pkce: 'off' })).toBeUndefined();
  });

  it('requires the client secret that it asks for', () => {
    const required = (body: unknown) =>
      requiredSettings({
        type: 'oauth2',
        grantType: 'client_credentials',
        clientAuthentication: 'none',
        token: { body },
      });
    expect(required({ a: ['{{clientSecret}}'] })).toContain(
      'auth.clientSecret',
    );
    expect(required({ a: 'b' })).not.toContain('auth.clientSecret');
  });
});

describe('N5 a further request', () => {
  const then = { url: 'https://idp.example/tokens' };
  const thenFaults = (change: object, grantType = 'client_credentials') =>
    authFaults({ grantType, token: { then: { ...then, ...change } } });

  const refreshFaults = (refresh: object) =>
    authFaults({ grantType: 'authorization_code', refresh });

  it.each(['client_credentials', 'password', 'jwt_bearer'])(
    'follows the token request of %s',
    grantType => {
      const change = {
        authorization: 'Bearer {{answer.token}}',
        body: { a: '{{answer.id}}' },
      };
      expect(thenFaults(change, grantType)).toEqual({});
    },
  );

  it('follows an approval, and a refresh', () => {
    expect(thenFaults({}, 'authorization_code')).toEqual({});
    expect(refreshFaults({ then })).toEqual({});
  });

  it.each([
    ['keepsAccessToken', { keepsAccessToken: true }, /keeps the access token/],
    ['mode grant', { mode: 'grant' }, /further request of the token request/],
  ])('of a refresh is refused beside %s', (_, change, text) => {
    expect(refreshFaults({ then, ...change })).toEqual({
      'auth.refresh.then.url': expect.stringMatching(text),
    });
  });

  it.each([
    [{ url: undefined }, 'url', /Enter the URL/],
    [{ body: { a: 'b' }, method: 'GET' }, 'body', /Choose POST/],
    [{ body: { a: 'b' }, params: { c: 'd' } }, 'params', /into the body/],
    [{ headers: { Authorization: 'x' } }, 'headers.Authorization', /Remove it/],
  ])('is refused as %j', (change, member, message) => {
    expect(thenFaults(change)).toEqual({
      [`auth.token.then.${member}`]: expect.stringMatching(message),
    });
  });

  it('threats 1: sends secrets to its origin, too', () => {
    const token = { url: 'https://idp.example/token', then };
    expect([
      ...secretOrigins({
        auth: { token: { ...token, then: { url: 'https://other.example/x' } } },
      }),
    ]).toEqual(['https://idp.example', 'https://other.example']);
  });
});
