import { hasApiSecret } from './apiSecrets';
import { secretOrigins } from './origins';
import { datasourceSettingsSchema } from './settings';

const settingsOf = (more: object, auth: object = {}) => ({
  name: 'crm',
  baseUrl: 'https://api.example.com/v2?tenant=a&sub[x]=1',
  auth: { grantType: 'client_credentials', ...auth },
  ...more,
});

/** Returns the error messages of settings, by path. */
function faults(api: object, auth?: object): Record<string, string> {
  const parsed = datasourceSettingsSchema.safeParse(settingsOf({ api }, auth));
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [
      path.join('.'),
      message,
    ]),
  );
}

describe('N2: headers and parameters of every API call', () => {
  it('can be any header and parameter: plain, secret, or with templates', () => {
    const api = {
      headers: {
        'X-Api-Version': '2',
        'X-Key': { secret: true, value: 'hush' },
        'X-Tenant': 'tenant {{instance.tenant}} of {{kept.realm}}',
      },
      query: { api_key: { secret: true, value: 'hush & more' }, v: '' },
    };
    expect(faults(api)).toEqual({});
  });

  it.each([
    'Host',
    'COOKIE',
    'connection',
    'Keep-Alive',
    'Proxy-Authorization',
    'Proxy-Authenticate',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Content-Length',
    'Expect',
  ])('rejects the header %s', name => {
    expect(faults({ headers: { [name]: 'x' } })).toEqual({
      [`api.headers.${name}`]: `Remove '${name}': each call sets this header itself.`,
    });
  });

  it('rejects the header that carries the token', () => {
    const own = { headers: { authorization: { secret: true, value: 'x' } } };
    expect(faults(own)).toEqual({
      'api.headers.authorization':
        "Remove 'authorization': the credential is sent in this header. To send both, choose another header for the credential.",
    });
    expect(faults(own, { header: { name: 'X-Token' } })).toEqual({});
  });

  it.each([
    ['a line break', 'key\r\nX-Evil: 1'],
    ['a line break at its end', 'key\n'],
    ['a NUL', 'key\0'],
  ])('rejects a value with %s', (_, value) => {
    for (const map of ['headers', 'query']) {
      for (const entered of [value, { secret: true, value }]) {
        expect(faults({ [map]: { 'X-Key': entered } })).toEqual({
          [`api.${map}.X-Key`]:
            "The value of 'X-Key' has a line break or another control character. Enter it on one line.",
        });
      }
    }
  });

  it('rejects header letters outside Latin-1 and invalid names', () => {
    expect(faults({ headers: { 'X-Key': 'ключ' } })).toEqual({
      'api.headers.X-Key': expect.stringContaining(
        'Use Latin-1 characters only',
      ),
    });
    expect(faults({ headers: { 'X Key': 'x' } })).toEqual({
      'api.headers.X Key': expect.stringContaining('Use letters, digits and -'),
    });
    expect(faults({ query: { ключ: 'ключ' } })).toEqual({});
  });

  it('rejects a duplicate name, ignoring case', () => {
    expect(faults({ headers: { 'X-Key': 'a', 'x-key': 'b' } })).toEqual({
      'api.headers.x-key': "'X-Key' and 'x-key' are the same name. Keep one.",
    });
    expect(faults({ query: { key: 'a', KEY: 'b' } })).toEqual({
      'api.query.KEY': "'key' and 'KEY' are the same name. Keep one.",
    });
  });

  it.each(['tenant', 'Tenant', 'sub[x]', 'sub'])(
    'rejects the parameter %s, which the base URL already has',
    name => {
      expect(faults({ query: { [name]: 'x' } })).toEqual({
        [`api.query.${name}`]: `The base URL already has the parameter '${name}'. Remove it there or here.`,
      });
    },
  );

  it('allows at most 50 headers', () => {
    const headers = Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [`X-${index}`, 'x']),
    );
    expect(faults({ headers })).toEqual({
      'api.headers.X-50': 'Remove some: at most 50 are sent.',
    });
  });
});

describe('threats 1: where secrets in headers and parameters are sent', () => {
  const endpoints = {
    auth: {
      type: 'oauth2' as const,
      token: { url: 'https://login.example.com/token' },
    },
    baseUrl: 'https://api.example.com',
    allowedHosts: ['files.example.com'],
  };
  const API = ['https://api.example.com', '//files.example.com'];
  const LOGIN = 'https://login.example.com';
  const secret = { secret: true };

  it.each([
    ['plain values', { headers: { 'X-Version': '2' } }, false],
    ['a secret header', { headers: { 'X-Key': secret } }, true],
    ['a secret parameter', { query: { key: secret } }, true],
    ['a secret in a template', { headers: { X: 'k {{instance.key}}' } }, true],
  ])('%s: %s', (_, api, expected) => {
    const settings = { ...endpoints, instance: { key: secret }, api };
    expect(hasApiSecret(settings)).toBe(expected);
    expect([...secretOrigins(settings)]).toEqual(
      expected ? [LOGIN, ...API] : [LOGIN],
    );
  });

  it('includes the API and its hosts for these, and only the endpoints for other secrets', () => {
    const settings = {
      ...endpoints,
      instance: { key: secret, other: secret },
      api: { headers: { 'X-Key': secret }, query: { k: '{{instance.key}}' } },
    };
    const of = (path: string) => [...secretOrigins(settings, path)];
    expect(of('api.headers.X-Key')).toEqual(API);
    expect(of('auth.clientSecret')).toEqual([LOGIN]);
    expect(of('instance.key')).toEqual([LOGIN, ...API]);
    expect(of('instance.other')).toEqual([LOGIN]);
  });
});
