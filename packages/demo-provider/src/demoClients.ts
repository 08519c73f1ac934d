import type { JWK } from 'oidc-provider';

/** A client (RFC 6749 section 2) of the demo provider. */
export interface DemoClient {
  id: string;
  secret: string;
  /** Name on the consent page. */
  name: string;
  grants: Array<
    | 'authorization_code'
    | 'refresh_token'
    | 'client_credentials'
    | 'password'
    | 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  >;
  /** Scopes it may request, separated by spaces. */
  scope: string;
  /** How it authenticates. Default: Basic, RFC 6749 section 2.3.1. */
  authentication?:
    | 'client_secret_basic'
    | 'client_secret_post'
    | 'client_secret_jwt'
    | 'private_key_jwt'
    | 'none';
  /** Public keys of a client that signs (RFC 7517 section 4). */
  keys?: JWK[];
  /** Whether its tokens must be bound with DPoP (RFC 9449 section 5.2). Other clients may send proofs, too. */
  isDpopBound?: boolean;
  redirectUris?: string[];
}

/** Redirect URI of a Backstage on this machine. */
const LOCAL_REDIRECT_URIS = [
  'http://localhost:7007/api/datasource-auth/oauth/callback',
  'http://localhost:7007/api/datasource-auth/oauth/callback/demo-web',
];

/**
 * The four clients of the demo, one per grant. Only for the demo: their secrets are public unless the
 * environment sets others.
 */
export function demoClients(
  options: { redirectUris?: string[] } = {},
): DemoClient[] {
  const { env } = process;
  return [
    {
      id: 'demo-web',
      secret: env.DEMO_WEB_CLIENT_SECRET ?? 'demo-only-web-secret',
      name: 'Backstage (demo)',
      grants: ['authorization_code', 'refresh_token'],
      scope: 'openid offline_access read write',
      redirectUris: options.redirectUris ?? LOCAL_REDIRECT_URIS,
    },
    {
      id: 'demo-machine',
      secret: env.DEMO_MACHINE_CLIENT_SECRET ?? 'demo-only-machine-secret',
      name: 'Backstage machine (demo)',
      grants: ['client_credentials'],
      scope: 'read write',
    },
    {
      id: 'demo-legacy',
      secret: env.DEMO_LEGACY_CLIENT_SECRET ?? 'demo-only-legacy-secret',
      name: 'Backstage legacy (demo)',
      grants: ['password'],
      scope: 'read write',
    },
    {
      id: 'demo-assertion',
      // It authenticates with its assertions.
      secret: 'unused-secret',
      name: 'Backstage service account (demo)',
      grants: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
      scope: 'read write',
      authentication: 'none',
    },
  ];
}
