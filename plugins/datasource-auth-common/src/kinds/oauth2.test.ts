import { authFaults, parsed } from '../__testUtils__/settingsFaults';

describe('the OAuth settings', () => {
  it.each(['authorization_code', 'client_credentials', 'password'])(
    'S1.1, S2.1, S3.8 accepts the grant %s',
    grantType => {
      expect(authFaults({ grantType })).toEqual({});
    },
  );

  it('rejects the implicit grant (RFC 9700 section 2.1.2)', () => {
    expect(authFaults({ grantType: 'implicit' })).toEqual({
      'auth.grantType':
        'Choose a grant type: authorization_code, client_credentials, jwt_bearer, or password',
    });
  });

  describe('scopes', () => {
    it.each(['openid', 'https://graph.microsoft.com/.default', 'a:b', '!#[]~'])(
      '[checklist 9] accepts the scope %j (RFC 6749 section 3.3)',
      scope => {
        expect(authFaults({ scopes: [scope] })).toEqual({});
      },
    );

    it.each(['', 'a b', 'a"b', 'a\\b', 'é', 'a\tb', 'a\u007f'])(
      '[checklist 9] rejects the scope %j (RFC 6749 section 3.3)',
      scope => {
        expect(Object.keys(authFaults({ scopes: ['ok', scope] }))).toEqual([
          'auth.scopes.1',
        ]);
      },
    );

    it("explains that commas don't separate scopes", () => {
      expect(authFaults({ scopes: ['read,write'] })).toEqual({
        'auth.scopes.0': 'Separate scopes with spaces and remove the comma.',
      });
    });
  });

  describe('response types', () => {
    it.each(['code', 'code id_code', ''])('accepts %j', responseType => {
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
      '[checklist 4] rejects %j, which would put a token into the browser (RFC 9700 section 2.1.2)',
      responseType => {
        expect(authFaults({ authorize: { responseType } })).toEqual({
          'auth.authorize.responseType':
            'Enter code. Other response types send tokens through the browser.',
        });
      },
    );
  });

  it.each(['https://api.example.com', 'urn:api', '{{instance.api}}'])(
    'S3.13 accepts the resource %j',
    resource => {
      expect(authFaults({ resource: [resource, resource] })).toEqual({});
    },
  );

  it.each(['api', '/api', '', 'https://api.example.com#x', '{{instance.x}}#y'])(
    '[checklist 10] rejects the resource %j (RFC 8707 section 2)',
    resource => {
      expect(Object.keys(authFaults({ resource: [resource] }))).toContain(
        'auth.resource.0',
      );
    },
  );

  it('[checklist 2, 3] turns PKCE off only explicitly, and never to plain', () => {
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
  ])('S3.15 accepts the client authentication %s', clientAuthentication => {
    expect(authFaults({ clientAuthentication })).toEqual({});
  });

  it('S3.10, S3.11, S3.16 accepts only known methods and content types', () => {
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

  it.each([
    ['refreshBeforeExpirySeconds', -1],
    ['refreshBeforeExpirySeconds', 86_401],
    ['defaultLifetimeSeconds', 1.5],
    ['defaultLifetimeSeconds', 31_536_001],
    ['scopeSeparator', ''],
    ['clientSecretExpiresAt', 'tomorrow'],
  ])('limits %s and rejects %j', (name, value) => {
    expect(Object.keys(authFaults({ [name]: value }))).toEqual([
      `auth.${name}`,
    ]);
  });

  it('accepts a date or a timestamp as the expiry of the client secret', () => {
    expect(authFaults({ clientSecretExpiresAt: '2027-01-31' })).toEqual({});
    expect(
      authFaults({ clientSecretExpiresAt: '2027-01-31T12:00:00+02:00' }),
    ).toEqual({});
  });

  it('accepts only error statuses as rejections of a token', () => {
    expect(authFaults({ rejectedStatuses: [401, 403, 500] })).toEqual({});
    for (const status of [200, 302, 399, 600, 401.5]) {
      expect(authFaults({ rejectedStatuses: [status] })).not.toEqual({});
    }
  });

  it('X0.4 limits the timeouts', () => {
    expect(
      authFaults({ timeouts: { connectMs: 5_000, responseMs: 50_000 } }),
    ).toEqual({});
    expect(authFaults({ timeouts: { connectMs: 99 } })).not.toEqual({});
    expect(authFaults({ timeouts: { connectMs: 30_001 } })).not.toEqual({});
    expect(authFaults({ timeouts: { responseMs: 50_001 } })).not.toEqual({});
  });
});
