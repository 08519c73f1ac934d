import {
  KeyObject,
  X509Certificate,
  createHash,
  createPrivateKey,
  createSecretKey,
  randomUUID,
} from 'node:crypto';
import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { SignJWT } from 'jose';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';

/** An assertion of the settings, secrets included and templates filled. */
export type Assertion = NonNullable<ResolvedAuth['assertion']>;

const LIFETIME_SECONDS = 60;
const BACKDATE_SECONDS = 30;

/** Returns how long a JWT lives that is signed now. Milliseconds. */
export function lifetimeOf({ lifetimeSeconds }: Assertion): number {
  return (lifetimeSeconds ?? LIFETIME_SECONDS) * 1000;
}

/**
 * Signs a JWT (RFC 7519) with the times, the `jti`, and the headers from the settings.
 *
 * Errors of the libraries can repeat their input, so none of them is passed on.
 *
 * @param claims - `iss`, `sub` and `aud`; they override the settings' own claims
 * @param now - epoch milliseconds of the verifier's clock; defaults to ours
 * @throws SettingsError if the key or the certificate can't be used
 */
export async function signJwt(
  assertion: Assertion,
  claims: { iss?: string; sub?: string; aud?: string } = {},
  now: number = Date.now(),
): Promise<string> {
  const { alg, kid, certificate, x5c, headers, omit = [] } = assertion;
  const key = readKey(assertion);
  const seconds = Math.floor(now / 1000);
  const issuedAt = seconds - (assertion.backdateSeconds ?? BACKDATE_SECONDS);
  const times: Record<string, unknown> = {
    jti: randomUUID(),
    iat: issuedAt,
    nbf: issuedAt,
    exp: seconds + lifetimeOf(assertion) / 1000,
  };
  for (const name of omit) delete times[name];
  const signing = new SignJWT({
    ...assertion.claims,
    ...claims,
    ...times,
  }).setProtectedHeader({
    alg,
    kid,
    ...headers,
    ...(certificate ? certificateHeaders(certificate, key, x5c) : {}),
  });
  try {
    return await signing.sign(key);
  } catch {
    throw unreadable(alg);
  }
}

function readKey(assertion: Assertion): KeyObject {
  const { key = '', alg } = assertion;
  return alg in HMAC_KEY_BYTES
    ? readSharedKey(key, assertion)
    : readPrivateKey(key.trim(), assertion);
}

function readSharedKey(
  text: string,
  { alg, keyEncoding = 'utf8' }: Assertion,
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
  { alg, passphrase }: Assertion,
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
    throw unreadable(alg);
  }
}

function unreadable(alg: string): SettingsError {
  return new SettingsError('privateKeyUnreadable', { algorithm: alg });
}

/** RFC 7515 sections 4.1.6 to 4.1.8. */
function certificateHeaders(
  pem: string,
  key: KeyObject,
  withChain: boolean = false,
): Record<string, string | string[]> {
  const chain = pem.match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  ) ?? [pem];
  let certificates: X509Certificate[];
  let belongs: boolean;
  try {
    certificates = chain.map(each => new X509Certificate(each));
    belongs = certificates[0].checkPrivateKey(key);
  } catch {
    throw new SettingsError('certificateUnreadable');
  }
  if (!belongs) {
    throw new SettingsError('certificateOfOtherKey');
  }
  const digest = (algorithm: string) =>
    createHash(algorithm).update(certificates[0].raw).digest('base64url');
  return {
    x5t: digest('sha1'),
    'x5t#S256': digest('sha256'),
    ...(withChain && {
      x5c: certificates.map(({ raw }) => raw.toString('base64')),
    }),
  };
}
