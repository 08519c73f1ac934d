import { Diagnosis } from 'backstage-plugin-datasource-auth-common';
import { AddressInfo, createServer } from 'node:net';
import { Egress } from '../egress/Egress';
import {
  Behavior,
  json,
  LocalServer,
  text,
} from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { discoverIssuer } from './discovery';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

type Step =
  | 'authorization_code'
  | 'client_credentials'
  | 'password'
  | 'refresh';
type Expected = Pick<Diagnosis, 'code' | 'title' | 'cause' | 'remedy'> & {
  set?: Record<string, unknown>;
};

const HTML = '<!doctype html><title>Sign in</title>';
const html = (status: number) => text(HTML, 'text/html', status);
const empty = (status: number, headers = {}) =>
  text('', 'text/plain', status, headers);
const BASIC = { 'www-authenticate': 'Basic realm="idp"' };
const SPECIAL = { clientSecret: 'a+b/c%d' };

/** The explanation of a failure, and nothing that changes from run to run. */
const explained = ({
  code,
  title,
  cause,
  remedy,
  fix,
}: Diagnosis): Expected => ({
  ...{ code, title, cause, remedy },
  ...(fix && { set: fix.set }),
});

async function failureOf(call: () => unknown): Promise<Diagnosis> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return (error as OAuthExchangeError).diagnosis;
  }
  throw new Error('It was accepted');
}

