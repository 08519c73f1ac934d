import type { DemoAccount } from './demoAccounts';
import type { DemoClient } from './demoClients';

/** What may be chosen about a demo provider. Everything has a default. */
export interface DemoProviderOptions {
  /** TCP port; 0 (the default) takes a free one. */
  port?: number;
  /** Interface to listen on. `localhost`, the default, means 127.0.0.1 and, where there is one, ::1. */
  host?: string;
  /** Issuer identifier, and so the `iss` of every answer. Default: `http://localhost:<port>`. */
  issuer?: string;
  /** Life of an access token, in seconds. */
  accessTokenSeconds?: number;
  /** Who may ask for tokens. Default: {@link demoClients}. */
  clients?: DemoClient[];
  /** Who may sign in. Default: {@link demoAccounts}. */
  accounts?: DemoAccount[];
  /** Whose assertions are accepted (RFC 7523 section 2.1): public keys, PEM, by issuer. Default: nobody's. */
  trustedIssuers?: Record<string, string>;
  /** Refuse an authorization request without PKCE (RFC 7636). On by default. */
  requirePkce?: boolean;
  /** A file that keeps grants, tokens and signing keys over a restart. Without it nothing outlives the process. */
  storeFile?: string;
  /** Serve `/admin/faults` and `/admin/revocations`. Only for tests: it has no access control. */
  admin?: boolean;
  /** Remember every token in clear text in {@link DemoProvider.issued}. Only for tests. */
  recordIssued?: boolean;
}
