import {
  createHmac,
  createPublicKey,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** Keys of trusted issuers: a public key in PEM format (RS256) or a shared secret (HS256). */
export type IssuerKeys = Record<string, string>;

/** The claims of a JWT that are checked or shown here (RFC 7519 section 4.1). */
export interface JwtClaims {
  iss: string;
  sub?: string;
  jti?: string;
  /** Epoch seconds. */
  exp: number;
}

/** The secret that the demo's own JWTs are signed with. Public, for the demo only. */
export function demoIssuers(): IssuerKeys {
  const secret = process.env.DEMO_JWT_SECRET;
  return {
    'demo-backstage': secret ?? 'demo-only-jwt-secret-of-more-than-32-bytes',
  };
}

/**
 * Returns the claims of a JWT, or undefined unless it has a trusted issuer, the signature of that issuer's kind of key,
 * one of these audiences, and is valid now.
 */
export function readJwt(
  token: string,
  options: { issuers: IssuerKeys; audiences: string[] },
): JwtClaims | undefined {
  const { issuers, audiences } = options;
  const [header = '', payload = '', signature = ''] = token.split('.');
  try {
    const { alg } = decoded(header);
    const claims = decoded(payload);
    if (!Object.hasOwn(issuers, claims.iss)) return undefined;
    const signed = {
      content: `${header}.${payload}`,
      signature: Buffer.from(signature, 'base64url'),
    };
    if (!isSigned(signed, alg, issuers[claims.iss])) return undefined;
    const now = Date.now() / 1000;
    const isValid =
      audiences.includes(claims.aud) &&
      claims.exp > now &&
      !(claims.nbf > now + 1);
    return isValid ? claims : undefined;
  } catch {
    // What can't be read is refused like what someone else signed.
    return undefined;
  }
}

/** The key decides about the algorithm, never the token. */
function isSigned(
  { content, signature }: { content: string; signature: Buffer },
  alg: unknown,
  key: string,
): boolean {
  if (key.startsWith('-----BEGIN')) {
    return (
      alg === 'RS256' &&
      verify('sha256', Buffer.from(content), createPublicKey(key), signature)
    );
  }
  const expected = createHmac('sha256', key).update(content).digest();
  return (
    alg === 'HS256' &&
    signature.length === expected.length &&
    timingSafeEqual(signature, expected)
  );
}

function decoded(part: string) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
