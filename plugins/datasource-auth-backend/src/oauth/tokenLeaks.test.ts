import { LoggerService } from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { Egress } from '../egress/Egress';
import { json, LocalServer, text } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { IssuedTokens } from './ProviderClient';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

/** Matches every planted value and its parts, plain and in base64. */
const CANARY = /CANARY|Q0FOQVJZ|NBTkFSW|DQU5BUl/;

const TOKEN_NAMES = [
  ...['access_token', 'accessToken', 'acces_token', 'token', 'refresh_token'],
  ...['RefreshToken', 'id_token', 'client_secret', 'apiKey', 'jwt'],
];
const OTHER_NAMES = [
  ...['error', 'error_description', 'message', 'detail', 'scope', 'status'],
  ...['code', 'errors', 'data', 'token_type', 'expires_in', 'ok'],
];

const canary = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('', ' ', ',', '/', '"', '\n', '\u0000', '\ud800', '='),
    fc.nat(),
  )
  .map(([start, middle, end]) => `${start}CANARY${middle}CANARY${end}`);

/**
 * A response with tokens in their usual fields. Each may be repeated in any other field, alone or in a sentence, plain
 * or encoded.
 */
const responses = fc
  .array(canary, { minLength: 1, maxLength: 3 })
  .chain(tokens => {
    const token = fc.constantFrom(...tokens);
    const repeated = fc
      .tuple(
        token,
        fc.constantFrom(
          (value: string) => value,
          (value: string) => `The value ${value} is wrong.`,
          (value: string) => `${'x'.repeat(95)} ${value}`,
          (value: string) => `${'word '.repeat(99)}${value}`,
          (value: string) => JSON.stringify(value),
          (value: string) => Buffer.from(value).toString('base64'),
          (value: string) =>
            encodeURIComponent(Buffer.from(value).toString('utf8')),
        ),
      )
      .map(([value, spell]) => spell(value));
    const words = fc.constantFrom('invalid_grant', 'oops', true, 0, 'bearer');
    const level = (value: fc.Arbitrary<unknown>) =>
      fc.record(
        Object.fromEntries([
          ...TOKEN_NAMES.map(name => [
            name,
            fc.oneof(
              token,
              fc.array(token, { maxLength: 2 }),
              fc.record({ value: token }),
            ),
          ]),
          ...OTHER_NAMES.map(name => [name, value]),
        ]),
        { requiredKeys: [] },
      );
    const plain = fc.oneof(repeated, words);
    const node = level(fc.oneof(plain, plain, plain, level(plain)));
    // Every token of the body also has a field of its own, which identifies it as a token.
    return node.map(body => ({ ...(body as object), tokens }));
  });

/** The body as a form, without nested values. */
function formOf(body: Record<string, unknown> & { tokens: string[] }): string {
  const plain = Object.entries(body).filter(
    ([, value]) => typeof value !== 'object',
  );
  const tokens = body.tokens.map((value, at) => [`token_${at}`, value]);
  return new URLSearchParams(
    [...plain, ...tokens].map(([name, value]) => [String(name), String(value)]),
  ).toString();
}

const path = fc.oneof(
  fc.constantFrom(...TOKEN_NAMES, ...OTHER_NAMES),
  fc.constantFrom('data.token', 'tokens.0', 'data', 'errors.0', 'error.code'),
);

const settings = fc.record(
  {
    accessToken: path,
    refreshToken: path,
    error: path,
    scope: path,
    tokenType: path,
    expiresIn: path,
    success: fc.record({ path, equals: fc.constantFrom('a', true) }),
  },
  { requiredKeys: [] },
);

jest.setTimeout(60_000);

describe('threats 30: tokens of a response', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;
  const log: string[] = [];

  beforeAll(async () => {
    server = await LocalServer.start();
    client = DefaultProviderClient.create({
      egress: new Egress(
        { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
        { environment: {} },
      ),
      logger: {
        debug: (message: string) => log.push(message),
      } as unknown as LoggerService,
    });
  });

  afterAll(() => server.stop());

  const ask = (step: 'refresh' | 'code', response: unknown) => {
    const context = providerContext({
      grantType: 'authorization_code',
      token: { url: `${server.url}/token` },
    } as AuthInput);
    // Set after the schema ran, because it would reject the most obvious paths.
    context.auth.response = {
      ...context.auth.response,
      ...(response as ResolvedAuth['response']),
    };
    return step === 'refresh'
      ? client.refresh(context, { refreshToken: 'sent-refresh-token' })
      : client.exchangeCode(context, { code: 'sent-code' });
  };

  /** The parts of an outcome that are shown, stored unencrypted or logged. */
  const seen = (outcome: IssuedTokens | OAuthExchangeError) => {
    const { scope, tokenType, kept, account } = outcome as IssuedTokens;
    return (
      outcome instanceof OAuthExchangeError
        ? [
            inspect(outcome, { depth: 10, showHidden: true }),
            JSON.stringify(outcome),
            JSON.stringify(outcome.diagnosis),
            ...log,
          ]
        : [JSON.stringify([scope, tokenType, kept, account]), ...log]
    ).join('\n');
  };

  it('appear in no code, message, diagnosis or log, with any body and settings', async () => {
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(
        responses,
        settings,
        fc.constantFrom(200, 201, 400, 401, 403, 404, 429, 500),
        fc.constantFrom('refresh' as const, 'code' as const),
        fc.boolean(),
        async (body, response, status, step, form) => {
          // A form can't contain half of a surrogate pair.
          fc.pre(!form || !JSON.stringify(body).includes('ud800'));
          log.length = 0;
          server.behave(
            form
              ? text(formOf(body), 'application/x-www-form-urlencoded', status)
              : json(body, status),
          );
          const outcome = await ask(step, response).catch(
            (error: OAuthExchangeError) => error,
          );
          failed += outcome instanceof OAuthExchangeError ? 1 : 0;
          expect(seen(outcome)).not.toMatch(CANARY);
        },
      ),
      { numRuns: 400, seed: 30 },
    );
    expect(failed).toBeGreaterThan(200);
  });

  it("don't become a code if the error is read from the token's field", async () => {
    server.behave(json({ token: 'CANARY-opaque', expires_in: 60 }));
    const error = await ask('code', {
      accessToken: 'acces_token',
      error: 'token',
    }).catch((thrown: OAuthExchangeError) => thrown);
    expect(error).toMatchObject({
      diagnosis: { code: 'provider_error', details: { status: 200 } },
    });
    expect((error as OAuthExchangeError).diagnosis.details.error).toBe(
      undefined,
    );
    expect(seen(error as OAuthExchangeError)).not.toMatch(CANARY);
  });
});
