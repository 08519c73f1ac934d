import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A key that encrypts secrets and tokens in the database.
 *
 * @public
 */
export interface EncryptionKey {
  /** 1 to 64 letters, digits, `-` or `_`. Stored in plain text with every value that the key encrypted. */
  id: string;
  /** At least 32 random bytes, as text. Encode bytes of a key management system as base64. */
  secret: string;
}

/**
 * Supplies encryption keys from a source other than the configuration: a key management system, a vault, a mounted
 * secret.
 *
 * @remarks
 *
 * A provider that unwraps a data key (`Decrypt` of a cloud's KMS) returns the unwrapped key; the wrapped one stays with
 * the module. Keys stay in memory while the backend runs. Changed keys take effect at its next start.
 *
 * @public
 */
export interface EncryptionKeyProvider {
  /** Name in messages, such as `vault`. */
  name: string;

  /**
   * Returns the keys, once at the start of the plugin. All of them decrypt. `datasourceAuth.encryption.sealWith` names
   * the key that encrypts; by default it is the first one of the configuration, else the first one of the only
   * provider.
   *
   * @throws Error with a message that says what to do, and no secret. Only this module fails with it.
   */
  readKeys(): Promise<EncryptionKey[]>;
}

/**
 * Supplies encryption keys in addition to, or instead of, those under `datasourceAuth.encryption.keys`.
 *
 * @public
 */
export interface EncryptionKeysExtensionPoint {
  /** Adds a provider of keys. It is called after all modules have started. */
  addKeyProvider(provider: EncryptionKeyProvider): void;
}

/**
 * Extension point to which modules add encryption keys.
 *
 * @public
 */
export const encryptionKeysExtensionPoint =
  createExtensionPoint<EncryptionKeysExtensionPoint>({
    id: 'datasource-auth.encryption-keys',
  });
