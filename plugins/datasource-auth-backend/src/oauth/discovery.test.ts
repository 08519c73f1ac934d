import { Egress } from '../egress/Egress';
import {
  Behavior,
  LocalServer,
  json,
  text,
} from '../egress/__testUtils__/LocalServer';
import { discoverIssuer } from './discovery';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';

describe('discoverIssuer', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let egress: Egress;

  beforeEach(async () => {
    server = await LocalServer.start();
    egress = new Egress(
      { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
  });

  afterEach(() => server.stop());

  const metadata = (
    rest: Record<string, unknown> = {},
    issuer = `${server.url}/t`,
  ) => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    ...rest,
  });

  /** Answers at one path and with 404 everywhere else. */
  const only = (path: string, value: unknown) =>
    server.behave((response, request) =>
      (request.path === path ? json(value) : json({}, 404))(response, request),
    );

  const discover = (issuer = `${server.url}/t`) =>
    discoverIssuer({ egress, issuer });

  const failure = async (issuer?: string) => {
    const error = await discover(issuer).then(
      () => undefined,
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return (error as OAuthExchangeError).diagnosis;
  };

  it.each([
    '/t/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/t',
  ])('[checklist 47] proposes settings from the metadata at %s', async path => {
    only(
      path,
      metadata({
        revocation_endpoint: 'https://revoke.example/r',
        pushed_authorization_request_endpoint: `${server.url}/par`,
        scopes_supported: ['openid', 'offline_access', 7],
        grant_types_supported: ['authorization_code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: [
          'client_secret_post',
          'private_key_jwt',
        ],
        authorization_response_iss_parameter_supported: true,
      }),
    );
    expect(await discover()).toEqual({
      issuer: `${server.url}/t`,
      set: {
        'auth.issuer': `${server.url}/t`,
        'auth.authorize.url': `${server.url}/t/authorize`,
        'auth.token.url': `${server.url}/t/token`,
        'auth.revoke.url': 'https://revoke.example/r',
        'auth.requireIss': true,
        'auth.pkce': 'S256',
        'auth.clientAuthentication': 'client_secret_post',
      },
      scopes: ['openid', 'offline_access'],
      grantTypes: ['authorization_code'],
      otherHosts: ['revoke.example'],
      refused: [],
    });
  });

  it('[checklist 12] proposes pushed requests only if required', async () => {
    server.behave(
      json(
        metadata({
          require_pushed_authorization_requests: true,
          pushed_authorization_request_endpoint: `${server.url}/par`,
        }),
      ),
    );
    expect((await discover()).set['auth.authorize.pushedRequestUrl']).toBe(
      `${server.url}/par`,
    );
  });

  it('N4, RFC 8705 section 5: proposes the endpoints for clients with a certificate', async () => {
    const offering = (methods: string[]) =>
      server.behave(
        json(
          metadata({
            token_endpoint_auth_methods_supported: methods,
            revocation_endpoint: `${server.url}/t/revoke`,
            mtls_endpoint_aliases: {
              token_endpoint: 'https://mtls.example/token',
              revocation_endpoint: 'http://10.0.0.1/revoke',
            },
          }),
        ),
      );
    offering(['client_secret_post', 'self_signed_tls_client_auth']);
    const both = await discover();
    expect(both.set).toMatchObject({
      'auth.token.url': `${server.url}/t/token`,
      'auth.clientAuthentication': 'client_secret_post',
    });
    expect(both.mutualTls).toEqual({
      'auth.token.url': 'https://mtls.example/token',
      'auth.clientAuthentication': 'tls_client_auth',
    });
    expect(both.otherHosts).toContain('mtls.example');
    expect(both.refused).toEqual(['mtls_endpoint_aliases.revocation_endpoint']);
    offering(['tls_client_auth']);
    expect((await discover()).set).toMatchObject(both.mutualTls!);
    offering(['client_secret_post']);
    expect((await discover()).mutualTls).toBeUndefined();
  });

  it('N6: offers the keys that tokens can be bound to, and turns none of them on', async () => {
    const offered = async (rest: Record<string, unknown>) => {
      server.behave(json(metadata(rest)));
      return discover();
    };
    const both = await offered({
      dpop_signing_alg_values_supported: ['RS256', 'ES256'],
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: { token_endpoint: 'https://mtls.example/token' },
    });
    expect(both.senderConstraints).toEqual(['mtls', 'dpop']);
    expect(both.set).not.toHaveProperty('senderConstraint');
    expect(both.set['auth.token.url']).toBe(`${server.url}/t/token`);
    // Any client can have its tokens bound to a certificate.
    expect(both.mutualTls).toEqual({
      senderConstraint: 'mtls',
      'auth.token.url': 'https://mtls.example/token',
    });
    const other = await offered({
      dpop_signing_alg_values_supported: ['RS256'],
      tls_client_certificate_bound_access_tokens: 'yes',
    });
    expect(other.senderConstraints).toBeUndefined();
    expect(other.mutualTls).toBeUndefined();
  });

  it('[checklist 47] rejects metadata of another issuer', async () => {
    server.behave(json(metadata({}, 'https://evil.example')));
    const diagnosis = await failure();
    expect(diagnosis).toMatchObject({
      code: 'issuer_mismatch',
      cause: expect.stringMatching(
        / names the issuer https:\/\/evil\.example, not http/,
      ),
    });
    expect(diagnosis.fix).toBeUndefined();
  });

  it('[checklist 47] compares character by character, and proposes a missing slash', async () => {
    server.behave(json(metadata({}, `${server.url}/t/`)));
    expect(await failure()).toMatchObject({
      code: 'issuer_mismatch',
      fix: { set: { 'auth.issuer': `${server.url}/t/` } },
    });
  });

  it('omits endpoints that may not be called, and lists them', async () => {
    server.behave(
      json(
        metadata({
          token_endpoint: 'https://169.254.169.254/token',
          authorization_endpoint: 'data:text/html,x',
          revocation_endpoint: 'http://example.com/revoke',
        }),
      ),
    );
    const { set, refused } = await discover();
    expect(Object.keys(set)).toEqual(['auth.issuer']);
    expect(refused).toEqual([
      'authorization_endpoint',
      'token_endpoint',
      'revocation_endpoint',
    ]);
  });

  it('[threats 39] proposes no URL with a template, which could be filled with a secret', async () => {
    server.behave(
      json(
        metadata({
          token_endpoint: `${server.url}/token/{{instance.apiKey}}`,
          revocation_endpoint: `${server.url}/revoke?k={{token.accessToken}}`,
        }),
      ),
    );
    const { set, refused } = await discover();
    expect(JSON.stringify(set)).not.toContain('{{');
    expect(refused).toEqual(['token_endpoint', 'revocation_endpoint']);
  });

  it('[checklist 47] rejects an internal issuer and an HTTP one', async () => {
    expect((await failure('https://10.0.0.1')).code).toBe('blocked');
    expect((await failure('http://idp.example')).code).toBe('blocked');
  });

  it.each([
    '',
    'idp.example',
    'https://idp.example/?a=b',
    'https://idp.example/#x',
  ])('rejects %p as an issuer', async issuer => {
    expect((await failure(issuer || ' ')).code).toBe('settings_invalid');
  });

  it.each([500, 502, 503])(
    'reads the second path if the first one returns %i',
    async status => {
      server.behave((response, request) =>
        (request.path.startsWith('/t/') ? json({}, status) : json(metadata()))(
          response,
          request,
        ),
      );
      expect((await discover()).set).toMatchObject({
        'auth.token.url': `${server.url}/t/token`,
      });
      expect(server.requests).toHaveLength(2);
    },
  );

  it.each<[string, Behavior]>([
    ['a connection that breaks off', () => server.cut()],
    ['a large response', text(Buffer.alloc(300_000, 32), 'application/json')],
    [
      'an unknown coding',
      text('{}', 'application/json', 200, { 'content-encoding': 'zstd' }),
    ],
    ['half of a document', text('{"issuer":', 'application/json')],
    ['a redirect elsewhere', redirect('https://other.example/x')],
  ])('reads the second path if the first one returns %s', async (_, first) => {
    server.behave((response, request) =>
      (request.path.startsWith('/t/') ? first : json(metadata()))(
        response,
        request,
      ),
    );
    expect((await discover()).issuer).toBe(`${server.url}/t`);
  });

  it.each([301, 302, 303, 307, 308])(
    'follows a %i redirect within the origin',
    async status => {
      server.behave((response, request) =>
        (request.path === '/moved' && request.query.get('v') === '2'
          ? json(metadata())
          : redirect('/moved?v=2', status))(response, request),
      );
      expect((await discover()).issuer).toBe(`${server.url}/t`);
      expect(server.requests.map(({ path }) => path)).toEqual([
        '/t/.well-known/openid-configuration',
        '/moved',
      ]);
    },
  );

  it('stops after too many redirects', async () => {
    server.behave(redirect('/again'));
    expect(await failure()).toMatchObject({
      code: 'redirect',
      details: { location: `${server.url}/again` },
    });
    expect(server.requests).toHaveLength(8);
  });

  it('[threats 39] follows no redirect to another origin', async () => {
    const other = await LocalServer.start();
    try {
      for (const target of [
        other.url,
        `http://localhost:${server.port}`,
        `https://127.0.0.1:${server.port}`,
        `//127.0.0.1:${other.port}`,
      ]) {
        server.behave(redirect(`${target}/x?token=1`));
        expect((await failure()).code).toBe('redirect');
      }
      expect(other.requests).toEqual([]);
      expect(server.requests.map(({ path }) => path)).not.toContainEqual(
        expect.stringContaining('/x'),
      );
      server.behave(redirect('https://other.example/x?token=1'));
      expect(await failure()).toMatchObject({
        code: 'redirect',
        details: { location: 'https://other.example/x' },
      });
    } finally {
      await other.stop();
    }
  });

  it('says what each path returned', async () => {
    server.behave((response, request) =>
      (request.path.startsWith('/t/')
        ? json({}, 503, { 'retry-after': '60' })
        : json({}, 404))(response, request),
    );
    expect(await failure()).toMatchObject({
      code: 'server',
      retryable: true,
      cause: expect.stringContaining(
        '/t/.well-known/openid-configuration: 503. /.well-known/oauth-authorization-server/t: 404.',
      ),
      details: {
        endpoint: `${server.url}/t/.well-known/openid-configuration`,
        retryAt: expect.any(Number),
      },
    });
  });

  it("reports the other problem if only one path doesn't exist", async () => {
    server.behave((response, request) =>
      (request.path.startsWith('/t/')
        ? json({}, 404)
        : text('<html>', 'text/html'))(response, request),
    );
    expect(await failure()).toMatchObject({
      code: 'bad_response',
      cause: expect.stringContaining(
        '/t/.well-known/openid-configuration: 404. /.well-known/oauth-authorization-server/t: 200 with a web page.',
      ),
    });
  });

  it("sends one request if the host can't be reached", async () => {
    // A port that was only just free can be another test's by now.
    const { code, cause } = await failure('http://127.0.0.1:1');
    expect(code).toBe('connect');
    expect(cause).not.toContain('.well-known');
  });

  it('[checklist 47] limits the size', async () => {
    server.behave(text(Buffer.alloc(300_000, 32), 'application/json'));
    expect(await failure()).toMatchObject({
      code: 'too_large',
      cause: expect.stringMatching(/: response too large\. .*: response too/),
    });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['a web page', text('<html>', 'text/html'), 'bad_response'],
    [
      'JSON without an issuer',
      json({ token_endpoint: 'https://x.example' }),
      'bad_response',
    ],
    ['nothing', text('', 'text/plain'), 'empty_response'],
    ['a list', json([]), 'bad_response'],
  ])('explains %s', async (_, behavior, code) => {
    server.behave(behavior);
    expect((await failure()).code).toBe(code);
    expect(server.requests).toHaveLength(2);
  });

  it('explains an issuer without metadata', async () => {
    server.behave(json({}, 404));
    expect(await failure()).toMatchObject({
      code: 'not_found',
      title: 'Metadata endpoint not found',
    });
  });
});

function redirect(location: string, status = 302): Behavior {
  return text('', 'text/plain', status, { location });
}
