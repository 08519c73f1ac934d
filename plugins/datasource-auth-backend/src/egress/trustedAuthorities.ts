import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/**
 * Returns the certificate authorities that this process trusts, in PEM, plus `ca`. A `ca` option alone would replace
 * Node's list, including `NODE_EXTRA_CA_CERTS`.
 *
 * @param environment - source of `NODE_EXTRA_CA_CERTS`
 */
export function trustedAuthorities(
  ca: string,
  environment: Record<string, string | undefined>,
): string[] {
  // Node 22.15 and later.
  if (tls.getCACertificates) return [...tls.getCACertificates('default'), ca];
  return [...tls.rootCertificates, ...extraAuthorities(environment), ca];
}

/** Node already warned about an unreadable file and continues without it. */
function extraAuthorities({
  NODE_EXTRA_CA_CERTS: file,
}: Record<string, string | undefined>): string[] {
  if (!file) return [];
  try {
    const pem = readFileSync(file, 'utf8');
    tls.createSecureContext({ ca: pem });
    return [pem];
  } catch {
    return [];
  }
}
