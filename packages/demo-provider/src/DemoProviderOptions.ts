import type { DemoAccount } from './demoAccounts';
import type { DemoClient } from './demoClients';

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
  /** Issuers whose assertions are accepted (RFC 7523 section 2.1): public keys, PEM, by issuer. Default: none. */
  trustedIssuers?: Record<string, string>;
  /** Reject an authorization request without PKCE (RFC 7636). On by default. */
  requirePkce?: boolean;
  /** File that keeps grants, tokens and signing keys across restarts. Default: none are kept. */
  storeFile?: string;
  /** Serve `/admin/faults` and `/admin/revocations`. Only for tests, because they have no access control. */
  admin?: boolean;
  /** Record every token in clear text in {@link DemoProvider.issued}. Only for tests. */
  recordIssued?: boolean;
}
