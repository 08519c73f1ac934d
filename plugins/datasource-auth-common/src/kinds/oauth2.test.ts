import { authFaults, parsed } from '../__testUtils__/settingsFaults';

describe('what is said of OAuth', () => {
  it.each(['authorization_code', 'client_credentials', 'password'])(
    'S1.1, S2.1, S3.8 takes the grant %s',
    grantType => {
      expect(authFaults({ grantType })).toEqual({});
    },
  );

  it('refuses the implicit grant (RFC 9700 section 2.1.2)', () => {
    expect(authFaults({ grantType: 'implicit' })).toEqual({
      'auth.grantType':
        'Choose a grant type: authorization_code, client_credentials, jwt_bearer, or password',
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
        'auth.scopes.0': 'Separate scopes with spaces and remove the comma',
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
            'Enter code. Other response types send tokens through the browser.',
        });
      },
    );
  });

  it.each(['https://api.example.com', 'urn:api', '{{instance.api}}'])(
    'S3.13 takes the resource %j',
    resource => {
      expect(authFaults({ resource: [resource, resource] })).toEqual({});
    },
  );

  it.each(['api', '/api', '', 'https://api.example.com#x', '{{instance.x}}#y'])(
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
});
