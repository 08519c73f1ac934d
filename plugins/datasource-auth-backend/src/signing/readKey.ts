import {
  KeyObject,
  createHash,
  createPrivateKey,
  createSecretKey,
} from 'node:crypto';
import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';

/** What the settings of an assertion say about its key. */
type KeySettings = Pick<
  NonNullable<ResolvedAuth['assertion']>,
  'key' | 'alg' | 'passphrase' | 'keyEncoding'
>;

/**
 * Keys by a digest of everything that they are read from. The first signature with a parsed key takes twice as long as
 * the next ones. A key that signed nothing for two hours, twice the usual lifetime of a token, is forgotten.
 */
const parsed = new LRUCache<string, KeyObject>({
  ...{ max: 500, ttl: 2 * 60 * 60_000 },
  ...{ ttlAutopurge: true, updateAgeOnGet: true },
});

/**
 * Returns the key of an assertion for signing. The same text is parsed once.
 *
 * @throws SettingsError if it can't be used
 */
export function readKey(assertion: KeySettings): KeyObject {
  const { key = '', alg, passphrase, keyEncoding } = assertion;
  const id = createHash('sha256')
    .update(JSON.stringify([key, alg, passphrase, keyEncoding]))
    .digest('base64');
  const known = parsed.get(id);
  if (known) return known;
  const read =
    alg in HMAC_KEY_BYTES
      ? readSharedKey(key, assertion)
      : readPrivateKey(key.trim(), assertion);
  parsed.set(id, read);
  return read;
}

/** Creates the error for a key that can't sign. The library's own error could repeat the key. */
export function unreadableKey(alg: string): SettingsError {
  return new SettingsError('privateKeyUnreadable', { algorithm: alg });
}

function readSharedKey(
  text: string,
  { alg, keyEncoding = 'utf8' }: KeySettings,
): KeyObject {
  if (/-----BEGIN|^\s*\{/.test(text)) {
    throw new SettingsError('sharedSecretIsKey', { algorithm: alg });
  }
  const bytes = Buffer.from(text, keyEncoding);
  const least = HMAC_KEY_BYTES[alg as keyof typeof HMAC_KEY_BYTES];
  if (bytes.length < least) {
    throw new SettingsError('sharedSecretShort', {
      algorithm: alg,
      bytes: String(least),
    });
  }
  return createSecretKey(bytes);
}

function readPrivateKey(
  key: string,
  { alg, passphrase }: KeySettings,
): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(key);
  if (isEncrypted && !passphrase) {
    throw new SettingsError('privateKeyEncrypted');
  }
  if (/"(private_key|boxAppSettings)"\s*:/.test(key)) {
    throw new SettingsError('privateKeyFile');
  }
  try {
    return key.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(key), format: 'jwk' })
      : createPrivateKey({ key, passphrase: passphrase || undefined });
  } catch {
    if (isEncrypted) {
      throw new SettingsError('passphraseWrong');
    }
    throw unreadableKey(alg);
  }
}
