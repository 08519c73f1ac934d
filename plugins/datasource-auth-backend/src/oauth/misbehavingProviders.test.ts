import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Egress } from '../egress/Egress';
import {
  Behavior,
  LocalServer,
  json,
  text,
} from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { IssuedTokens } from './ProviderClient';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const TOKENS = { access_token: 'CANARY-at', token_type: 'Bearer' };
const FORM = 'application/x-www-form-urlencoded';

type Step =
  | 'authorization_code'
  | 'client_credentials'
  | 'password'
  | 'refresh';

describe('providers that misbehave', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;

  beforeAll(async () => {
    server = await LocalServer.start();
    client = DefaultProviderClient.create({
      egress: new Egress(
        { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
        { environment: {} },
      ),
    });
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    server.requests.length = 0;
  });

  function exchange(
    step: Step,
    auth: Record<string, unknown> = {},
  ): Promise<IssuedTokens> {
    const grantType =
      step === 'authorization_code' || step === 'refresh'
        ? 'authorization_code'
        : step;
    const context = providerContext({
      grantType,
      clientSecret: 'CANARY-client-secret',
      username: 'jane',
      password: 'CANARY-password',
      ...auth,
      token: {
        url: `${server.url}/oauth/token?key=CANARY-query`,
        ...(auth.token as object),
      },
    } as AuthInput);
    if (step === 'authorization_code')
      return client.exchangeCode(context, {
        code: 'CANARY-code',
        codeVerifier: 'v'.repeat(43),
      });
    if (step === 'refresh')
      return client.refresh(context, { refreshToken: 'CANARY-rt' });
    return client.requestToken(context);
  }

  /** Every way in which an error could be printed, including what a logger would dig out of it. */
  const printed = (error: Error) =>
    [
      JSON.stringify(error),
      inspect(error, { depth: 10, showHidden: true }),
      error.stack,
      String(error),
      JSON.stringify((error as OAuthExchangeError).diagnosis),
    ].join('\n');

  async function failure(step: Step, auth?: Record<string, unknown>) {
    const error = await exchange(step, auth).then(
      answer => {
        throw new Error(`It was accepted: ${Object.keys(answer)}`);
      },
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OAuthExchangeError);
    const known = error as OAuthExchangeError;
    expect(known.cause).toBeUndefined();
    // [checklist 46] and threat 8: nothing of what was sent or received, in no form.
    expect(printed(known)).not.toMatch(/CANARY/);
    expect(printed(known)).not.toContain(btoa('client:CANARY-client-secret'));
    return known;
  }

  describe('are understood', () => {
    it.each<[string, Behavior, Record<string, unknown>, Partial<IssuedTokens>]>(
      [
        [
          'a form-encoded response',
          text(
            'access_token=CANARY-at&token_type=bearer&scope=a%2Cb&expires_in=60',
            FORM,
          ),
          {},
          { scope: 'a b', tokenType: 'bearer' },
        ],
        [
          'a form that calls itself plain text',
          text('access_token=CANARY-at&expires=60', 'text/plain'),
          {},
          {},
        ],
        [
          'a form that calls itself JSON',
          text('access_token=CANARY-at', 'application/json'),
          {},
          {},
        ],
        [
          'JSON that calls itself HTML',
          text(JSON.stringify(TOKENS), 'text/html'),
          {},
          {},
        ],
        [
          'JSON without a content type',
          response => {
            response.end(JSON.stringify(TOKENS));
          },
          {},
          {},
        ],
        [
          'JSON with a byte order mark',
          text(`\ufeff${JSON.stringify(TOKENS)}`, 'application/json'),
          {},
          {},
        ],
        [
          'JSON with a charset and white space',
          text(
            `\n ${JSON.stringify(TOKENS)}\n`,
            'application/json; charset=UTF-8',
          ),
          {},
          {},
        ],
        [
          'a vendor JSON',
          text(JSON.stringify(TOKENS), 'application/vnd.api+json'),
          {},
          {},
        ],
        [
          'gzip',
          text(gzipSync(JSON.stringify(TOKENS)), 'application/json', 200, {
            'content-encoding': 'gzip',
          }),
          {},
          {},
        ],
        ['201 instead of 200', json(TOKENS, 201), {}, {}],
        [
          'no token type at all',
          json({ access_token: 'CANARY-at' }),
          {},
          { tokenType: 'Bearer' },
        ],
        [
          '[checklist 29] BEARER in capitals',
          json({ ...TOKENS, token_type: 'BEARER' }),
          {},
          { tokenType: 'BEARER' },
        ],
        [
          '[checklist 29] another configured token type',
          json({ ...TOKENS, token_type: 'bot' }),
          { response: { tokenTypes: ['Bot', 'user'] } },
          { tokenType: 'bot' },
        ],
        [
          'members that are there twice: the last one counts',
          text(
            '{"access_token":"x","access_token":"CANARY-at"}',
            'application/json',
          ),
          {},
          {},
        ],
        [
          'null for missing fields',
          json({
            ...TOKENS,
            refresh_token: null,
            expires_in: null,
            scope: null,
            error: null,
          }),
          {},
          { refreshToken: undefined, expiresAt: undefined, scope: undefined },
        ],
        [
          'empty strings for missing fields',
          json({ ...TOKENS, refresh_token: '', scope: '', error: '' }),
          {},
          { refreshToken: undefined, scope: undefined },
        ],
        [
          'an error object that says ok',
          json({ ...TOKENS, error: { code: 'ok', message: '' } }),
          {},
          {},
        ],
        ['an error code of zero', json({ ...TOKENS, error: 0 }), {}, {}],
        [
          '[checklist 31] garbage as lifetime',
          json({ ...TOKENS, expires_in: 'soon' }),
          {},
          { expiresAt: undefined },
        ],
        [
          'a list of scopes',
          json({ ...TOKENS, scope: ['a', 'b', 'a'] }),
          {},
          { scope: 'a b' },
        ],
        [
          '[checklist 32] another scope than the requested one',
          json({ ...TOKENS, scope: 'less' }),
          { scopes: ['more', 'less'] },
          { scope: 'less' },
        ],
        [
          'an unrequested ID token',
          json({ ...TOKENS, id_token: 'nonsense' }),
          {},
          { account: undefined },
        ],
        [
          'S3.17 S3.19 tokens somewhere else',
          json({ data: { token: 'CANARY-at', list: [{ rt: 'CANARY-rt2' }] } }),
          {
            response: {
              accessToken: 'data.token',
              refreshToken: 'data.list.0.rt',
            },
          },
          { refreshToken: 'CANARY-rt2' },
        ],
        [
          'S3.20 a member with a dot in its name',
          json({ 'a.b': 'CANARY-at' }),
          { response: { accessToken: 'a.b' } },
          {},
        ],
        [
          'a success flag',
          json({ ok: true, ...TOKENS }),
          { response: { success: { path: 'ok', equals: true } } },
          {},
        ],
        [
          'a success flag in another spelling',
          json({ code: '0', ...TOKENS }),
          { response: { success: { path: 'code', equals: 0 } } },
          {},
        ],
      ],
    )('%s', async (_, behavior, auth, expected) => {
      server.behave(behavior);
      for (const step of [
        'authorization_code',
        'client_credentials',
        'password',
        'refresh',
      ] as const) {
        const answer = await exchange(step, auth);
        expect(answer).toMatchObject({ accessToken: 'CANARY-at', ...expected });
      }
    });

    it('keeps fields of the response, never a token, merged over earlier ones', async () => {
      server.behave(
        json({
          ...TOKENS,
          instance_url: 'https://x.example',
          team: { id: 7 },
          again: 'CANARY-at',
          realm: 'new',
        }),
      );
      const context = providerContext(
        {
          grantType: 'client_credentials',
          token: { url: `${server.url}/token` },
          response: {
            keep: ['instance_url', 'team.id', 'again', 'realm', 'none'],
          },
        },
        { kept: { realm: 'old', company: '1' } },
      );
      expect((await client.requestToken(context)).kept).toEqual({
        instance_url: 'https://x.example',
        'team.id': '7',
        realm: 'new',
        company: '1',
      });
    });

    it('[threat 3] shows no token as scope, whichever field is configured as the scope', async () => {
      server.behave(json({ ...TOKENS, also: 'CANARY-at' }));
      expect(
        (await exchange('authorization_code', { response: { scope: 'also' } }))
          .scope,
      ).toBeUndefined();
    });

    it('threats 30: shows no token-like value as scope, not even in parts', async () => {
      const response = { scope: 'also' };
      for (const token of ['CANARY-other', 'CANARY,in,pieces']) {
        server.behave(json({ ...TOKENS, api_token: token, also: token }));
        expect(
          (await exchange('authorization_code', { response })).scope,
        ).toBeUndefined();
      }
    });

    it('stores no scope and no kept value with unreadable characters', async () => {
      server.behave(
        text(
          'access_token=CANARY-at&scope=read+wri%FFte+a%00b&realm=%FF&place=a%0Ab&team=7',
          FORM,
        ),
      );
      const { scope, kept } = await exchange('authorization_code', {
        response: { keep: ['realm', 'place', 'team'] },
      });
      expect(scope).toBe('read');
      expect(kept).toEqual({ team: '7' });
    });

    it("measures the provider's clock", async () => {
      server.behave(
        json(TOKENS, 200, {
          date: new Date(Date.now() - 3_600_000).toUTCString(),
        }),
      );
      const { clockSkew } = await exchange('client_credentials');
      expect(clockSkew).toBeLessThan(-3_590_000);
      expect(clockSkew).toBeGreaterThan(-3_610_000);
    });
  });

  describe('are explained', () => {
    it.each<[string, Behavior, Step, Record<string, unknown>, object]>([
      // What the provider reports
      [
        '[checklist 38] invalid_grant on refresh',
        json(
          { error: 'invalid_grant', error_description: 'revoked: CANARY-rt' },
          400,
        ),
        'refresh',
        {},
        {
          outcome: 'refused',
          diagnosis: {
            code: 'invalid_grant',
            title: "'crm' must be authorized again",
            details: {
              status: 400,
              error: 'invalid_grant',
              errorDescription: 'revoked: [removed]',
            },
          },
        },
      ],
      [
        'invalid_grant on a code',
        json({ error: 'invalid_grant' }, 400),
        'authorization_code',
        {},
        {
          outcome: 'refused',
          diagnosis: { title: 'The authorization code was rejected' },
        },
      ],
      [
        '[checklist 33] invalid_grant on a password',
        json(
          {
            error: 'invalid_grant',
            error_description: 'CANARY-password is wrong',
          },
          400,
        ),
        'password',
        {},
        {
          outcome: 'refused',
          diagnosis: {
            title: 'Username or password not accepted',
            retryable: false,
          },
        },
      ],
      [
        'invalid_grant on client credentials',
        json({ error: 'invalid_grant' }, 400),
        'client_credentials',
        {},
        { outcome: 'answered', diagnosis: { code: 'invalid_grant' } },
      ],
      [
        '[checklist 38] invalid_client',
        json({ error: 'invalid_client' }, 401),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'invalid_client',
            title: 'Client ID or secret not accepted',
          },
        },
      ],
      [
        'S4.17 invalid_client behind WWW-Authenticate',
        json({ error: 'invalid_client', error_description: 'no' }, 401, {
          'www-authenticate': 'Basic realm="x", error="y"',
        }),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'invalid_client',
            details: { errorDescription: 'no' },
          },
        },
      ],
      [
        '401 without a body',
        text('', 'text/plain', 401, { 'www-authenticate': 'Basic' }),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'invalid_client' } },
      ],
      [
        '403 with a web page',
        text('<html>', 'text/html', 403),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'bad_response' } },
      ],
      [
        'S4.17 invalid_scope',
        json({ error: 'invalid_scope' }, 400),
        'client_credentials',
        { scopes: ['a', 'b'] },
        {
          diagnosis: { code: 'invalid_scope', cause: 'Requested scopes: a b.' },
        },
      ],
      [
        'unsupported_grant_type',
        json({ error: 'unsupported_grant_type' }, 400),
        'password',
        {},
        { diagnosis: { title: "The provider doesn't support this grant" } },
      ],
      [
        'unauthorized_client',
        json({ error: 'unauthorized_client' }, 400),
        'client_credentials',
        {},
        {
          diagnosis: {
            remedy: 'Enable client credentials for the app at the provider.',
          },
        },
      ],
      [
        'invalid_target',
        json({ error: 'invalid_target' }, 400),
        'authorization_code',
        {},
        { diagnosis: { title: 'Resource or audience not accepted' } },
      ],
      [
        'invalid_request',
        json({ error: 'invalid_request' }, 400),
        'authorization_code',
        {},
        { diagnosis: { title: 'Token request incomplete' } },
      ],
      [
        'an error with control characters',
        json(
          { error: 'x', error_description: 'a\u0000b\u202ec\n<script>' },
          400,
        ),
        'authorization_code',
        {},
        {
          diagnosis: {
            code: 'provider_error',
            details: { error: 'x', errorDescription: 'a b c <script>' },
          },
        },
      ],
      [
        'an error that repeats the Authorization header',
        (response, request) =>
          json(
            {
              error: 'x',
              error_description: `bad ${request.headers.authorization}`,
            },
            400,
          )(response, request),
        'authorization_code',
        {},
        { diagnosis: { details: { errorDescription: 'bad Basic [removed]' } } },
      ],
      [
        'an error that repeats a token',
        json(
          { error: 'x', error_description: `bad eyJhbGciOi.CANARYeyJ.sig` },
          400,
        ),
        'authorization_code',
        {},
        { diagnosis: { details: { errorDescription: 'bad [removed]' } } },
      ],
      // Errors in a 200
      [
        '[checklist 30] GitHub: an error with 200',
        json({ error: 'bad_verification_code' }),
        'authorization_code',
        {},
        {
          outcome: 'refused',
          diagnosis: {
            code: 'invalid_grant',
            details: { status: 200, error: 'bad_verification_code' },
          },
        },
      ],
      [
        'GitHub: a form with an error and 200',
        text('error=incorrect_client_credentials&error_description=no', FORM),
        'authorization_code',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'invalid_client',
            details: { errorDescription: 'no' },
          },
        },
      ],
      [
        '[checklist 30] an error beside a token',
        json({ ...TOKENS, error: 'invalid_grant' }),
        'refresh',
        {},
        { outcome: 'refused' },
      ],
      [
        'Slack: ok is false',
        json({ ok: false, error: 'invalid_refresh_token' }),
        'refresh',
        { response: { success: { path: 'ok', equals: true } } },
        { outcome: 'refused', diagnosis: { code: 'invalid_grant' } },
      ],
      [
        'Slack: ratelimited',
        json({ ok: false, error: 'ratelimited' }),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: { code: 'rate_limited', retryable: true },
        },
      ],
      [
        'a missing success flag',
        json(TOKENS),
        'authorization_code',
        { response: { success: { path: 'ok', equals: true } } },
        { diagnosis: { code: 'provider_error' } },
      ],
      [
        'an error in an object',
        json({ error: { code: 'invalid_grant', message: 'no' } }),
        'refresh',
        {},
        {
          outcome: 'refused',
          diagnosis: { details: { errorDescription: 'no' } },
        },
      ],
      [
        'an error in a list',
        json({ errors: [{ errorType: 'invalid_grant', message: 'no' }] }, 400),
        'refresh',
        {},
        {
          outcome: 'refused',
          diagnosis: { details: { errorDescription: 'no' } },
        },
      ],
      [
        'an error at a configured path',
        json({ status: 'EXPIRED', detail: 'no' }),
        'refresh',
        { response: { error: 'status' } },
        {
          outcome: 'answered',
          diagnosis: {
            code: 'provider_error',
            details: expect.not.objectContaining({ error: 'EXPIRED' }),
          },
        },
      ],
      [
        'threats 30: a known error at a configured path',
        json({ status: 'invalid_code', detail: 'no' }),
        'authorization_code',
        { response: { error: 'status' } },
        {
          outcome: 'refused',
          diagnosis: {
            code: 'invalid_grant',
            details: { error: 'invalid_code' },
          },
        },
      ],
      [
        'Entra: an expired client secret',
        json(
          {
            error: 'invalid_client',
            error_description:
              'AADSTS7000222: The provided client secret keys are expired.',
          },
          401,
        ),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'client_secret_expired' } },
      ],
      [
        'Entra: a missing consent',
        json(
          {
            error: 'invalid_grant',
            error_description: 'AADSTS65001: no consent',
          },
          400,
        ),
        'refresh',
        {},
        { outcome: 'refused', diagnosis: { code: 'consent_required' } },
      ],
      // Overload, before anything else
      [
        '500 with invalid_grant in it',
        json({ error: 'invalid_grant' }, 500),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'server', retryable: true } },
      ],
      [
        '429 with invalid_grant in it',
        json({ error: 'invalid_grant' }, 429),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: { code: 'rate_limited', retryable: true },
        },
      ],
      [
        '503',
        text('', 'text/plain', 503),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'server' } },
      ],
      [
        '502: the outcome is unknown',
        text('<html>', 'text/html', 502),
        'refresh',
        {},
        { outcome: 'silent', diagnosis: { code: 'server' } },
      ],
      [
        '504',
        json({ error: 'invalid_grant' }, 504),
        'refresh',
        {},
        { outcome: 'silent' },
      ],
      // Shapes that are no OAuth answer
      [
        '[checklist 27] a redirect',
        text('', 'text/plain', 302, { location: '/login?token=CANARY' }),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'redirect',
            details: { location: expect.stringMatching(/\/login$/) },
          },
        },
      ],
      [
        '404',
        text('<html>', 'text/html', 404),
        'refresh',
        {},
        { outcome: 'answered', diagnosis: { code: 'not_found' } },
      ],
      [
        '410',
        json({}, 410),
        'refresh',
        {},
        { diagnosis: { code: 'not_found' } },
      ],
      [
        '405 with Allow',
        text('', 'text/plain', 405, { allow: 'GET' }),
        'authorization_code',
        {},
        {
          diagnosis: {
            code: 'method_not_allowed',
            cause: 'The server accepts GET here, not POST.',
            details: { allow: 'GET' },
          },
        },
      ],
      [
        '415',
        json({}, 415),
        'authorization_code',
        {},
        { diagnosis: { code: 'content_type' } },
      ],
      [
        '[checklist 34] a web page',
        text('<!doctype html>CANARY', 'text/html'),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'bad_response',
            title: 'Token endpoint returned HTML',
          },
        },
      ],
      [
        '204',
        response => {
          response.writeHead(204).end();
        },
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'empty_response',
            cause:
              "The server returned 204 without a body, so it doesn't say why.",
          },
        },
      ],
      [
        '[checklist 30] JSON without a token',
        json({ expires: 1 }),
        'refresh',
        {},
        {
          outcome: 'answered',
          diagnosis: {
            code: 'no_token',
            cause:
              "There is no token at 'access_token'. Fields received: 'expires'.",
          },
        },
      ],
      [
        'an empty token',
        json({ access_token: '' }),
        'authorization_code',
        {},
        { diagnosis: { code: 'no_token' } },
      ],
      [
        'an object as the token',
        json({ access_token: { a: 'CANARY' } }),
        'authorization_code',
        {},
        { diagnosis: { code: 'no_token' } },
      ],
      [
        'a text in JSON',
        json('CANARY-at'),
        'authorization_code',
        {},
        { diagnosis: { code: 'no_token' } },
      ],
      [
        'a list in JSON',
        json([{ access_token: 'CANARY-at' }]),
        'authorization_code',
        {},
        { diagnosis: { code: 'no_token' } },
      ],
      [
        '[checklist 29] an unknown token type',
        json({ ...TOKENS, token_type: 'mac' }),
        'authorization_code',
        {},
        { outcome: 'answered', diagnosis: { code: 'token_type' } },
      ],
      [
        'a DPoP token without a key of ours',
        json({ ...TOKENS, token_type: 'DPoP' }),
        'authorization_code',
        {},
        { diagnosis: { code: 'token_type' } },
      ],
      [
        '[threat 8] a token in plain text',
        text('CANARY-at', 'text/plain'),
        'authorization_code',
        {},
        {
          diagnosis: {
            code: 'no_token',
            cause:
              "There is no token at 'access_token'. The response isn't a JSON object.",
          },
        },
      ],
      [
        '[threat 8] a token as the name of a field',
        text('CANARYat=&b=c', FORM),
        'authorization_code',
        {},
        { diagnosis: { code: 'no_token' } },
      ],
      [
        '[threat 8] a token as the name of a JSON member',
        json({ [`CANARY${'x'.repeat(60)}`]: 1 }),
        'authorization_code',
        {},
        { diagnosis: { details: { fields: [] } } },
      ],
      // Answers that are not whole
      [
        '[checklist 34] JSON that breaks off',
        text('{"access_token":"CANARY-', 'application/json'),
        'refresh',
        {},
        {
          outcome: 'silent',
          diagnosis: {
            code: 'bad_response',
            title: 'The response was cut off',
          },
        },
      ],
      [
        'a body shorter than it was announced',
        response => {
          response.writeHead(200, { 'content-length': '99' });
          response.write('{"access_token":"CANARY-');
          setImmediate(() => response.destroy());
        },
        'refresh',
        {},
        { outcome: 'silent', diagnosis: { code: 'connect' } },
      ],
      [
        'a reset connection',
        response => {
          response.socket!.resetAndDestroy();
        },
        'refresh',
        {},
        { outcome: 'silent', diagnosis: { code: 'connect', retryable: true } },
      ],
      [
        '[checklist 34] no answer',
        () => {},
        'refresh',
        { timeouts: { responseMs: 300 } },
        { outcome: 'silent', diagnosis: { code: 'timeout', retryable: true } },
      ],
      [
        '[checklist 34] a response that begins in time and does not end',
        response => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write(' '), 20);
          response.on('close', () => clearInterval(drip));
        },
        'refresh',
        { timeouts: { responseMs: 300 } },
        { outcome: 'silent', diagnosis: { code: 'timeout', retryable: true } },
      ],
      [
        '[checklist 34] 5 MB',
        text(Buffer.alloc(5_000_000, 'CANARY '), 'application/json'),
        'refresh',
        {},
        { outcome: 'silent', diagnosis: { code: 'too_large' } },
      ],
      [
        'invalid gzip',
        text('CANARY', 'application/json', 200, { 'content-encoding': 'gzip' }),
        'refresh',
        {},
        { outcome: 'silent', diagnosis: { code: 'bad_response' } },
      ],
    ])('%s', async (_, behavior, step, auth, expected) => {
      server.behave(behavior);
      const error = await failure(step, auth);
      expect({
        outcome: error.outcome,
        diagnosis: error.diagnosis,
      }).toMatchObject(expected);
      expect(error.diagnosis.details).toMatchObject({
        host: `127.0.0.1:${server.port}`,
        endpoint: `${server.url}/oauth/token`,
      });
      expect(error.diagnosis.details.at).toBeGreaterThan(0);
      // [checklist 28] whatever happened, it was sent once.
      expect(server.requests).toHaveLength(1);
    });

    it.each<[string, string | undefined, number | undefined]>([
      ['seconds', '120', 120],
      ['a fraction of a second', '1.5', 1.5],
      ['zero', '0', 0],
      ['more than a quarter of an hour', '31536000', 900],
      ['nothing', undefined, undefined],
      ['nonsense', 'soon', undefined],
    ])('[checklist 38] reads Retry-After: %s', async (_, value, seconds) => {
      for (const status of [429, 503]) {
        server.behave(json({}, status, value ? { 'retry-after': value } : {}));
        const error = await failure('refresh');
        const wait =
          error.retryAt &&
          (error.retryAt - error.diagnosis.details.at!) / 1_000;
        expect(wait).toBe(seconds);
        expect(error.diagnosis.details.retryAt).toBe(error.retryAt);
      }
    });

    it('[checklist 38] reads Retry-After as a date, limited and never in the past', async () => {
      const reply = async (date: Date) => {
        server.behave(json({}, 429, { 'retry-after': date.toUTCString() }));
        const { retryAt, diagnosis } = await failure('refresh');
        return { retryAt, now: diagnosis.details.at! };
      };
      const soon = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 60_000);
      expect((await reply(soon)).retryAt).toBe(soon.getTime());
      const late = await reply(new Date('2099-01-01'));
      expect(late.retryAt).toBe(late.now + 900_000);
      const past = await reply(new Date('2001-01-01'));
      expect(past.retryAt).toBe(past.now);
    });

    it("ignores Retry-After if the provider isn't overloaded", async () => {
      server.behave(
        json({ error: 'invalid_client' }, 401, { 'retry-after': '60' }),
      );
      expect((await failure('refresh')).retryAt).toBeUndefined();
    });

    it("explains Atlassian's message for an invalid refresh token only at Atlassian", async () => {
      server.behave(
        json(
          {
            error: 'unauthorized_client',
            error_description: 'refresh_token is invalid',
          },
          403,
        ),
      );
      expect((await failure('refresh')).outcome).toBe('answered');
    });
  });

  describe('issue a token that no header can contain', () => {
    const bytes = (member: string, byte: number) =>
      Buffer.concat([
        Buffer.from(`{"access_token":"at","${member}":"CANARY`),
        Buffer.from([byte]),
        Buffer.from('rest"}'),
      ]);
    it.each<[string, Behavior]>([
      [
        'the byte 0xFF in an access token',
        text(bytes('access_token', 0xff), 'application/json'),
      ],
      [
        'the byte 0xFF in a refresh token',
        text(bytes('refresh_token', 0xff), 'application/json'),
      ],
      ['%FF in a form', text('access_token=CANARY%FF', FORM)],
      [
        '%FF in the refresh token of a form',
        text('access_token=at&refresh_token=CANARY%FF', FORM),
      ],
      ['%00 in a form', text('access_token=CANARY%00', FORM)],
      ...['\n', '\r\nx: y', '\u0000', '\t', 'é', '\ud800', '\u2028'].map(
        (odd): [string, Behavior] => [
          JSON.stringify(odd),
          json({ access_token: `CANARY${odd}` }),
        ],
      ),
      ['a refresh token with NUL', json({ ...TOKENS, refresh_token: 'a\0' })],
    ])('rejects %s as unreadable', async (_, behavior) => {
      server.behave(behavior);
      for (const step of [
        'authorization_code',
        'client_credentials',
        'refresh',
      ] as const) {
        const { outcome, diagnosis } = await failure(step);
        expect(outcome).toBe('answered');
        expect(diagnosis).toMatchObject({
          code: 'token_unreadable',
          title: "The token can't be read",
          retryable: false,
        });
        expect(diagnosis.fix).toBeUndefined();
      }
    });

    it("keeps an error readable if its description isn't UTF-8", async () => {
      server.behave(
        text(
          Buffer.from(
            '{"error":"invalid_grant","error_description":"expir\xe9"}',
            'latin1',
          ),
          'application/json',
          400,
        ),
      );
      expect((await failure('refresh')).outcome).toBe('refused');
    });
  });

  describe('get a proposed fix only if the facts suggest one', () => {
    it.each<
      [string, Behavior, Step, Record<string, unknown>, object | undefined]
    >([
      [
        'one member called like a token',
        json({ token: 'CANARY', expires: 1 }),
        'authorization_code',
        {},
        { 'auth.response.accessToken': 'token' },
      ],
      [
        'one such member inside another object',
        json({ data: { accessToken: 'CANARY' }, ok: true }),
        'authorization_code',
        {},
        { 'auth.response.accessToken': 'data.accessToken' },
      ],
      [
        'two such members',
        json({ token: 'CANARY', jwt: 'CANARY' }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        'a refresh token only',
        json({ refresh_token: 'CANARY', csrf_token: 'CANARY' }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        "such a field that isn't a string",
        json({ token: { a: 1 } }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        'such a member in a form',
        text('token=CANARY', FORM),
        'authorization_code',
        {},
        undefined,
      ],
      [
        'an odd token type',
        json({ ...TOKENS, token_type: 'Bot' }),
        'authorization_code',
        {},
        { 'auth.response.tokenTypes': ['bearer', 'bot'] },
      ],
      [
        'a token type that DPoP binds to a key',
        json({ ...TOKENS, token_type: 'DPoP' }),
        'authorization_code',
        {},
        { senderConstraint: 'dpop' },
      ],
      [
        'a token type that is bound to a key in another way',
        json({ ...TOKENS, token_type: 'mac' }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        "a token type that isn't a word",
        json({ ...TOKENS, token_type: 'CANARY bad one!' }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        'GET where POST is wanted',
        text('', 'text/plain', 405, { allow: 'POST' }),
        'authorization_code',
        { token: { method: 'GET' } },
        { 'auth.token.method': 'POST' },
      ],
      [
        'POST where GET is wanted: secrets in addresses are never proposed',
        text('', 'text/plain', 405, { allow: 'GET' }),
        'authorization_code',
        {},
        undefined,
      ],
      [
        'invalid_client: the other of two places is worth a try',
        json({ error: 'invalid_client' }, 401),
        'authorization_code',
        {},
        { 'auth.clientAuthentication': 'client_secret_post' },
      ],
    ])('%s', async (_, behavior, step, auth, set) => {
      server.behave(behavior);
      const { fix } = (await failure(step, auth)).diagnosis;
      expect(fix?.set).toEqual(set);
    });

    it.each([
      [308, 'https://127.0.0.1/final', true],
      [301, 'https://127.0.0.1/final', true],
      [302, 'https://127.0.0.1/final', false],
      [308, 'http://127.0.0.1/final', false],
      [308, 'https://evil.example/final', false],
    ])('a %d redirect to %s', async (status, location, proven) => {
      server.behave(text('', 'text/plain', status, { location }));
      const plain = { token: { url: `${server.url}/oauth/token` } };
      const { fix } = (await failure('authorization_code', plain)).diagnosis;
      expect(fix).toEqual(
        proven ? { set: { 'auth.token.url': location } } : undefined,
      );
    });
  });

  describe('before a request is sent', () => {
    it.each<[string, Record<string, unknown>, object]>([
      [
        'an address that may not be called',
        { token: { url: 'https://10.0.0.1/token' } },
        {
          code: 'blocked',
          cause: "'10.0.0.1' isn't a public address.",
          remedy:
            "If you trust this host, ask an operator to add '10.0.0.1' to datasourceAuth.egress.allow.",
        },
      ],
      [
        "[checklist 8] HTTP that isn't allowed",
        { token: { url: 'http://example.com/token' } },
        { code: 'blocked' },
      ],
      [
        'a template without a value',
        { token: { url: 'https://{{instance.x}}.example/token' } },
        { code: 'settings_invalid', cause: expect.stringContaining("'x'") },
      ],
      [
        'no token URL',
        { token: { url: undefined } },
        { code: 'settings_invalid', cause: 'The Token URL is missing.' },
      ],
      [
        'no secret',
        { clientSecret: undefined, clientId: 'x' },
        { code: 'settings_invalid' },
      ],
      [
        'a port without a listener',
        { token: { url: 'http://127.0.0.1:1/' } },
        { code: 'connect', retryable: true },
      ],
      [
        'https to a port without TLS',
        { token: { url: 'https://127.0.0.1:PORT/' } },
        { code: 'tls' },
      ],
    ])('%s', async (_, auth, expected) => {
      const filled = JSON.parse(
        JSON.stringify(auth).replace('PORT', String(server.port)),
      );
      if ('clientSecret' in auth) filled.clientSecret = undefined;
      if (auth.token && !(auth.token as { url?: string }).url)
        filled.token.url = undefined;
      const error = await failure('refresh', filled);
      expect(error.outcome).toBe('not_sent');
      expect(error.diagnosis).toMatchObject(expected);
      expect(server.requests).toHaveLength(0);
    });

    it('a name that does not exist', async () => {
      const resolve = async () => {
        throw Object.assign(new Error('getaddrinfo ENOTFOUND'), {
          code: 'ENOTFOUND',
        });
      };
      const lost = DefaultProviderClient.create({
        egress: new Egress(
          { allow: [], allowHttp: [], only: [] },
          { environment: {}, resolve },
        ),
      });
      const context = providerContext({
        grantType: 'client_credentials',
        token: { url: 'https://idp.invalid/token' },
      });
      await expect(lost.requestToken(context)).rejects.toMatchObject({
        outcome: 'not_sent',
        diagnosis: {
          code: 'dns',
          retryable: false,
          title: 'The host idp.invalid was not found',
        },
      });
    });

    it('a missed start: nothing is sent, and it is reported as unsent', async () => {
      const onSend = jest.fn();
      const context = providerContext({
        grantType: 'authorization_code',
        token: { url: `${server.url}/token` },
      });
      await expect(
        client.refresh(
          context,
          { refreshToken: 'rt' },
          { startWithin: 0, onSend },
        ),
      ).rejects.toMatchObject({
        outcome: 'not_sent',
        diagnosis: { code: 'start_missed', retryable: true },
      });
      expect(onSend).not.toHaveBeenCalled();
      expect(server.requests).toHaveLength(0);

      server.behave(json(TOKENS));
      await client.refresh(
        context,
        { refreshToken: 'rt' },
        { startWithin: 60_000, onSend },
      );
      expect(onSend).toHaveBeenCalledTimes(1);
    });

    it('[threat 2] a value from a callback never changes the host', async () => {
      const context = providerContext(
        {
          grantType: 'authorization_code',
          token: { url: 'https://{{kept.server}}/token' },
        },
        { kept: { server: '127.0.0.1' } },
      );
      await expect(
        client.refresh(context, { refreshToken: 'rt' }),
      ).rejects.toMatchObject({
        outcome: 'not_sent',
        diagnosis: { code: 'settings_invalid' },
      });
    });
  });
});
