/** A JWS in compact serialization: header, payload and a signature (RFC 7515 section 7.1). */
const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;

/**
 * Returns when a signed JWT expires, in epoch milliseconds; undefined for anything else. The signature isn't checked: the
 * receiver does that.
 */
export function signedJwtExpiry(text: string): number | undefined {
  const [, header, payload] = COMPACT_JWS.exec(text) ?? [];
  const { alg } = partOf(header);
  const { exp } = partOf(payload);
  const isSigned = typeof alg === 'string' && alg.toLowerCase() !== 'none';
  return isSigned && typeof exp === 'number' && Number.isFinite(exp)
    ? exp * 1000
    : undefined;
}

function partOf(part: string = ''): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
