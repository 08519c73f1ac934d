import { faults as settingsFaults } from '../__testUtils__/settingsFaults';
import { secretOrigins } from '../origins';
import { secretSettingsOf } from './descriptors';
import { noneSchema } from './none';
import { staticSchema } from './static';

const faults = (auth: object) =>
  Object.fromEntries(
    (
      staticSchema.safeParse({ type: 'static', ...auth }).error?.issues ?? []
    ).map(({ path, message }) => [path.join('.'), message]),
  );

describe('N1: credentials that the API issued itself', () => {
  it('can be keys in headers and query, Basic, a bearer token, or several of them', () => {
    const key = { secret: true, value: 'key' };
    expect(faults({ headers: { 'X-Key': key }, query: { k: key } })).toEqual(
      {},
    );
    expect(
      faults({
        basic: { username: 'robot', password: 'pass:word' },
        headers: { 'X-Key': key },
      }),
    ).toEqual({});
    expect(faults({ bearer: 'token', expiresAt: '2027-01-31' })).toEqual({});
    expect(faults({ bearer: { file: 'k8s' } })).toEqual({});
  });

  it('can set the Authorization header only once', () => {
    const basic = { username: 'robot', password: 'x' };
    expect(faults({ basic, bearer: 'token' })).toEqual({
      bearer:
        "Remove this or 'basic': both are sent in the header 'Authorization'.",
    });
    expect(faults({ headers: { authorization: 'x' }, basic })).toEqual({
      basic:
        "Remove this or 'headers.authorization': both are sent in the header 'Authorization'.",
    });
  });

  it.each([
    ['bearer', { bearer: 'a\nb' }, 'in one line'],
    ['bearer', { bearer: 'ключ' }, 'no header can carry'],
    ['bearer.file', { bearer: { file: '../token' } }, 'datasourceAuth.files'],
    ['basic.username', { basic: { username: 'a:b' } }, 'Remove the colon'],
    [
      'basic.password',
      { basic: { username: 'a', password: 'a\r\nb' } },
      'in one line',
    ],
    ['headers.Host', { headers: { Host: 'x' } }, "Remove 'Host'"],
    ['expiresAt', { expiresAt: 'tomorrow' }, 'ISO date'],
  ])('have a remedy for an invalid %s: %j', (path, auth, text) => {
    expect(faults(auth)).toEqual({ [path]: expect.stringContaining(text) });
  });
});

it('N1: a public API has no settings but its kind', () => {
  expect(noneSchema.safeParse({ type: 'none' }).success).toBe(true);
  expect(noneSchema.safeParse({ type: 'none', bearer: 'x' }).success).toBe(
    false,
  );
});

describe('N1: credentials and the headers and parameters of every call', () => {
  const bearer = { type: 'static', bearer: 'token' };
  const keyed = {
    type: 'static',
    headers: { 'X-Key': { secret: true, value: 'key' } },
    query: { key: { secret: true, value: 'key' } },
  };

  it.each<[string, object, object, string]>([
    [
      'api.headers.authorization',
      bearer,
      { api: { headers: { authorization: 'x' } } },
      'credential is sent in this header',
    ],
    [
      'api.headers.x-key',
      keyed,
      { api: { headers: { 'x-key': 'x' } } },
      'credential is sent in this header',
    ],
    [
      'api.query.Key',
      keyed,
      { api: { query: { Key: 'x' } } },
      'credential is sent in this parameter',
    ],
    [
      'auth.query.key',
      keyed,
      { baseUrl: 'https://api.example.com/?key=1' },
      "The base URL already has the parameter 'key'",
    ],
  ])('reject %s', (path, auth, change, text) => {
    expect(settingsFaults(change, auth)).toEqual({
      [path]: expect.stringContaining(text),
    });
  });

  it.each(['Host', 'Cookie', 'Connection', 'Transfer-Encoding', 'TE'])(
    'reject the header %s',
    name => {
      expect(faults({ headers: { [name]: 'x' } })).toHaveProperty([
        `headers.${name}`,
      ]);
    },
  );

  it('reject a duplicate name, in any case, and a key with a line break', () => {
    expect(faults({ headers: { 'X-Key': 'a', 'x-key': 'b' } })).toEqual({
      'headers.x-key': "'X-Key' and 'x-key' are the same name. Keep one.",
    });
    expect(
      faults({ headers: { 'X-Key': { secret: true, value: 'a\r\nb' } } }),
    ).toEqual({
      'headers.X-Key': expect.stringContaining('Enter it on one line'),
    });
  });

  it('threats 1: include the API and its hosts in the origins of their secrets', () => {
    const settings = {
      auth: bearer as { type: 'static' },
      baseUrl: 'https://api.example.com/v1',
      allowedHosts: ['files.example.com'],
    };
    for (const path of [
      'auth.bearer',
      'auth.basic.password',
      'auth.headers.X-Key',
      undefined,
    ]) {
      expect([...secretOrigins(settings, path)]).toEqual([
        'https://api.example.com',
        '//files.example.com',
      ]);
    }
  });

  it("drop secrets that aren't sent", () => {
    expect(secretSettingsOf({ type: 'static' })).toEqual(['auth.bearer']);
    const basic = { type: 'static' as const, basic: { username: '' } };
    expect(secretSettingsOf(basic)).toEqual(['auth.basic.password']);
    const header = { type: 'static' as const, headers: { authorization: {} } };
    expect(secretSettingsOf(header)).toEqual([]);
    expect(secretSettingsOf({ type: 'none' })).toEqual([]);
  });
});
