import {
  AuthSettings,
  SenderConstraint,
} from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';

/**
 * Replaces the `{ secret: true }` markers of a settings type with plain strings.
 */
export type Resolved<T> = T extends string | number | boolean | undefined
  ? T
  : T extends null
  ? undefined
  : T extends { secret: true }
  ? string
  : T extends (infer U)[]
  ? Resolved<U>[]
  : T extends object
  ? { [K in keyof T]: Resolved<T[K]> }
  : T;

/** The OAuth settings with their secrets. Kept in memory for one call only. */
export type ResolvedAuth = Resolved<AuthSettings<'oauth2'>>;

/** A key pair for DPoP proofs as a JWK (RFC 7517), private part included. It never leaves the backend. */
export interface DpopKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
}

/**
 * Everything that a call to a provider needs: settings with their secrets, the exact redirect URI, and values kept
 * from earlier steps (`realmId`, `instance_url`).
 */
export interface ProviderContext {
  /** Name of the datasource, for messages only. */
  name: string;
  auth: ResolvedAuth;
  instance: Record<string, string>;
  /** For mutual TLS, as the settings have it. */
  clientCertificate?: Partial<ClientCertificate>;
  /** What tokens are bound to, as the settings have it. */
  senderConstraint?: SenderConstraint;
  /** The key that tokens are bound to with DPoP. Without one, a request for a token creates one. */
  dpopKey?: DpopKey;
  /** Returns all values marked as secret. A provider can echo them. */
  secrets?: readonly string[];
  kept: Record<string, string>;
  redirectUri: string;
}
