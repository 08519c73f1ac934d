import type { Provider } from 'oidc-provider';
import type { DemoAccount } from './demoAccounts';
import type { DemoStatistics } from './DemoStatistics';
import { readBody } from './requestBody';
import { type IssuerKeys, readJwt } from './signedJwts';
import { tokenHash } from './tokenHash';

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

/** Fields of access tokens of users and machines. The latter lack some. */
interface Token {
  jti: string;
  clientId?: string;
  accountId?: string;
  grantId?: string;
  scope?: string;
  scopes: Set<string>;
  /** Epoch seconds. */
  exp?: number;
  isExpired: boolean;
}

/** Why a request was rejected, as in RFC 6750 section 3. */
class Refusal {
  readonly status: 401 | 403;
  readonly error?: string;
  readonly description: string;
  readonly scope?: string;

  constructor(
    status: 401 | 403,
    description: string,
    error?: string,
    scope?: string,
  ) {
    this.status = status;
    this.description = description;
    this.error = error;
    this.scope = scope;
  }
}

/**
 * The API for the tokens, under `/api`: `GET /api/me` and `GET /api/things` require the scope `read`, `POST
 * /api/things` requires `write`. `GET /api/things/mine` is for people only: it returns what belongs to the account. A bearer token is accepted only in the Authorization header (RFC 6750
 * section 2.1). `GET /api/me` also accepts the API key in the header `X-API-Key`, and a JWT of a trusted
 * issuer for the audience `<issuer>/api`.
 */
export function registerProtectedApi(
  provider: Provider,
  options: {
    accounts: DemoAccount[];
    apiKey: string;
    trustedIssuers: IssuerKeys;
    statistics: DemoStatistics;
  },
) {
  const { accounts, apiKey, statistics, trustedIssuers } = options;
  const things = [
    { id: 1, title: 'A first thing' },
    { id: 2, title: 'A second thing' },
  ];

  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/api/')) {
      await next();
      return;
    }
    ctx.set('Cache-Control', 'no-store');
    const route = `${ctx.method} ${ctx.path}`;
    const key = ctx.get('x-api-key');
    if (route === 'GET /api/me' && tokenHash(key) === tokenHash(apiKey)) {
      ctx.body = { client: 'api-key' };
      statistics.countApiCall(200);
      return;
    }
    const claims = readJwt(bearerOf(ctx), {
      issuers: trustedIssuers,
      audiences: [`${provider.issuer}/api`],
    });
    if (route === 'GET /api/me' && claims) {
      ctx.body = { client: claims.iss };
      statistics.countApiCall(200);
      return;
    }
    const needed = route === 'POST /api/things' ? 'write' : 'read';
    const token = await authorize(ctx, needed);
    if (token instanceof Refusal) {
      statistics.countApiCall(token.status);
      refuse(ctx, token);
      return;
    }

    if (route === 'GET /api/me') {
      ctx.body = describe(token);
    } else if (route === 'GET /api/things') {
      ctx.body = { things, client: token.clientId };
    } else if (route === 'GET /api/things/mine') {
      const account = accountOf(token);
      if (account) {
        ctx.body = {
          account: account.username,
          things: [
            { id: `${account.username}-1`, title: `${account.name}'s notes` },
            { id: `${account.username}-2`, title: `${account.name}'s tasks` },
          ],
        };
      } else {
        ctx.status = 403;
        ctx.body = { error: 'not_a_person' };
      }
    } else if (route === 'POST /api/things') {
      const title = String(parse(await readBody(ctx.req))?.title ?? '');
      const thing = { id: things.length + 1, title };
      things.push(thing);
      ctx.status = 201;
      ctx.body = thing;
    } else {
      ctx.status = 404;
      ctx.body = { error: 'not_found' };
    }
    statistics.countApiCall(ctx.status);
  });

  async function authorize(
    ctx: Context,
    needed: string,
  ): Promise<Token | Refusal> {
    const value = bearerOf(ctx);
    if (!value) return new Refusal(401, 'This API requires a bearer token');

    const stored = { ignoreExpiration: true };
    const token: Token | undefined =
      (await provider.AccessToken.find(value, stored)) ??
      (await provider.ClientCredentials.find(value, stored));
    if (!token || !(await isGranted(token))) {
      return new Refusal(
        401,
        'The access token is unknown or was revoked',
        'invalid_token',
      );
    }
    if (token.isExpired) {
      return new Refusal(401, 'The access token expired', 'invalid_token');
    }
    if (!token.scopes.has(needed)) {
      return new Refusal(
        403,
        `This request requires the scope '${needed}'`,
        'insufficient_scope',
        needed,
      );
    }
    return token;
  }

  /** A user's token doesn't outlive its grant. */
  async function isGranted({ grantId }: Token): Promise<boolean> {
    return !grantId || (await provider.Grant.find(grantId)) !== undefined;
  }

  function accountOf(token: Token): DemoAccount | undefined {
    return accounts.find(({ username }) => username === token.accountId);
  }

  function describe(token: Token) {
    const account = accountOf(token);
    return {
      client: token.clientId,
      account: account?.username ?? null,
      name: account?.name ?? null,
      scope: token.scope,
      expiresAt: (token.exp ?? 0) * 1000,
      tokenHash: tokenHash(token.jti),
    };
  }
}

/** Returns the bearer token of a request, or an empty text. */
function bearerOf(ctx: Context): string {
  return /^Bearer +(\S+)$/i.exec(ctx.get('authorization'))?.[1] ?? '';
}

function refuse(ctx: Context, refusal: Refusal) {
  const { status, error, description, scope } = refusal;
  const attributes = [
    'realm="demo-api"',
    error && `error="${error}"`,
    error && `error_description="${description}"`,
    scope && `scope="${scope}"`,
  ].filter(Boolean);
  ctx.status = status;
  ctx.set('WWW-Authenticate', `Bearer ${attributes.join(', ')}`);
  ctx.body = {
    error: error ?? 'missing_token',
    error_description: description,
  };
}

function parse(text: string): { title?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
