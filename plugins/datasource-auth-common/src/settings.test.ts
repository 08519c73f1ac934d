import { authFaults, faults, parsed } from './__testUtils__/settingsFaults';

describe('the settings schema', () => {
  it('S0.25, S3.20 requires a name and a grant type, and fills in the rest', () => {
    expect(parsed()).toEqual({
      name: 'crm',
      consumers: [],
      auth: {
        type: 'oauth2',
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

  it('rejects unknown properties at every level, to catch typing mistakes', () => {
    expect(Object.keys(faults({ colour: 'red' }))).toEqual(['']);
    for (const part of [
      'authorize',
      'token',
      'response',
      'callback',
      'refresh',
      'revoke',
      'clientAssertion',
      'timeouts',
      'header',
    ]) {
      expect(Object.keys(authFaults({ [part]: { colour: 'red' } }))).toEqual([
        `auth.${part}`,
      ]);
    }
    expect(Object.keys(authFaults({ colour: 'red' }))).toEqual(['auth']);
  });

  describe('hosts that may receive tokens', () => {
    it.each([
      'api.example.com',
      'api.example.com:8443',
      'localhost',
      '[::1]:80',
    ])('accepts %j as an allowed host', host => {
      expect(faults({ allowedHosts: [host] })).toEqual({});
    });

    it('compares hosts in lowercase', () => {
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
    ])('threats 4: rejects %j as an allowed host', host => {
      expect(Object.keys(faults({ allowedHosts: [host] }))).toEqual([
        'allowedHosts.0',
      ]);
    });

    it('threats 33: accepts an encoded slash in a test path only if declared', () => {
      const path = '/projects/group%2Fname';
      expect(faults({ testPath: path }).testPath).toContain('encodedSlash');
      expect(faults({ testPath: { path, encodedSlash: true } })).toEqual({});
      for (const worse of ['/a%2F..%2Fb', '/a%5cb', '/a%252Fb', '/a%2F%2Fb']) {
        expect(
          faults({ testPath: { path: worse, encodedSlash: true } }),
        ).not.toEqual({});
      }
    });

    it.each(['/me', '/v1/users?limit=1', '/', '', '/a..b/c'])(
      'X0.6 accepts the test path %j',
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
      '/%25%32%65%25%32%65%25%32%66admin',
      '/a%5cb',
      '/a\\b',
      '/a b',
      '/é',
    ])('threats 4: rejects the test path %j', testPath => {
      expect(Object.keys(faults({ testPath }))).toContain('testPath');
    });
  });

  it('lists allowed plugins by ID, or allows all', () => {
    expect(faults({ consumers: '*' })).toEqual({});
    expect(faults({ consumers: ['scaffolder', 'my-plugin_2'] })).toEqual({});
    expect(Object.keys(faults({ consumers: 'all' }))).toEqual(['consumers']);
    for (const id of ['plugin:x', '*', '', '-x', 'a b']) {
      expect(faults({ consumers: [id] })).not.toEqual({});
    }
  });

  it('names instance values so that templates can use them', () => {
    expect(faults({ instance: { tenant_2: 'a', _x: 'b' } })).toEqual({});
    for (const name of ['2x', 'a-b', 'a.b', '', 'constructor']) {
      expect(faults({ instance: { [name]: 'a' } })).not.toEqual({});
    }
  });

  it.each([
    ['title', { title: 'a\nb' }],
    ['owner', { owner: 'a\u0000b' }],
    ['tags.0', { tags: ['a\tb'] }],
  ])('rejects control characters in %s', (path, change) => {
    expect(faults(change)).toEqual({
      [path]: 'Remove control characters.',
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
  ])('limits %s', (path, change) => {
    expect(Object.keys(faults(change))).toEqual([path]);
  });

  it('opens the gateway only for listed routes', () => {
    const routes = (list: unknown[]) => faults({ gateway: { routes: list } });
    expect(routes([{ methods: ['GET'], path: '/v1/*' }])).toEqual({});
    expect(routes([{ methods: [], path: '/v1' }])).not.toEqual({});
    expect(routes([{ methods: ['get'], path: '/v1' }])).not.toEqual({});
    expect(routes([{ methods: ['GET'], path: 'v1' }])).not.toEqual({});
    expect(faults({ gateway: {} })).not.toEqual({});
  });
});
