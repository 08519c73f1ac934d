import { X509Certificate, createHash, randomUUID } from 'node:crypto';
import { compactVerify, JWTPayload, SignJWT } from 'jose';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { readKey, unreadableKey } from './readKey';
import { Signers } from './Signers';

/** An assertion of the settings, secrets included and templates filled. */
export type Assertion = NonNullable<ResolvedAuth['assertion']>;

/** Where a JWT goes, and what can sign it without a key of the settings. */
export interface JwtDestination {
  /** Name of the datasource. */
  datasource: string;
  /** Every origin that receives it, templates filled in. */
  origins: readonly string[];
  signers: Signers;
}

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
 * @param destination - where the JWT goes, which a signer requires
 * @throws SettingsError if the key, the signer or the certificate can't be used
 */
export async function signJwt(
  assertion: Assertion,
  claims: { iss?: string; sub?: string; aud?: string } = {},
  now: number = Date.now(),
  destination?: JwtDestination,
): Promise<string> {
  const { omit = [] } = assertion;
  const seconds = Math.floor(now / 1000);
  const issuedAt = seconds - (assertion.backdateSeconds ?? BACKDATE_SECONDS);
  const times: Record<string, unknown> = {
    jti: randomUUID(),
    iat: issuedAt,
    nbf: issuedAt,
    exp: seconds + lifetimeOf(assertion) / 1000,
  };
  for (const name of omit) delete times[name];
  const payload: JWTPayload = { ...assertion.claims, ...claims, ...times };
  return assertion.signer
    ? signWithSigner(assertion, payload, destination)
    : signWithKey(assertion, payload);
}

async function signWithKey(
  assertion: Assertion,
  payload: JWTPayload,
): Promise<string> {
  const { alg, certificate, x5c } = assertion;
  const key = readKey(assertion);
  const signing = new SignJWT(payload).setProtectedHeader({
    ...plainHeaders(assertion),
    ...(certificate &&
      certificateHeaders(
        certificate,
        first => first.checkPrivateKey(key),
        x5c,
      )),
  });
  try {
    return await signing.sign(key);
  } catch {
    throw unreadableKey(alg);
  }
}

async function signWithSigner(
  assertion: Assertion,
  payload: JWTPayload,
  destination: JwtDestination | undefined,
): Promise<string> {
  const { alg, certificate, key, kid, signer = '', x5c } = assertion;
  if (key) throw new SettingsError('keyAndSigner');
  if (!destination) throw new SettingsError('signerUnknown', { signer });
  const header = {
    ...plainHeaders(assertion),
    ...(certificate && certificateHeaders(certificate, () => true, x5c)),
  };
  const data = [header, payload]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = await destination.signers.sign(
    signer,
    { ...destination, audience: payload.aud as string | undefined },
    { algorithm: alg, keyId: kid, data: Buffer.from(data) },
  );
  const jwt = `${data}.${Buffer.from(signature).toString('base64url')}`;
  if (certificate) {
    // Only the signature shows which key the signer has.
    await compactVerify(jwt, new X509Certificate(certificate).publicKey).catch(
      () => {
        throw new SettingsError('certificateOfOtherKey');
      },
    );
  }
  return jwt;
}

function plainHeaders({ alg, kid, headers }: Assertion) {
  return { alg, ...(kid !== undefined && { kid }), ...headers };
}

/** RFC 7515 sections 4.1.6 to 4.1.8. */
function certificateHeaders(
  pem: string,
  isOfKey: (certificate: X509Certificate) => boolean,
  withChain: boolean = false,
): Record<string, string | string[]> {
  const chain = pem.match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  ) ?? [pem];
  let certificates: X509Certificate[];
  let belongs: boolean;
  try {
    certificates = chain.map(each => new X509Certificate(each));
    belongs = isOfKey(certificates[0]);
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
