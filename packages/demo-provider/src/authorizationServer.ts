import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider, type Configuration, type JWK } from 'oidc-provider';
import { ClientAdapter } from './ClientAdapter';
import type { DemoAccount } from './demoAccounts';
import type { DemoStore } from './DemoStore';
import { failurePage, showPage } from './pages';
import { registerJwtBearerGrant } from './jwtBearerGrant';
import { registerPasswordGrant } from './passwordGrant';
import type { RegisteredClients } from './RegisteredClients';
import type { IssuerKeys } from './signedJwts';
import { StoreAdapter } from './StoreAdapter';

/** Scopes of the demo API, as the consent page describes them. */
export const demoScopes: Record<string, string> = {
  read: 'Read your things',
  write: 'Add your own things',
  offline_access: 'Keep this access while you are away',
  openid: 'Know who you are',
};

const FOURTEEN_DAYS = 14 * 24 * 3600;

/** The authorization server: `oidc-provider` with the demo's clients, accounts and rules. */
export function createAuthorizationServer(options: {
  issuer: string;
  clients: RegisteredClients;
  accounts: DemoAccount[];
  store: DemoStore;
  trustedIssuers: IssuerKeys;
  requirePkce: boolean;
  requireDpopNonce: boolean;
  accessTokenSeconds: () => number;
}): Provider {
  const { issuer, clients, accounts, store, accessTokenSeconds } = options;

  const configuration: Configuration = {
    adapter: model =>
      model === 'Client'
        ? new ClientAdapter(clients, store)
        : new StoreAdapter(model, store),
    clientBasedCORS: () => false,
    claims: { openid: ['sub', 'name', 'email'] },
    conformIdTokenClaims: false,
    scopes: Object.keys(demoScopes),
    findAccount: (_ctx, sub) => {
      const account = accounts.find(({ username }) => username === sub);
      return (
        account && {
          accountId: sub,
          claims: () => ({ sub, name: account.name, email: account.email }),
        }
      );
    },

    pkce: { required: () => options.requirePkce },
    // offline_access grants a refresh token, whose lifetime doesn't depend on the user's session.
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      source.scopes.has('offline_access'),
    expiresWithSession: () => false,
    // By default, a confidential client keeps one refresh token for 70 % of its lifetime. The demo rotates at
    // every refresh.
    rotateRefreshToken: () => true,
    revokeGrantPolicy: () => true,

    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: Buffer.from(
          store.secret('nonceSecret', () => randomBytes(32).toString('hex')),
          'hex',
        ),
        requireNonce: () => options.requireDpopNonce,
      },
      introspection: { enabled: true, allowedPolicy: ownTokens },
      revocation: { enabled: true, allowedPolicy: ownTokens },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: {
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      introspection: '/introspect',
      revocation: '/revoke',
      userinfo: '/userinfo',
      jwks: '/jwks',
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: 60,
      RefreshToken: FOURTEEN_DAYS,
      Grant: FOURTEEN_DAYS,
      Session: FOURTEEN_DAYS,
      Interaction: 3600,
      IdToken: 3600,
    },
    jwks: { keys: [store.secret('signingKey', createSigningKey)] },
    cookies: {
      keys: [
        store.secret('cookieKey', () => randomBytes(32).toString('base64url')),
      ],
    },
    renderError: (ctx, out) => {
      showPage(ctx, failurePage(out));
    },
  };

  const provider = new Provider(issuer, configuration);
  registerPasswordGrant(provider, accounts);
  registerJwtBearerGrant(provider, options.trustedIssuers);
  return provider;
}

/** A client may introspect and revoke only its own tokens. */
function ownTokens(
  _ctx: unknown,
  client: { clientId: string },
  token: { clientId?: string },
): boolean {
  return token.clientId === client.clientId;
}

function createSigningKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    ...(privateKey.export({ format: 'jwk' }) as JWK),
    use: 'sig',
    alg: 'RS256',
    kid: randomBytes(8).toString('hex'),
  };
}
