import { DatasourceSettings } from 'backstage-plugin-datasource-auth-common';

/**
 * A type of settings in which every secret is there in the clear: what `{ secret: true }` marks is a plain string.
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

/** The OAuth part of the settings, secrets included. Lives in memory for the duration of one call. */
export type ResolvedAuth = Resolved<DatasourceSettings['auth']>;

/**
 * Everything a call to a provider is made of: settings with their secrets, the redirect URI as it is sent byte for
 * byte, and what earlier steps kept (`realmId`, `instance_url`).
 */
export interface ProviderContext {
  /** Name of the datasource, for messages only. */
  name: string;
  auth: ResolvedAuth;
  instance: Record<string, string>;
  /** Every value that is marked as a secret, wherever it stands: a provider can echo what it was sent. */
  secrets?: readonly string[];
  kept: Record<string, string>;
  redirectUri: string;
}
