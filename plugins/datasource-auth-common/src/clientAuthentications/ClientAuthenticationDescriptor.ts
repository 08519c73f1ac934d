/**
 * What the settings, the page and the backend have to know of a client authentication. How it looks on the wire is in
 * the backend's `oauth/clientAuthentications`. Paths are dotted and start at the datasource's settings.
 *
 * @public
 */
export interface ClientAuthenticationDescriptor {
  /** What the client proves its identity with. A private key may have a certificate. */
  readonly credential: 'clientSecret' | 'privateKey' | 'none';
  /** Whether a secret can be sent without a client ID. */
  readonly sendsSecretAlone: boolean;
  /** Paths and English labels of the settings that it needs, besides the client ID. */
  readonly required: Readonly<Record<string, string>>;
  /** Paths of secrets. */
  readonly secrets: readonly string[];
  /** Paths of maps whose values can be marked as secret. */
  readonly valueMaps: readonly string[];
  /** Paths of settings of its own that decide as whom a token is requested. */
  readonly binding: readonly string[];
  /** Parameters that it sets itself. */
  readonly reserved: readonly string[];
}
