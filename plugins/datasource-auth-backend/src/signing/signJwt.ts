import {
  KeyObject,
  X509Certificate,
  createHash,
  createPrivateKey,
  randomUUID,
} from 'node:crypto';
import { SignJWT } from 'jose';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';

/** Algorithms that JWTs are signed with (RFC 7518 section 3.1, RFC 8037). */
export type SignatureAlgorithm = NonNullable<ResolvedAuth['clientKey']>['alg'];

/** A JWT before it is signed. */
export interface UnsignedJwt {
  /** The private key, PEM or JWK. */
  key: string;
  alg: SignatureAlgorithm;
  kid?: string;
  /** The certificate of the key, PEM: its thumbprints name the key. */
  certificate?: string;
  /** `iss`, `sub`, `aud` and whatever else it says; the times and `jti` are set here. */
  claims: Record<string, unknown>;
  /** Default 60. */
  lifetimeSeconds?: number;
  /** Epoch milliseconds of the clock that verifies it; default is ours. */
  now?: number;
}

/**
 * Signs a JWT (RFC 7519) with a fresh `jti`.
 *
 * Errors of the libraries can repeat what they were given, so none of them is passed on.
 *
 * @throws SettingsError when the key or the certificate cannot be used
 */
export async function signJwt(jwt: UnsignedJwt): Promise<string> {
  const { alg, kid, certificate, claims, lifetimeSeconds = 60 } = jwt;
  const key = readKey(jwt.key, alg);
  const thumbprints = certificate ? thumbprintsOf(certificate, key) : {};
  const now = Math.floor((jwt.now ?? Date.now()) / 1000);
  const signing = new SignJWT({
    ...claims,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + lifetimeSeconds,
  }).setProtectedHeader({ alg, kid, ...thumbprints });
  try {
    return await signing.sign(key);
  } catch {
    throw unreadable(alg);
  }
}

function readKey(text: string, alg: SignatureAlgorithm): KeyObject {
  if (/ENCRYPTED/.test(text)) {
    throw new SettingsError(
      'The private key is encrypted. Decrypt it, for example with `openssl pkey`, and enter the result.',
    );
  }
  try {
    const key = text.trim();
    return key.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(key), format: 'jwk' })
      : createPrivateKey(key);
  } catch {
    throw unreadable(alg);
  }
}

function unreadable(alg: SignatureAlgorithm): SettingsError {
  return new SettingsError(
    `The private key cannot be read as a key for ${alg}. Enter an unencrypted PEM or JWK of that kind.`,
  );
}

/** RFC 7515 sections 4.1.7 and 4.1.8. */
function thumbprintsOf(pem: string, key: KeyObject): Record<string, string> {
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(pem);
    belongs = certificate.checkPrivateKey(key);
  } catch {
    throw new SettingsError(
      'The certificate cannot be read. Enter it in PEM format, with its BEGIN and END lines.',
    );
  }
  if (!belongs) {
    throw new SettingsError(
      'The certificate belongs to another private key. Enter the certificate of this one.',
    );
  }
  const digest = (algorithm: string) =>
    createHash(algorithm).update(certificate.raw).digest('base64url');
  return { x5t: digest('sha1'), 'x5t#S256': digest('sha256') };
}
