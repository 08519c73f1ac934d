import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/**
 * The certificate authorities that this process trusts, in PEM, with `ca` added: a `ca` of our own replaces Node's list,
 * `NODE_EXTRA_CA_CERTS` included.
 *
 * @param environment - where `NODE_EXTRA_CA_CERTS` is read
 */
export function trustedAuthorities(
  ca: string,
  environment: Record<string, string | undefined>,
): string[] {
  // Node 22.15 and later.
  if (tls.getCACertificates) return [...tls.getCACertificates('default'), ca];
  return [...tls.rootCertificates, ...extraAuthorities(environment), ca];
}

/** Node has already warned about a file that it can't read, and goes on without it. */
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
