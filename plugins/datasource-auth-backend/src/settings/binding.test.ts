import {
  BINDING_SETTINGS,
  REQUEST_SETTINGS,
  newOrigins,
  secretOrigins,
  apiOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { bareSettingsOf } from '../__testUtils__/settings';
import { bindingOf, requestedOf } from './binding';
import { splitSecrets } from './secrets';

const bound = (auth: Record<string, unknown> = {}, change = {}) =>
  bindingOf(bareSettingsOf(change, auth));

const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

const token = (change: object) => ({
  token: { url: 'https://login.example.com/token', ...change },
});

describe('the binding', () => {
  it('threats 1: changes with what tokens are bound to, and the default is the same as none', () => {
    const bindings = (['none', 'mtls', 'dpop'] as const).map(senderConstraint =>
      bound({}, { senderConstraint }),
    );
    expect(new Set(bindings).size).toBe(3);
    expect(bindings[0]).toBe(bound());
  });

  it('threats 1: changes with the hosts that a kept value may choose', () => {
    const hosts = (...list: string[]) =>
      bound({ response: { keep: ['domain'], keepHosts: { domain: list } } });
    expect(hosts('a.example')).not.toBe(hosts('a.example', 'b.example'));
  });

  it.each<[string, Record<string, unknown>]>([
    ['grant type', { grantType: 'password' }],
    ['client id', { clientId: 'another' }],
    ['user name', { username: 'robot' }],
    ['issuer', { issuer: 'https://login.example.com' }],
    ['resource', { resource: ['https://api.example.com'] }],
    ['audience', { audience: 'another' }],
    ['authorize URL', { authorize: { url: 'https://login.example.com/a' } }],
    [
      'pushed request URL',
      {
        authorize: {
          url: 'https://login.example.com/authorize',
          pushedRequestUrl: 'https://login.example.com/par',
        },
      },
    ],
    ['client authentication', { clientAuthentication: 'client_secret_post' }],
    ['key id', { clientAssertion: { kid: 'kid-2' } }],
    ['key algorithm', { clientAssertion: { alg: 'ES256' } }],
    ['key certificate', { clientAssertion: { certificate: CERTIFICATE } }],
    [
      'assertion audience',
      { clientAssertion: { audience: 'https://a.example' } },
    ],
    ['token URL', { token: { url: 'https://login.example.com/t' } }],
    [
      'token URL query',
      { token: { url: 'https://login.example.com/token?a=b' } },
    ],
    ['token method', token({ method: 'GET' })],
    ['content type', token({ contentType: 'json' })],
    ['token parameters', token({ params: { a: 'b' } })],
    ['secret token parameter', token({ params: { a: { secret: true } } })],
    ['token query', token({ query: { a: 'b' } })],
    ['token headers', token({ headers: { 'X-A': 'b' } })],
    ['token renames', token({ rename: { client_id: 'app_id' } })],
    ['grant type parameter', token({ grantType: 'x' })],
    ['refresh URL', { refresh: { url: 'https://login.example.com/r' } }],
    ['refresh method', { refresh: { method: 'GET' } }],
    ['refresh parameters', { refresh: { params: { a: 'b' } } }],
    [
      'field template of a refresh',
      { refresh: { params: { a: '{{token.accessToken}}' } } },
    ],
    ['refresh mode', { refresh: { mode: 'grant' } }],
    ['refresh grant type', { refresh: { grantType: 'x' } }],
    ['redirect URI in a refresh', { refresh: { redirectUri: true } }],
    ['scope in a refresh', { refresh: { sendScope: true } }],
    ['kept access token', { refresh: { keepsAccessToken: true } }],
    ['scopes of a refresh', { refresh: { scopes: ['read'] } }],
    ['content type of a refresh', { refresh: { contentType: 'json' } }],
    [
      'client authentication of a refresh',
      { refresh: { clientAuthentication: 'none' } },
    ],
    ['revocation URL', { revoke: { url: 'https://login.example.com/x' } }],
    ['access token path', { response: { accessToken: 'data.a' } }],
    ['refresh token path', { response: { refreshToken: 'data.r' } }],
    ['expiry path', { response: { expiresIn: 'ttl' } }],
    ['absolute expiry path', { response: { expiresAt: 'until' } }],
    ['error path', { response: { error: 'problem' } }],
    ['success rule', { response: { success: { path: 'ok', equals: true } } }],
    ['kept members', { response: { keep: ['instance_url'] } }],
  ])('threats 1: changes with the %s', (_, auth) => {
    expect(bound(auth)).not.toBe(bound());
  });

  it.each([
    ['another scheme', { authorization: 'Bearer {{assertion}}' }],
    ['the username of Basic', { basic: { username: 'x' } }],
    ['the password of Basic', { basic: { password: 'x' } }],
  ])('threats 1: changes with %s in a token request', (_, own) => {
    const without = { clientAuthentication: 'none' };
    expect(bound({ ...without, ...token(own) })).not.toBe(bound(without));
  });

  it.each([
    ['file', { file: 'entra' }],
    ['signer', { signer: 'kms' }],
    ['id', { kid: 'kid-2' }],
    ['algorithm', { alg: 'ES256' }],
    ['certificate', { certificate: CERTIFICATE }],
    ['audience', { audience: 'https://a.example' }],
  ])('threats 1: changes with the %s of a client assertion', (_, key) => {
    expect(bound({ clientAssertion: key })).not.toBe(
      bound({ clientAssertion: {} }),
    );
  });

  it.each([
    ['signer', 'kms'],
    ['kid', 'kid-2'],
    ['alg', 'ES256'],
    ['issuer', 'robot'],
    ['subject', 'jane'],
    ['audience', 'https://a.example'],
  ])('threats 1: changes with the %s of an assertion', (name, value) => {
    expect(bound({ assertion: { [name]: value } })).not.toBe(
      bound({ assertion: {} }),
    );
  });

  it('threats 1: changes with the file of a bearer token', () => {
    const bearer = (file: string) =>
      bindingOf(
        datasourceSettingsSchema.parse({
          name: 'cluster',
          auth: { type: 'static', bearer: { file } },
        }),
      );
    expect(bearer('other')).not.toBe(bearer('k8s'));
  });

  it('threats 1: changes with instance values, which templates put into URLs', () => {
    expect(bound({}, { instance: { tenant: 'acme' } })).not.toBe(
      bound({}, { instance: { tenant: 'evil' } }),
    );
  });

  it('is different for each of these changes', () => {
    const bindings = [
      bound(),
      bound(token({ params: { a: 'b' } })),
      bound(token({ query: { a: 'b' } })),
      bound(token({ headers: { a: 'b' } })),
      bound({ refresh: { params: { a: 'b' } } }),
      bound({ audience: 'a' }),
      bound({ username: 'a' }),
    ];
    expect(new Set(bindings).size).toBe(bindings.length);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['scopes', { scopes: ['read'] }, {}],
    ['a replaced client secret', { clientSecret: 'another' }, {}],
    ['a removed client secret', { clientSecret: null }, {}],
    [
      'the expiry date of the client secret',
      { clientSecretExpiresAt: '2027-01-01' },
      {},
    ],
    ['how early tokens are refreshed', { refreshBeforeExpirySeconds: 60 }, {}],
    ['idle renewals', { refresh: { idleEvery: { days: 1 } } }, {}],
    ['title and owner', {}, { title: 'CRM', owner: 'group:default/crm' }],
    ['consumers', {}, { consumers: '*' }],
    ['tags', {}, { tags: ['a'] }],
    [
      'an absent property that was written empty',
      { audience: '', username: '', resource: [], refresh: {}, revoke: {} },
      {},
    ],
    ['scopes not sent in a refresh', { refresh: { sendScope: false } }, {}],
    [
      'an access token that is not kept',
      { refresh: { keepsAccessToken: false } },
      {},
    ],
  ])(
    'rule 7: does not change with %s, so the credential stays usable',
    (_, auth, change = {}) => {
      expect(bound(auth, change)).toBe(bound());
    },
  );

  it('does not depend on the order in which settings were written', () => {
    expect(bound(token({ params: { a: '1', b: '2' } }))).toBe(
      bound(token({ params: { b: '2', a: '1' } })),
    );
  });

  it('stays the same across releases, because a changed hash ends every stored credential', () => {
    expect(bound()).toBe('UAO1sX34vSydtnLnsf0sphTVibxhO6ryJvY6dWa2UaY');
  });
});

/** Returns the paths at which the schema expects a value. */
function leaves(schema: unknown, path: string): string[] {
  // `any`: zod does not type the definitions of its schemas.
  const {
    type,
    shape,
    innerType,
    in: input,
    out,
    options,
  } = (schema as any).def;
  if (type === 'object')
    return Object.entries(shape).flatMap(([key, member]) =>
      leaves(member, path ? `${path}.${key}` : key),
    );
  const isObject = options?.every((option: any) =>
    ['object', 'union'].includes(option.def.type),
  );
  if (options && (isObject || options.length === 1))
    return [
      ...new Set<string>(
        options.flatMap((option: unknown) => leaves(option, path)),
      ),
    ];
  // A file can be named in place of a secret.
  const named = options?.find((option: any) => option.def.shape?.file);
  if (named) return [path, ...leaves(named, path)];
  const inner = innerType ?? (input?.def.type === 'transform' ? out : input);
  return inner ? leaves(inner, path) : [path];
}

/** Settings after whose change a credential stays usable. A new setting joins them on purpose, or it binds. */
const NOT_BINDING = new RegExp(
  `^(${[
    // What people read.
    'name|title|description|owner|tags|consumers|subjects|importedFrom\\..*',
    // The API. It binds where a secret is sent there: see below.
    'baseUrl|allowedHosts|testPath|gateway\\..*|api\\..*',
    // Secrets, and what is only about one's life.
    'auth\\.(clientSecret|clientSecretExpiresAt|password|expiresAt|bearer|basic\\.password|headers|query)',
    'auth\\.(clientAssertion|assertion)\\.(key|passphrase|keyEncoding|x5c|lifetimeSeconds|backdateSeconds|omit)',
    'clientCertificate\\.(key|passphrase)',
    // What a person approves, which is judged by what was granted.
    'auth\\.(scopes|scopeSeparator|authorize\\.(method|params|rename|responseType|fragment|rawScope))',
    'auth\\.(callback\\..*|requireIss|redirectUri|pkce)',
    // How a response is understood, and when something happens.
    'auth\\.response\\.(expiresInUnit|refreshExpiresIn|tokenType|tokenTypes|scope)',
    'auth\\.(refresh\\.idleEvery\\..*|defaultLifetimeSeconds|refreshBeforeExpirySeconds|timeouts\\..*)',
    'auth\\.(rejectedStatuses|header\\..*)',
  ].join('|')})$`,
);

describe('the settings that bind', () => {
  const SETTINGS = leaves(datasourceSettingsSchema, '').map(path => [path]);
  const SCOPES = ['auth.scopes', 'auth.scopeSeparator'];

  /** Returns whether a changed setting changes the binding and the request. */
  const change = (path: string, grantType: string) => {
    const settings = bareSettingsOf({}, { grantType, username: 'robot' });
    const changed: any = structuredClone(settings);
    const keys = path.split('.');
    const last = keys.pop()!;
    let parent = changed;
    for (const key of keys) parent = parent[key] ??= {};
    const others: Record<string, unknown> = {
      scopes: ['changed'],
      grantType: 'password',
      type: 'static',
    };
    parent[last] = others[last] ?? { changed: 'value' };
    return {
      binds: bindingOf(changed) !== bindingOf(settings),
      requests: requestedOf(changed) !== requestedOf(settings),
    };
  };

  it.each(SETTINGS)(
    'threats 1: a change of %s ends an approved credential only if the setting binds',
    path => {
      expect(change(path, 'authorization_code').binds).toBe(
        BINDING_SETTINGS.includes(path),
      );
    },
  );

  /** These settings replace the whole request instead of changing it. */
  const isOther = (path: string) =>
    ['auth.grantType', 'auth.type'].includes(path);

  it.each(SETTINGS.filter(([path]) => !isOther(path)))(
    'threats 37: a change of %s ends, replaces or keeps a token that needs no approval',
    path => {
      const isRequested = [...REQUEST_SETTINGS, ...SCOPES].includes(path);
      for (const grantType of ['client_credentials', 'password']) {
        expect(change(path, grantType)).toEqual({
          binds: BINDING_SETTINGS.includes(path) && !isRequested,
          requests: isRequested,
        });
      }
    },
  );

  it('S1.5 exclude what a user is asked to approve: scopes and authorize parameters', () => {
    const asked = SETTINGS.flat().filter(
      path => !isOther(path) && change(path, 'authorization_code').requests,
    );
    expect(asked.sort()).toEqual(['auth.authorize.params', ...SCOPES].sort());
  });

  it('threats 1: are all but those of which it is known that no secret follows them', () => {
    const all = leaves(datasourceSettingsSchema, '');
    expect(all.filter(path => !NOT_BINDING.test(path)).sort()).toEqual(
      [...BINDING_SETTINGS].sort(),
    );
  });
});

describe('N2, threats 1: include secrets of every API call', () => {
  const keyed = {
    api: { headers: { 'X-Key': { secret: true }, 'X-V': '1' } },
    baseUrl: 'https://api.example.com',
    allowedHosts: ['a.example.com', 'b.example.com'],
  };
  const plain = { ...keyed, api: { headers: { 'X-Key': 'x', 'X-V': '1' } } };
  const of = (settings: object) => bindingOf(bareSettingsOf({ ...settings }));

  it.each([
    ['the base URL', { baseUrl: 'https://api.example.com/other' }],
    ['the allowed hosts', { allowedHosts: ['a.example.com'] }],
    [
      'the names of headers',
      { api: { headers: { 'X-Other': { secret: true }, 'X-V': '1' } } },
    ],
    ['the names of parameters', { api: { ...keyed.api, query: { k: 'v' } } }],
  ])('%s', (_, change) => {
    expect(of({ ...keyed, ...change })).not.toBe(of(keyed));
  });

  it.each([
    ['a value', { api: { headers: { ...keyed.api.headers, 'X-V': '2' } } }],
    [
      'the order of hosts',
      { allowedHosts: ['b.example.com', 'a.example.com'] },
    ],
    [
      'the case of a header',
      { api: { headers: { 'x-key': { secret: true }, 'X-V': '1' } } },
    ],
  ])('not %s', (_, change) => {
    expect(of({ ...keyed, ...change })).toBe(of(keyed));
  });

  it('exclude the API if no secret is sent there', () => {
    expect(of(plain)).toBe(of({}));
    expect(of({ ...plain, baseUrl: 'https://b.example' })).toBe(of(plain));
  });
});

describe('the origins that receive secrets', () => {
  const origins = (auth: Record<string, unknown>, change = {}) =>
    [...secretOrigins(bareSettingsOf(change, auth))].sort();
  const A = 'https://login.example.com';

  it.each([
    ['authorize URL', { authorize: { url: 'https://b.example/x' } }],
    [
      'pushed request URL',
      {
        authorize: {
          url: `${A}/authorize`,
          pushedRequestUrl: 'https://b.example/x',
        },
      },
    ],
    ['token URL', { token: { url: 'https://b.example/x' } }],
    ['refresh URL', { refresh: { url: 'https://b.example/x' } }],
    ['revocation URL', { revoke: { url: 'https://b.example/x' } }],
  ])('threats 1: include the %s', (_, auth) => {
    expect(origins(auth)).toEqual(['https://b.example', A]);
  });

  it('threats 28: include the base URL only if it contains a secret value', () => {
    const baseUrl = 'https://b.example/{{instance.key}}';
    expect(
      origins({}, { baseUrl, instance: { key: { secret: true } } }),
    ).toEqual(['https://b.example', A]);
    expect(origins({}, { baseUrl, instance: { key: 'plain' } })).toEqual([A]);
  });

  it('are one origin if only paths differ', () => {
    expect(
      origins({
        refresh: { url: `${A}:443/other?x=y` },
        revoke: { url: 'HTTPS://LOGIN.example.com/revoke' },
      }),
    ).toEqual([A]);
  });

  it('distinguish schemes and ports', () => {
    expect(
      origins({ refresh: { url: 'http://login.example.com/token' } }),
    ).toEqual(['http://login.example.com', A]);
    expect(origins({ refresh: { url: `${A}:8443/token` } })).toEqual([
      A,
      `${A}:8443`,
    ]);
  });

  const templated = {
    authorize: {},
    token: { url: 'https://{{instance.sub}}.okta.com/token' },
  };

  it('threats 2: are resolved with the instance values', () => {
    expect(origins(templated, { instance: { sub: 'acme' } })).toEqual([
      'https://acme.okta.com',
    ]);
    expect(origins(templated, { instance: { sub: 'evil.example/#' } })).toEqual(
      ['https://evil.example'],
    );
  });

  it('stay distinct while a value is missing', () => {
    expect(origins(templated)).toEqual(['https://{{instance.sub}}.okta.com']);
  });

  it('are empty if no URL is set', () => {
    expect(origins({ authorize: {}, token: {} })).toEqual([]);
  });
});

describe('N4, threats 1: the origins of a client certificate', () => {
  const LOGIN = 'https://login.example.com';
  const given = {
    baseUrl: 'https://api.example.com/v1',
    allowedHosts: ['files.example.com'],
    clientCertificate: { certificate: CERTIFICATE },
  };

  it('are the API, its allowed hosts and the endpoints', () => {
    const settings = bareSettingsOf(given);
    const all = [LOGIN, 'https://api.example.com', '//files.example.com'];
    expect([...secretOrigins(settings, 'clientCertificate.key')]).toEqual(all);
    expect([...secretOrigins(settings)]).toEqual(all);
    expect([...secretOrigins(settings, 'auth.clientSecret')]).toEqual([LOGIN]);
  });

  it('bind the credential, and a renewed certificate does not', () => {
    const of = (change: object) => bindingOf(bareSettingsOf({ ...change }));
    expect(of({ ...given, baseUrl: 'https://evil.example' })).not.toBe(
      of(given),
    );
    const clientCertificate = {
      certificate: CERTIFICATE.replace('AAAA', 'BBBB'),
    };
    expect(of({ ...given, clientCertificate })).toBe(of(given));
    expect(of({ ...given, clientCertificate: undefined })).not.toBe(of(given));
  });
});

describe('the origins that receive tokens', () => {
  const origins = (change: Record<string, unknown>) =>
    apiOrigins(bareSettingsOf(change));

  it('threats 1: are the base URL and each allowed host', () => {
    expect([
      ...origins({
        baseUrl: 'https://api.example.com/v2',
        allowedHosts: ['files.example.com', 'api.example.com:8443'],
      }),
    ]).toEqual([
      'https://api.example.com',
      '//files.example.com',
      '//api.example.com:8443',
    ]);
  });

  it.each([
    ['another host', { baseUrl: 'https://evil.example/v2' }, 1],
    ['another port', { baseUrl: 'https://api.example.com:444/v2' }, 1],
    ['no TLS', { baseUrl: 'http://api.example.com/v2' }, 1],
    ['one more host', { allowedHosts: ['evil.example'] }, 1],
    ['another path', { baseUrl: 'https://api.example.com/v3' }, 0],
    ['a test path', { testPath: '/me' }, 0],
    ['fewer hosts', { allowedHosts: [] }, 0],
  ])('threats 1: %s: %#', (_, change, added) => {
    expect(
      newOrigins(origins(change), origins({ allowedHosts: [] })),
    ).toHaveLength(added as number);
  });
});

describe('threats 1: the binding of a credential that the settings hold', () => {
  const held = (auth: object = {}, change: object = {}) =>
    bindingOf(
      splitSecrets(
        datasourceSettingsSchema.parse({
          name: 'tickets',
          baseUrl: 'https://api.example.com/v1',
          allowedHosts: ['a.example', 'b.example'],
          ...change,
          auth: {
            type: 'static',
            headers: { 'X-Key': { secret: true, value: 'k' }, 'X-App': 'one' },
            ...auth,
          },
        }),
      ).settings,
    );

  it.each<[string, object, object?]>([
    ['the base URL', {}, { baseUrl: 'https://evil.example/v1' }],
    ['the path of the base URL', {}, { baseUrl: 'https://api.example.com/' }],
    ['an allowed host', {}, { allowedHosts: ['a.example'] }],
    ['the name of a header', { headers: { 'X-Token': { secret: true } } }],
    ['a query parameter', { query: { key: 'plain' } }],
    ['the user name', { basic: { username: 'robot' } }],
    ['an instance value', {}, { instance: { tenant: 'acme' } }],
  ])('changes with %s', (_, auth, change = {}) => {
    expect(held(auth, change)).not.toBe(held());
  });

  const signed = (change: object = {}, assertion: object = {}) =>
    bindingOf(
      datasourceSettingsSchema.parse({
        name: 'tickets',
        baseUrl: 'https://api.example.com/v1',
        ...change,
        auth: { type: 'jwt', assertion: { audience: 'x', ...assertion } },
      }),
    );

  it.each<[string, object, object?]>([
    ['the base URL', { baseUrl: 'https://evil.example/v1' }],
    ['an allowed host', { allowedHosts: ['a.example'] }],
    ['a header', { api: { headers: { 'X-App': 'one' } } }],
    ['an issuer', {}, { issuer: 'robot' }],
    ['a claim', {}, { claims: { role: 'admin' } }],
  ])('has %s, where it is signed', (_, change, assertion = {}) => {
    expect(signed(change, assertion)).not.toBe(signed());
    expect(signed({}, { lifetimeSeconds: 5 })).toBe(signed());
  });

  it.each<[string, object, object?]>([
    ['a title', {}, { title: 'Tickets' }],
    ['the order of hosts', {}, { allowedHosts: ['b.example', 'a.example'] }],
    [
      'a plain value',
      { headers: { 'x-app': 'two', 'X-Key': { secret: true } } },
    ],
    ['the day on which it expires', { expiresAt: '2030-01-01' }],
  ])("doesn't change with %s", (_, auth, change = {}) => {
    expect(held(auth, change)).toBe(held());
  });
});
