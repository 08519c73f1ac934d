/**
 * What the settings, the page and the backend need to know about a client authentication method. The backend's
 * `oauth/clientAuthentications` builds the request. Paths are dotted and start at the datasource's settings.
 *
 * @public
 */
export interface ClientAuthenticationDescriptor {
  /** How the client proves its identity. A private key may have a certificate. A file has a proof of someone else. */
  readonly credential:
    | 'clientSecret'
    | 'privateKey'
    | 'certificate'
    | 'file'
    | 'none';
  /** Whether a secret can be sent without a client ID. */
  readonly sendsSecretAlone: boolean;
  /** Whether it sets the `Authorization` header. */
  readonly setsHeader: boolean;
  /** Paths and English labels of the required settings besides the client ID. */
  readonly required: Readonly<Record<string, string>>;
  /** Paths of secrets. */
  readonly secrets: readonly string[];
  /** Paths of maps whose values can be marked as secret. */
  readonly valueMaps: readonly string[];
  /** Paths of its own settings that decide as whom a token is requested. */
  readonly binding: readonly string[];
  /** Parameters that it sets. */
  readonly reserved: readonly string[];
}
