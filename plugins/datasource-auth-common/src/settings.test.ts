import { UNDROPPABLE_PARAMETERS, RESERVED_PARAMETERS } from './parameters';
import { datasourceSettingsSchema, urlSchema } from './settings';

const SCRIPT = ['javascript', 'alert(1)'].join(':');

const PLAIN = { name: 'crm', auth: { grantType: 'authorization_code' } };

/** Faults by dotted path; empty when the settings are accepted. */
function faults(change: object = {}, auth: object = {}) {
  const parsed = datasourceSettingsSchema.safeParse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(issue => [
      issue.path.join('.'),
      issue.message,
    ]),
  );
}

const authFaults = (auth: object) => faults({}, auth);

const parsed = (auth: object = {}, change: object = {}) =>
  datasourceSettingsSchema.parse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });

describe('the settings schema', () => {
  it('S0.25, S3.20 needs a name and a grant type, and fills in everything else', () => {
    expect(datasourceSettingsSchema.parse(PLAIN)).toEqual({
      name: 'crm',
      consumers: [],
      auth: {
        grantType: 'authorization_code',
        clientAuthentication: 'client_secret_basic',
        authorize: { method: 'GET', params: {} },
        redirectUri: 'shared',
        token: {
          method: 'POST',
          contentType: 'form',
          params: {},
          headers: {},
        },
        scopes: [],
        scopeSeparator: ' ',
        pkce: 'S256',
        response: {
          accessToken: 'access_token',
          expiresIn: 'expires_in',
          expiresInUnit: 'seconds',
          refreshToken: 'refresh_token',
          tokenTypes: ['bearer'],
        },
        rejectedStatuses: [401],
        header: { name: 'Authorization', prefix: 'Bearer' },
      },
    });
    expect(Object.keys(faults({ name: undefined }))).toEqual(['name']);
    expect(Object.keys(authFaults({ grantType: undefined }))).toEqual([
      'auth.grantType',
    ]);
  });

  it.each(['authorization_code', 'client_credentials', 'password'])(
    'S1.1, S2.1, S3.8 takes the grant %s',
    grantType => {
      expect(authFaults({ grantType })).toEqual({});
    },
  );

  it('refuses the implicit grant (RFC 9700 section 2.1.2)', () => {
    expect(authFaults({ grantType: 'implicit' })).toEqual({
      'auth.grantType':
        'Grant type must be authorization_code, client_credentials or password',
    });
  });

  it('refuses members it does not know at every level, so that a typing mistake does not pass for a setting', () => {
    expect(Object.keys(faults({ colour: 'red' }))).toEqual(['']);
    for (const part of [
      'authorize',
      'token',
      'response',
      'callback',
      'refresh',
      'revoke',
      'clientKey',
      'timeouts',
      'header',
    ]) {
      expect(Object.keys(authFaults({ [part]: { colour: 'red' } }))).toEqual([
        `auth.${part}`,
      ]);
    }
    expect(Object.keys(authFaults({ colour: 'red' }))).toEqual(['auth']);
  });

  describe('addresses', () => {
    it.each([
      'https://login.example.com/oauth/token',
      'http://localhost:9000/token',
      'https://login.example.com/authorize?p=B2C_1_signin',
      'https://{{instance.tenant}}.example.com/token',
      'https://login.example.com/{{ instance.tenant }}/token',
      'https://[::1]:8443/token',
      '  https://login.example.com/token  ',
      '',
    ])('takes %j', url => {
      expect(authFaults({ token: { url } })).toEqual({});
    });

    it('takes the blanks round an address off, and nothing else: S4.8 keeps the trailing slash', () => {
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
    ])('refuses %j as no absolute http(s) address', url => {
      expect(authFaults({ token: { url } })).toEqual({
        'auth.token.url':
          'Not a URL. Enter an absolute address such as https://example.com/token',
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
      'threats 4: refuses %j, which the platform would read as something else than a person',
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
    ])('refuses a user name in %j', url => {
      expect(authFaults({ token: { url } })).toEqual({
        'auth.token.url': 'Remove the user name and password from the address',
      });
    });

    it.each(['https://example.com/token#part', 'https://example.com/token#'])(
      '[checklist 6] refuses the fragment of %j (RFC 6749 section 3.1)',
      url => {
        expect(authFaults({ authorize: { url } })).toEqual({
          'auth.authorize.url':
            'Remove the fragment (everything from # on) from the address',
        });
      },
    );

    it('holds every address to the same rules', () => {
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

  describe('scopes', () => {
    it.each(['openid', 'https://graph.microsoft.com/.default', 'a:b', '!#[]~'])(
      '[checklist 9] takes the scope %j (RFC 6749 section 3.3)',
      scope => {
        expect(authFaults({ scopes: [scope] })).toEqual({});
      },
    );

    it.each(['', 'a b', 'a"b', 'a\\b', 'é', 'a\tb', 'a\u007f'])(
      '[checklist 9] refuses the scope %j (RFC 6749 section 3.3)',
      scope => {
        expect(Object.keys(authFaults({ scopes: ['ok', scope] }))).toEqual([
          'auth.scopes.1',
        ]);
      },
    );

    it('says that commas do not separate scopes', () => {
      expect(authFaults({ scopes: ['read,write'] })).toEqual({
        'auth.scopes.0': 'Separate scopes with spaces; this contains a comma',
      });
    });
  });

  describe('extra parameters', () => {
    const PLACES = [
      ['authorize', 'params'],
      ['token', 'params'],
      ['token', 'query'],
      ['refresh', 'params'],
    ] as const;

    it.each(PLACES)(
      '[checklist 4, 5] refuses every reserved parameter in %s.%s, however it is spelled',
      (part, member) => {
        for (const name of RESERVED_PARAMETERS) {
          for (const spelled of [name, name.toUpperCase()]) {
            expect(
              authFaults({ [part]: { [member]: { [spelled]: 'x' } } }),
            ).toEqual({
              [`auth.${part}.${member}.${spelled}`]: `Backstage sets '${spelled}' itself. Remove it from the extra parameters.`,
            });
          }
        }
      },
    );

    it.each([
      'client_id',
      'redirect_uri',
      'response_type',
      'state',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'scope',
    ])('[checklist 5] counts %s among the reserved ones', name => {
      expect(RESERVED_PARAMETERS).toContain(name);
    });

    it('takes nonce as the template {{nonce}}, and as nothing else', () => {
      const nonce = (value: unknown) =>
        Object.keys(authFaults({ authorize: { params: { nonce: value } } }));
      expect(nonce('{{nonce}}')).toEqual([]);
      expect(nonce('fixed')).toHaveLength(1);
      expect(nonce('{{nonce}}x')).toHaveLength(1);
      expect(nonce({ secret: true, value: '{{nonce}}' })).toHaveLength(1);
    });

    it('S4.12 takes other parameters, plain and secret', () => {
      expect(
        authFaults({
          authorize: { params: { prompt: 'consent' } },
          token: { params: { tenant: { secret: true, value: 'x' } } },
        }),
      ).toEqual({});
    });

    it.each(['constructor', 'prototype'])(
      "refuses the key %s, which would reach an object's prototype",
      key => {
        expect(
          Object.keys(authFaults({ token: { params: { [key]: 'x' } } })),
        ).toHaveLength(1);
      },
    );

    it("does not take __proto__ over as a key, nor into an object's prototype", () => {
      const { auth } = parsed({
        token: {
          params: JSON.parse('{"__proto__": {"secret": true}, "a": "b"}'),
        },
      });
      expect(Object.keys(auth.token.params)).toEqual(['a']);
      expect(Object.getPrototypeOf(auth.token.params)).not.toHaveProperty(
        'secret',
      );
    });
  });

  describe('renamed parameters', () => {
    const rename = (renames: Record<string, string>) =>
      authFaults({ authorize: { rename: renames } });

    it('gives parameters other names, and drops them for an empty one', () => {
      expect(rename({ client_id: 'app_id', scope: '' })).toEqual({});
    });

    it.each(RESERVED_PARAMETERS)(
      '[checklist 5] lets nothing be renamed onto %s',
      name => {
        expect(rename({ audience: name })).toEqual({
          'auth.authorize.rename.audience': `'${name}' has a meaning of its own and cannot be another parameter's name`,
        });
        expect(rename({ audience: name.toUpperCase() })).not.toEqual({});
        expect(rename({ [name]: name })).toEqual({});
      },
    );

    it.each(UNDROPPABLE_PARAMETERS)(
      'drops no %s, which protects the exchange (RFC 9700 sections 2.1.1 and 4.7)',
      name => {
        expect(rename({ [name]: '' })).toEqual({
          [`auth.authorize.rename.${name}`]: `'${name}' protects the exchange and cannot be dropped`,
        });
      },
    );

    it('holds the token request to the same rules', () => {
      expect(authFaults({ token: { rename: { audience: 'code' } } })).toEqual({
        'auth.token.rename.audience': expect.stringContaining('meaning'),
      });
      expect(authFaults({ token: { rename: { code_verifier: '' } } })).toEqual({
        'auth.token.rename.code_verifier': expect.stringContaining('protects'),
      });
    });
  });

  describe('response types', () => {
    it.each(['code', 'code id_code', ''])('takes %j', responseType => {
      expect(authFaults({ authorize: { responseType } })).toEqual({});
    });

    it.each([
      'token',
      'id_token',
      'code token',
      'code id_token',
      'code id_token token',
      'TOKEN',
      'Id_Token',
      'code+token',
    ])(
      '[checklist 4] refuses %j: it would put a token into the browser (RFC 9700 section 2.1.2)',
      responseType => {
        expect(authFaults({ authorize: { responseType } })).toEqual({
          'auth.authorize.responseType':
            'A response type with a token would put it into the browser. Use code.',
        });
      },
    );
  });

  describe('headers of the token request', () => {
    const headers = (given: Record<string, unknown>) =>
      authFaults({ token: { headers: given } });

    it('S4.12 takes headers of the provider', () => {
      expect(
        headers({
          'X-Api-Version': '2',
          'X-Key': { secret: true, value: 'k' },
        }),
      ).toEqual({});
    });

    it.each([
      'Authorization',
      'content-type',
      'Content-Length',
      'HOST',
      'Connection',
      'Transfer-Encoding',
      'Upgrade',
      'TE',
      'Trailer',
      'Expect',
      'Cookie',
      'Proxy-Authorization',
    ])('[checklist 23] refuses %s, which Backstage sets itself', name => {
      expect(headers({ [name]: 'x' })).toEqual({
        [`auth.token.headers.${name}`]: `Backstage sets the header '${name}' itself`,
      });
    });

    it.each(['X Key', 'X:Key', 'X\r\nHost', 'Schlüssel'])(
      'refuses %j as a header name',
      name => {
        expect(Object.keys(headers({ [name]: 'x' }))).toEqual([
          `auth.token.headers.${name}`,
        ]);
      },
    );

    it.each(['a\r\nHost: evil.example', 'a\u0000', 'a\u007f'])(
      'refuses the value %j, plain or secret: it would end the header',
      value => {
        expect(headers({ 'X-Key': value })).not.toEqual({});
        expect(headers({ 'X-Key': { secret: true, value } })).not.toEqual({});
      },
    );

    it.each(['', 'X Token', 'X-Token\n', 'X-Tökn'])(
      'refuses %j as the header that carries the token',
      name => {
        expect(Object.keys(authFaults({ header: { name } }))).toContain(
          'auth.header.name',
        );
      },
    );

    it('carries the token without a prefix where the API wants it so', () => {
      const { auth } = parsed({ header: { name: 'X-Api-Key', prefix: '' } });
      expect(auth.header).toEqual({ name: 'X-Api-Key', prefix: '' });
    });
  });

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
      [
        'where the refresh token stands',
        { refreshToken: 'd.again' },
        'd.again',
      ],
      ['a list of tokens', { accessToken: 'tokens.0' }, 'tokens'],
      ['an object round a token', { refreshToken: 'a.b.c' }, 'a'],
    ])('threats 3: does not show %s', (_, tokens, member) => {
      for (const name of OPEN) {
        expect(
          authFaults({ response: { ...tokens, [name]: member } }),
        ).toMatchObject({
          [`auth.response.${name}`]: expect.stringContaining('credential'),
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

  describe('secrets', () => {
    it('keeps a secret that is left out or written as it was read, removes one that is null', () => {
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
      'refuses %j as a secret',
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

  describe('where tokens go', () => {
    it.each([
      'api.example.com',
      'api.example.com:8443',
      'localhost',
      '[::1]:80',
    ])('takes %j as an allowed host', host => {
      expect(faults({ allowedHosts: [host] })).toEqual({});
    });

    it('compares hosts in lower case', () => {
      expect(
        parsed({}, { allowedHosts: [' API.Example.com '] }).allowedHosts,
      ).toEqual(['api.example.com']);
    });

    it.each([
      '*.example.com',
      '*',
      'https://api.example.com',
      'api.example.com/path',
      'user@api.example.com',
      'api.example.com:',
      'api example.com',
      '',
      '.example.com',
      '{{instance.host}}',
    ])('threats 4: refuses %j as an allowed host', host => {
      expect(Object.keys(faults({ allowedHosts: [host] }))).toEqual([
        'allowedHosts.0',
      ]);
    });

    it.each(['/me', '/v1/users?limit=1', '/', '', '/a..b/c'])(
      'X0.6 takes the test path %j',
      testPath => {
        expect(faults({ testPath })).toEqual({});
      },
    );

    it.each([
      'me',
      '//evil.example',
      '\\\\evil.example',
      '/\\evil.example',
      'https://evil.example',
      'https:evil.example',
      '/\t/evil.example',
      '/../admin',
      '/a/../b',
      '/a/.',
      '/%2e%2e/x',
      '/a%2Fb',
      '/a%5cb',
      '/a\\b',
      '/a b',
      '/é',
    ])('threats 4: refuses the test path %j', testPath => {
      expect(Object.keys(faults({ testPath }))).toContain('testPath');
    });
  });

  describe('the rest', () => {
    it.each(['https://api.example.com', 'urn:api', '{{instance.api}}'])(
      'S3.13 takes the resource %j',
      resource => {
        expect(authFaults({ resource: [resource, resource] })).toEqual({});
      },
    );

    it.each([
      'api',
      '/api',
      '',
      'https://api.example.com#x',
      '{{instance.x}}#y',
    ])(
      '[checklist 10] refuses the resource %j (RFC 8707 section 2)',
      resource => {
        expect(Object.keys(authFaults({ resource: [resource] }))).toContain(
          'auth.resource.0',
        );
      },
    );

    it('[checklist 2, 3] switches PKCE off only explicitly, and never to plain', () => {
      expect(parsed().auth.pkce).toBe('S256');
      expect(authFaults({ pkce: 'off' })).toEqual({});
      expect(Object.keys(authFaults({ pkce: 'plain' }))).toEqual(['auth.pkce']);
    });

    it.each([
      'client_secret_basic',
      'client_secret_basic_raw',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ])('S3.15 takes the client authentication %s', clientAuthentication => {
      expect(authFaults({ clientAuthentication })).toEqual({});
    });

    it('S3.10, S3.11, S3.16 takes the methods and content types that exist', () => {
      expect(
        authFaults({
          authorize: { method: 'POST' },
          token: { method: 'GET', contentType: 'query' },
          refresh: { method: 'GET' },
        }),
      ).toEqual({});
      expect(authFaults({ token: { method: 'PUT' } })).not.toEqual({});
      expect(authFaults({ token: { contentType: 'xml' } })).not.toEqual({});
      expect(authFaults({ authorize: { method: 'get' } })).not.toEqual({});
    });

    it('lists consumers by plugin id, or lets all in', () => {
      expect(faults({ consumers: '*' })).toEqual({});
      expect(faults({ consumers: ['scaffolder', 'my-plugin_2'] })).toEqual({});
      expect(Object.keys(faults({ consumers: 'all' }))).toEqual(['consumers']);
      for (const id of ['plugin:x', '*', '', '-x', 'a b']) {
        expect(faults({ consumers: [id] })).not.toEqual({});
      }
    });

    it('names instance values as templates can', () => {
      expect(faults({ instance: { tenant_2: 'a', _x: 'b' } })).toEqual({});
      for (const name of ['2x', 'a-b', 'a.b', '', 'constructor']) {
        expect(faults({ instance: { [name]: 'a' } })).not.toEqual({});
      }
    });

    it.each([
      ['title', { title: 'a\nb' }],
      ['owner', { owner: 'a\u0000b' }],
      ['tags.0', { tags: ['a\tb'] }],
    ])('refuses control characters in %s', (path, change) => {
      expect(faults(change)).toEqual({
        [path]: 'Control characters are not allowed',
      });
    });

    it.each([
      ['title', { title: 'x'.repeat(81) }],
      ['description', { description: 'x'.repeat(2_001) }],
      ['owner', { owner: 'x'.repeat(301) }],
      ['tags', { tags: Array(51).fill('x') }],
      ['tags.0', { tags: [''] }],
      ['allowedHosts', { allowedHosts: Array(51).fill('x') }],
      ['baseUrl', { baseUrl: `https://x/${'y'.repeat(2_000)}` }],
    ])('bounds %s', (path, change) => {
      expect(Object.keys(faults(change))).toEqual([path]);
    });

    it.each([
      ['refreshBeforeExpirySeconds', -1],
      ['refreshBeforeExpirySeconds', 86_401],
      ['defaultLifetimeSeconds', 1.5],
      ['defaultLifetimeSeconds', 31_536_001],
      ['scopeSeparator', ''],
      ['clientSecretExpiresAt', 'tomorrow'],
    ])('bounds %s: not %j', (name, value) => {
      expect(Object.keys(authFaults({ [name]: value }))).toEqual([
        `auth.${name}`,
      ]);
    });

    it('takes an expiry of the client secret as a date or an instant', () => {
      expect(authFaults({ clientSecretExpiresAt: '2027-01-31' })).toEqual({});
      expect(
        authFaults({ clientSecretExpiresAt: '2027-01-31T12:00:00+02:00' }),
      ).toEqual({});
    });

    it('takes only error statuses as rejections of a token', () => {
      expect(authFaults({ rejectedStatuses: [401, 403, 500] })).toEqual({});
      for (const status of [200, 302, 399, 600, 401.5]) {
        expect(authFaults({ rejectedStatuses: [status] })).not.toEqual({});
      }
    });

    it('X0.4 bounds the time limits', () => {
      expect(
        authFaults({ timeouts: { connectMs: 5_000, responseMs: 50_000 } }),
      ).toEqual({});
      expect(authFaults({ timeouts: { connectMs: 99 } })).not.toEqual({});
      expect(authFaults({ timeouts: { connectMs: 30_001 } })).not.toEqual({});
      expect(authFaults({ timeouts: { responseMs: 50_001 } })).not.toEqual({});
    });

    it('opens the gateway for named routes only', () => {
      const routes = (list: unknown[]) => faults({ gateway: { routes: list } });
      expect(routes([{ methods: ['GET'], path: '/v1/*' }])).toEqual({});
      expect(routes([{ methods: [], path: '/v1' }])).not.toEqual({});
      expect(routes([{ methods: ['get'], path: '/v1' }])).not.toEqual({});
      expect(routes([{ methods: ['GET'], path: 'v1' }])).not.toEqual({});
      expect(faults({ gateway: {} })).not.toEqual({});
    });
  });
});
