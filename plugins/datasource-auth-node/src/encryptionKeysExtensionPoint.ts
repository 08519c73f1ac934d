import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A key that seals secrets and tokens in the database.
 *
 * @public
 */
export interface EncryptionKey {
  /** 1 to 64 letters, digits, `-` or `_`. Stands in clear beside everything that the key sealed. */
  id: string;
  /** At least 32 bytes from a random source, as text. Bytes of a key management system go in as base64. */
  secret: string;
}

/**
 * Supplies encryption keys from somewhere else than the configuration: a key management system, a vault, a mounted
 * secret.
 *
 * @remarks
 *
 * One that unwraps a data key (`Decrypt` of a cloud's KMS) answers what it unwrapped; the wrapped key stays with the
 * module. The keys stay in memory as long as the backend runs: changed ones are taken over at its next start.
 *
 * @public
 */
export interface EncryptionKeyProvider {
  /** What messages call it, such as `vault`. */
  name: string;

  /**
   * The keys, asked for once at the start of the plugin. All of them open. Which one seals is said by
   * `datasourceAuth.encryption.sealWith`; without that it is the first one of the configuration, else the first one of
   * the only provider.
   *
   * @throws Error with a message that says what to do, and no secret. The module fails with it, and nothing else does.
   */
  readKeys(): Promise<EncryptionKey[]>;
}

/**
 * Supplies encryption keys beside, or in place of, those under `datasourceAuth.encryption.keys`.
 *
 * @public
 */
export interface EncryptionKeysExtensionPoint {
  /** Adds a provider of keys. It is asked after all modules have started. */
  addKeyProvider(provider: EncryptionKeyProvider): void;
}

/**
 * Where modules add encryption keys.
 *
 * @public
 */
export const encryptionKeysExtensionPoint =
  createExtensionPoint<EncryptionKeysExtensionPoint>({
    id: 'datasource-auth.encryption-keys',
  });
