import type { DemoAccount } from './demoAccounts';
import type { DemoClient } from './demoClients';
import type { IssuerKeys } from './signedJwts';

/** Options of a demo provider. Everything has a default. */
export interface DemoProviderOptions {
  /** TCP port; 0 (the default) uses a free one. */
  port?: number;
  /** Interface to listen on. `localhost`, the default, means 127.0.0.1 and, if available, ::1. */
  host?: string;
  /** Issuer identifier, and the `iss` of every response. Default: `http://localhost:<port>`. */
  issuer?: string;
  /** Lifetime of an access token, in seconds. */
  accessTokenSeconds?: number;
  /** Clients that may request tokens. Default: {@link demoClients}. */
  clients?: DemoClient[];
  /** Accounts that may sign in. Default: {@link demoAccounts}. */
  accounts?: DemoAccount[];
  /** API key that `GET /api/me` accepts in `X-API-Key`. Public, for the demo only. */
  apiKey?: string;
  /**
   * Issuers whose JWTs are accepted, as assertions (RFC 7523 section 2.1) and by the API, with their keys. Default:
   * `demo-backstage`, with a public secret for the demo only.
   */
  trustedIssuers?: IssuerKeys;
  /** Reject an authorization request without PKCE (RFC 7636). On by default. */
  requirePkce?: boolean;
  /** Reject a DPoP proof without a nonce of this server (RFC 9449 section 8). Off by default. */
  requireDpopNonce?: boolean;
  /** File that keeps grants, tokens and signing keys across restarts. Default: none are kept. */
  storeFile?: string;
  /** Serve `/admin/faults` and `/admin/revocations`. Only for tests, because they have no access control. */
  admin?: boolean;
  /** Record every token in clear text in {@link DemoProvider.issued}. Only for tests. */
  recordIssued?: boolean;
}