describe('explanations of failures', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let egress: Egress;
  let client: DefaultProviderClient;

  beforeAll(async () => {
    server = await LocalServer.start();
    egress = new Egress(
      { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    client = DefaultProviderClient.create({ egress });
  });

  afterAll(() => server.stop());

  const contextOf = (step: Step | 'authorize', auth: Record<string, unknown>) =>
    providerContext(
      {
        grantType: ['authorization_code', 'refresh', 'authorize'].includes(step)
          ? 'authorization_code'
          : step,
        ...(step === 'password' && { username: 'jane', password: 'hush-hush' }),
        scopes: ['read'],
        authorize: { url: 'https://idp.example/login' },
        ...auth,
        token: { url: `${server.url}/token`, ...(auth.token as object) },
      } as AuthInput,
      { kept: { app: 'api://crm' } },
    );

  function exchange(step: Step, auth: Record<string, unknown>) {
    const context = contextOf(step, auth);
    if (step === 'authorization_code')
      return client.exchangeCode(context, {
        code: 'the-code',
        nonce: 'the-nonce',
      });
    if (step === 'refresh')
      return client.refresh(context, { refreshToken: 'the-refresh-token' });
    return client.requestToken(context);
  }

  const HTML_REMEDY =
    "Check the Token URL against the provider's documentation, then any proxy between Backstage and the provider.";
  const REFUSED_CLIENT = expect.stringContaining('client secret');
  const EMPTY_REMEDY =
    "Check the Token URL, the client and the parameters of the request against the provider's documentation.";

  it.each<[string, Step, Behavior, Record<string, unknown>, Partial<Expected>]>(
    [
      ...[401, 403].map(
        (
          status,
        ): [string, Step, Behavior, Record<string, unknown>, Expected] => [
          `${status} with an HTML page`,
          'client_credentials',
          html(status),
          {},
          {
            code: 'bad_response',
            title: 'Token endpoint returned HTML',
            cause: `The response was a web page with status ${status}: the Token URL is wrong, or a proxy or firewall responded.`,
            remedy: HTML_REMEDY,
          },
        ],
      ),
      [
        '401 with an empty body',
        'client_credentials',
        empty(401),
        {},
        {
          code: 'invalid_client',
          title: 'Client ID or secret not accepted',
          cause:
            'The response was empty, with status 401. Most often the client ID or its authentication is wrong.',
          remedy: REFUSED_CLIENT,
          set: { 'auth.clientAuthentication': 'client_secret_post' },
        },
      ],
      [
        'a token URL equal to the authorize URL',
        'authorization_code',
        html(200),
        { authorize: { url: 'URL/token?x=1' } },
        {
          code: 'wrong_endpoint',
          title: 'The Token URL is an authorize URL',
          cause: 'It is the same as the Authorize URL, where people approve.',
          remedy:
            "Enter the provider's token endpoint as the Token URL. Its path often ends in 'token'.",
        },
      ],
      [
        'a Token URL that ends in authorize, with an OAuth error of that page',
        'client_credentials',
        json(
          { error: 'invalid_request', error_description: 'response_type' },
          400,
        ),
        { token: { url: 'URL/oauth2/authorize/' } },
        {
          code: 'wrong_endpoint',
          title: 'The Token URL is an authorize URL',
          cause: "Its path ends in 'authorize', where people approve.",
          remedy: expect.any(String),
        },
      ],
      [
        'a refused client at a token endpoint with an odd path',
        'client_credentials',
        json({ error: 'invalid_client' }, 401),
        { token: { url: 'URL/authorize' } },
        { code: 'invalid_client', title: 'Client ID or secret not accepted' },
      ],
      [
        '404 with an error that OAuth does not know',
        'authorization_code',
        json({ error: 'not_found', message: 'No static resource' }, 404),
        {},
        {
          code: 'not_found',
          title: 'Token endpoint not found',
          cause: 'The server returned 404 for this path.',
          remedy: 'Check the path, the final slash and the method.',
        },
      ],
      [
        '405 with an error that OAuth does not know',
        'authorization_code',
        json({ error: 'Method Not Allowed' }, 405, { allow: 'POST' }),
        { token: { method: 'GET' } },
        {
          code: 'method_not_allowed',
          title: 'Token endpoint rejects the HTTP method',
          cause: 'The server accepts POST here, not GET.',
          remedy: 'Check the path, the final slash and the method.',
          set: { 'auth.token.method': 'POST' },
        },
      ],
      [
        '415 with an error that OAuth does not know',
        'authorization_code',
        json({ error: 'Unsupported Media Type' }, 415),
        {},
        {
          code: 'content_type',
          title: 'Unsupported content type',
          cause: 'The server returned 415 for the content type of the request.',
          remedy:
            'Choose the other content type of the token request (form or JSON) under Advanced.',
        },
      ],
      [
        '404 with an error that OAuth knows',
        'authorization_code',
        json({ error: 'invalid_client' }, 404),
        {},
        { code: 'invalid_client' },
      ],
      [
        'scope_invalid',
        'client_credentials',
        json({ error: 'scope_invalid' }, 400),
        {},
        {
          code: 'invalid_scope',
          title: 'The provider rejected a scope',
          cause: 'Requested scopes: read.',
          remedy: expect.stringContaining('api://…/.default'),
        },
      ],
      [
        'a rejected scope if none was requested',
        'client_credentials',
        json({ error: 'invalid_scope' }, 400),
        { scopes: [] },
        {
          code: 'invalid_scope',
          title: 'The provider requires a scope',
          cause: 'No scope was requested.',
          remedy:
            "Enter a scope from the provider's documentation. Microsoft Entra ID needs one such as api://…/.default.",
        },
      ],
      [
        'a scope that is a template',
        'client_credentials',
        json({ error: 'invalid_scope' }, 400),
        { scopes: ['{{kept.app}}/.default'] },
        { cause: 'Requested scopes: api://crm/.default.' },
      ],
      ...[200, 204].map(
        (
          status,
        ): [string, Step, Behavior, Record<string, unknown>, Expected] => [
          `${status} with an empty body`,
          'refresh',
          response => {
            response.writeHead(status).end();
          },
          {},
          {
            code: 'empty_response',
            title: 'The response was empty',
            cause: `The server returned ${status} without a body, so it doesn't say why.`,
            remedy: EMPTY_REMEDY,
          },
        ],
      ),
      [
        '400 with an empty body',
        'authorization_code',
        empty(400),
        {},
        {
          code: 'empty_response',
          title: 'The response was empty',
          cause:
            "The server returned 400 without a body, so it doesn't say why.",
          remedy: EMPTY_REMEDY,
        },
      ],
      [
        'invalid JSON',
        'authorization_code',
        text('{oops', 'application/json'),
        {},
        {
          code: 'bad_response',
          title: "The response isn't valid JSON",
          cause:
            "The response with status 200 starts like JSON, but can't be parsed.",
          remedy:
            "Check the Token URL. If it is right, report the response to the provider: trying again doesn't help.",
        },
      ],
      [
        'JSON that was cut off',
        'authorization_code',
        text('{"access_token":"x', 'application/json'),
        {},
        {
          code: 'bad_response',
          title: 'The response was cut off',
          cause: 'The response ended in the middle of its JSON.',
          remedy: 'Try again.',
        },
      ],
      [
        'an object without fields',
        'authorization_code',
        json({}),
        {},
        {
          code: 'no_token',
          title: 'No token in the response',
          cause:
            "There is no token at 'access_token'. The response has no fields.",
          remedy: "Check the Token URL against the provider's documentation.",
        },
      ],
      [
        'a text instead of a response',
        'authorization_code',
        json('hello'),
        {},
        {
          code: 'no_token',
          title: 'No token in the response',
          cause:
            "There is no token at 'access_token'. The response isn't a JSON object.",
          remedy: "Check the Token URL against the provider's documentation.",
        },
      ],
      [
        'a refused client at the code step, said with unauthorized_client',
        'authorization_code',
        json({ error: 'unauthorized_client' }, 401),
        {},
        {
          code: 'unauthorized_client',
          title: 'Client ID or secret not accepted',
          cause:
            "The provider has just issued a code to this client, so the grant is enabled. It didn't accept how the client authenticates.",
          remedy: REFUSED_CLIENT,
          set: { 'auth.clientAuthentication': 'client_secret_post' },
        },
      ],
      [
        'unauthorized_client on a refresh',
        'refresh',
        json({ error: 'unauthorized_client' }, 400),
        {},
        {
          code: 'unauthorized_client',
          title: 'Refresh not allowed for this client',
          cause:
            "The client can't use refresh tokens, or its client authentication is no longer valid.",
          remedy:
            'Enable the refresh token grant for the client at the provider, and check its client authentication.',
        },
      ],
      [
        'a second factor on a password',
        'password',
        json({ error: 'interaction_required' }, 400),
        {},
        {
          code: 'interaction_required',
          title: 'The provider needs you to sign in',
          cause:
            'The provider requires consent or a second factor, and the password grant has no page for that.',
          remedy:
            'Use the authorization code grant, or an account that needs neither.',
        },
      ],
      [
        'a missing consent of an administrator',
        'client_credentials',
        json({ error: 'consent_required' }, 400),
        {},
        {
          code: 'consent_required',
          title: 'The provider requires consent',
          cause:
            "An administrator at the provider hasn't approved this client.",
          remedy:
            "Ask an administrator at the provider to approve client 'client'.",
        },
      ],
      [
        'a missing consent on a refresh',
        'refresh',
        json({ error: 'consent_required' }, 400),
        {},
        {
          code: 'consent_required',
          title: 'The provider needs you to sign in',
          cause:
            'The provider issues no token until someone signs in or consents.',
          remedy: 'Get a new credential.',
        },
      ],
      [
        'a missing code verifier while PKCE is off',
        'authorization_code',
        json(
          { error: 'invalid_grant', error_description: 'code_verifier needed' },
          400,
        ),
        { pkce: 'off' },
        {
          code: 'invalid_grant',
          title: 'The provider requires PKCE',
          cause: 'The request had no code challenge, because PKCE is off.',
          remedy: 'Set PKCE to S256, then get a new credential.',
          set: { 'auth.pkce': 'S256' },
        },
      ],
      [
        'an error in a 200, with a word of its own',
        'authorization_code',
        json({ error: 'quota', message: 'Only two apps are allowed' }),
        {},
        {
          code: 'provider_error',
          title: 'The provider reported an error',
          cause: 'The provider returned 200, but reported an error.',
          remedy: expect.stringContaining('Read what the provider says'),
        },
      ],
      [
        'an error in a 200, as a message without a word',
        'authorization_code',
        json({ status: 'failure', message: 'Only two apps are allowed' }),
        {},
        {
          code: 'no_token',
          title: 'No token in the response',
          cause:
            "There is no token at 'access_token'. Fields received: 'status', 'message'.",
          remedy: 'Read what the provider says.',
        },
      ],
      [
        'an error property that names the wrong field',
        'authorization_code',
        json({ result: 'fine', access_token: 'a' }),
        { response: { error: 'result' } },
        {
          code: 'provider_error',
          title: 'The provider reported an error',
          cause: "The response has a value at the error property 'result'.",
          remedy:
            "Read what the provider says. If that field holds no error, correct 'Error property'.",
        },
      ],
      ...(
        [
          ['1', '1 second'],
          ['30', '30 seconds'],
          ['119', '119 seconds'],
          ['120', '2 minutes'],
          ['601', '11 minutes'],
          ['99999', '15 minutes'],
          ['', 'a few minutes'],
        ] as const
      ).map(
        ([seconds, wait]): [
          string,
          Step,
          Behavior,
          Record<string, unknown>,
          Expected,
        ] => [
          `Retry-After of '${seconds}'`,
          'refresh',
          json({}, 429, seconds ? { 'retry-after': seconds } : {}),
          {},
          {
            code: 'rate_limited',
            title: 'Rate limited by the provider',
            cause: expect.stringMatching(
              / returned 429 \(too many requests\)\.$/,
            ),
            remedy: `Nothing was changed. Try again in ${wait}.`,
          },
        ],
      ),
      // Client authentication
      [
        'special characters in a secret that the header of Basic did not carry',
        'client_credentials',
        json({ error: 'invalid_client' }, 401, BASIC),
        SPECIAL,
        { set: { 'auth.clientAuthentication': 'client_secret_basic_raw' } },
      ],
      [
        'special characters in a secret, sent raw',
        'client_credentials',
        json({ error: 'invalid_client' }, 401, BASIC),
        { ...SPECIAL, clientAuthentication: 'client_secret_basic_raw' },
        { set: { 'auth.clientAuthentication': 'client_secret_basic' } },
      ],
      [
        'special characters without a challenge for Basic',
        'client_credentials',
        json({ error: 'invalid_client' }, 401),
        SPECIAL,
        { set: { 'auth.clientAuthentication': 'client_secret_post' } },
      ],
      [
        'a challenge for Basic and a plain secret',
        'client_credentials',
        empty(401, BASIC),
        {},
        { set: { 'auth.clientAuthentication': 'client_secret_post' } },
      ],
    ],
  )('%s', async (_, step, behavior, auth, expected) => {
    server.behave(behavior);
    const filled = JSON.parse(
      JSON.stringify(auth).replaceAll('URL/', `${server.url}/`),
    );
    const context = { ...filled };
    const diagnosis = await failureOf(() => exchange(step, context));
    expect(explained(diagnosis)).toMatchObject(expected);
    // A row that is whole has everything that is proposed.
    const { set } = expected.remedy ? expected : explained(diagnosis);
    expect(diagnosis.fix?.set).toEqual(set);
  });

  it('shows an error message inside a 200 response on the page, masked', async () => {
    const message = 'Only two apps are allowed';
    for (const body of [
      { error: 'quota', message },
      { status: 'failure', message },
      { error: { message } },
    ]) {
      server.behave(json(body));
      const { details } = await failureOf(() =>
        exchange('authorization_code', {}),
      );
      expect(details.errorDescription).toBe(message);
    }
  });

  describe('on return from the provider', () => {
    const ISSUER = 'https://idp.example/t';
    it.each<
      [string, Record<string, string>, Record<string, unknown>, Expected]
    >([
      [
        'a refusal said with interaction_required, without a prompt',
        { error: 'interaction_required' },
        {},
        {
          code: 'interaction_required',
          title: 'Access was not approved',
          cause: 'You or an administrator declined.',
          remedy: expect.stringContaining('choose Allow'),
        },
      ],
      [
        'interaction_required because of prompt=none',
        { error: 'interaction_required' },
        {
          authorize: { url: 'https://a.example/', params: { prompt: 'none' } },
        },
        {
          code: 'interaction_required',
          title: 'The provider needs you to sign in',
          cause:
            'The provider needs you to sign in, choose an account or consent, but prompt=none forbids its page.',
          remedy: expect.stringContaining('Remove prompt=none'),
        },
      ],
      [
        'login_required without a prompt',
        { error: 'login_required' },
        {},
        {
          code: 'login_required',
          title: 'The provider needs you to sign in',
          cause:
            "You weren't signed in at the provider, or chose no account there.",
          remedy: 'Get a new credential and sign in at the provider.',
        },
      ],
      [
        'a required code challenge',
        {
          error: 'invalid_request',
          error_description: 'Code challenge required',
        },
        { pkce: 'off' },
        {
          code: 'invalid_request',
          title: 'The provider requires PKCE',
          cause: 'The request had no code challenge, because PKCE is off.',
          remedy: 'Set PKCE to S256, then get a new credential.',
          set: { 'auth.pkce': 'S256' },
        },
      ],
      [
        'an error about PKCE although it is on',
        { error: 'invalid_request', error_description: 'Bad code_challenge' },
        {},
        {
          code: 'invalid_request',
          title: 'The provider rejected the authorization request',
          cause: expect.any(String),
          remedy: expect.any(String),
        },
      ],
      [
        'a missing required issuer',
        { code: 'c' },
        { issuer: ISSUER, requireIss: true },
        {
          code: 'callback_invalid',
          title: 'The response names no issuer',
          cause:
            "The settings require the issuer in the response (iss), and the response doesn't have one. Nothing was stored.",
          remedy: expect.stringContaining(
            "turn off 'Require the issuer in the response (iss)'",
          ),
        },
      ],
      [
        'an issuer with a final slash more',
        { code: 'c', iss: `${ISSUER}/` },
        { issuer: ISSUER },
        {
          code: 'callback_invalid',
          title: 'Response from an unexpected issuer',
          cause: `Expected ${ISSUER}, got ${ISSUER}/. Nothing was stored.`,
          remedy: `Enter the issuer as ${ISSUER}/. Only the final slash differs, and it counts.`,
          set: { 'auth.issuer': `${ISSUER}/` },
        },
      ],
      [
        'another issuer of the same host',
        { code: 'c', iss: 'https://idp.example/other' },
        { issuer: ISSUER },
        {
          code: 'callback_invalid',
          title: 'Response from an unexpected issuer',
          cause: `Expected ${ISSUER}, got https://idp.example/other. Nothing was stored.`,
          remedy:
            'If https://idp.example/other is the issuer that the provider documents, enter it as the issuer. If it is unexpected, tell your security team.',
        },
      ],
      [
        'an issuer of another host',
        { code: 'c', iss: 'https://evil.example/t' },
        { issuer: ISSUER },
        {
          code: 'callback_invalid',
          title: 'Response from an unexpected issuer',
          cause: `Expected ${ISSUER}, got https://evil.example/t. Nothing was stored.`,
          remedy:
            'Check the issuer. If it is unexpected, tell your security team.',
        },
      ],
    ])('%s', async (_, parameters, auth, expected) => {
      const context = contextOf('authorize', auth);
      const diagnosis = await failureOf(() =>
        client.readCallback(context, { state: 's', ...parameters }),
      );
      expect(explained(diagnosis)).toEqual(expected);
    });
  });

  describe('in an ID token', () => {
    const ISSUER = 'https://login.example/common';
    const now = Math.floor(Date.now() / 1_000);
    const CLAIMS = {
      ...{ iss: ISSUER, aud: 'client', sub: 's', nonce: 'the-nonce' },
      ...{ iat: now, exp: now + 60 },
    };
    const part = (value: unknown) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = (claims: object) =>
      `${part({ alg: 'RS256' })}.${part({ ...CLAIMS, ...claims })}.${part(
        'x',
      )}`;

    it.each<[string, string | undefined, Omit<Expected, 'code'>]>([
      [
        'no nonce',
        idToken({ nonce: undefined }),
        {
          title: 'The ID token has no valid nonce',
          cause:
            "The provider didn't return the nonce of this approval in the ID token.",
          remedy:
            'Start again. If the provider has no better one, remove the issuer: then the ID token is ignored.',
        },
      ],
      [
        'the issuer of a tenant',
        idToken({ iss: 'https://login.example/4711' }),
        {
          title: 'The ID token names another issuer',
          cause: `Expected ${ISSUER}, got https://login.example/4711. Nothing was stored.`,
          remedy:
            'If https://login.example/4711 is the issuer that the provider documents, enter it as the issuer. If it is unexpected, tell your security team.',
        },
      ],
      [
        'an issuer with a final slash',
        idToken({ iss: `${ISSUER}/` }),
        {
          title: 'The ID token names another issuer',
          cause: `Expected ${ISSUER}, got ${ISSUER}/. Nothing was stored.`,
          remedy: `Enter the issuer as ${ISSUER}/. Only the final slash differs, and it counts.`,
          set: { 'auth.issuer': `${ISSUER}/` },
        },
      ],
      [
        'another audience',
        idToken({ aud: 'someone' }),
        {
          title: 'The ID token is for another client',
          cause: "The audience of the ID token isn't the client ID.",
          remedy: 'Check the client ID.',
        },
      ],
      [
        'an expired time',
        idToken({ exp: now - 3_600 }),
        {
          title: "The ID token isn't valid now",
          cause: "The time in the ID token differs from this backend's clock.",
          remedy: "Correct this backend's clock, or report it to the provider.",
        },
      ],
      [
        'nothing at all',
        undefined,
        {
          title: 'The provider returned no ID token',
          cause:
            'With an issuer and the scope openid, the response must have an ID token.',
          remedy: 'Remove the issuer if the provider issues no ID tokens.',
        },
      ],
      [
        'no JSON',
        'a.b.c',
        {
          title: 'The ID token is invalid',
          cause: "The ID token can't be read, or lacks a required claim.",
          remedy:
            'Check the issuer. If the provider has no better one, remove the issuer: then the ID token is ignored.',
        },
      ],
    ])('%s', async (_, token, expected) => {
      server.behave(json({ access_token: 'at', id_token: token }));
      const diagnosis = await failureOf(() =>
        exchange('authorization_code', { issuer: ISSUER, scopes: ['openid'] }),
      );
      expect(explained(diagnosis)).toEqual({
        code: 'id_token_invalid',
        ...expected,
      });
      // The way out is one.
      server.behave(json({ access_token: 'at', id_token: token }));
      await exchange('authorization_code', { scopes: ['openid'] });
    });
  });

  describe('in metadata', () => {
    it.each<[string, string, Partial<Expected>]>([
      [
        'a template of Microsoft Entra',
        '/{tenantid}/v2.0',
        {
          cause:
            'The document at URL/t/.well-known/oauth-authorization-server names the issuer URL/{tenantid}/v2.0, not URL/t.',
          remedy:
            "Enter URL/{tenantid}/v2.0 as the issuer, with your own value in place of {tenantid}. For Microsoft Entra ID that is the ID of your tenant. If its metadata can't be read, enter the endpoints by hand.",
        },
      ],
      [
        'the issuer of Azure AD B2C, without its policy',
        '/4711/v2.0/',
        {
          remedy:
            "If URL/4711/v2.0/ is the issuer that the provider documents, enter it as the issuer. If it is unexpected, tell your security team. If its metadata can't be read, enter the endpoints by hand.",
        },
      ],
      [
        'a final slash',
        '/t/',
        {
          remedy:
            'Enter the issuer as URL/t/. Only the final slash differs, and it counts.',
          set: { 'auth.issuer': 'URL/t/' },
        },
      ],
    ])('%s', async (_, path, expected) => {
      server.behave(json({ issuer: `${server.url}${path}` }));
      const diagnosis = await failureOf(() =>
        discoverIssuer({ egress, issuer: `${server.url}/t` }),
      );
      expect(
        JSON.parse(
          JSON.stringify(explained(diagnosis))
            .replaceAll(server.url, 'URL')
            .replace(
              't/.well-known/openid-configuration',
              't/.well-known/oauth-authorization-server',
            ),
        ),
      ).toMatchObject({
        code: 'issuer_mismatch',
        title: 'The metadata belongs to another issuer',
        ...expected,
      });
    });

    it('a template without a value', async () => {
      const diagnosis = await failureOf(() =>
        discoverIssuer({ egress, issuer: 'https://idp.example/{tenant}/v2.0' }),
      );
      expect(diagnosis).toMatchObject({
        code: 'settings_invalid',
        cause: 'Enter your own value in place of {tenant} in the issuer.',
      });
    });
  });

  describe('on the network', () => {
    it.each(['http', 'a greeting', 'a closed connection'])(
      "HTTPS to a port of %s that doesn't support TLS",
      async kind => {
        const plain = createServer(socket => {
          socket.on('error', () => {});
          if (kind === 'http') socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
          else if (kind === 'a greeting') socket.write('220 ready\r\n');
          else socket.once('data', () => socket.end());
        });
        await new Promise<void>(resolve => {
          plain.listen(0, '127.0.0.1', resolve);
        });
        const { port } = plain.address() as AddressInfo;
        const token = { url: `https://127.0.0.1:${port}/token` };
        const diagnosis = await failureOf(() =>
          exchange('client_credentials', { token }),
        );
        plain.close();
        expect(explained(diagnosis)).toEqual({
          code: 'tls',
          title: `No secure connection to 127.0.0.1:${port}`,
          cause: expect.stringMatching(/doesn't speak TLS/),
          remedy: 'Check the port of the URL: https is usually 443.',
        });
      },
    );
  });
});
