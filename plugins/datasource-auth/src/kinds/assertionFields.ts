import { JWT_ALGORITHMS } from 'backstage-plugin-datasource-auth-common';
import { prefixedFields } from './prefixedFields';

/** Fields that belong to the key of an assertion, or replace it. Their IDs start with the prefix. */
export function keyFields<Prefix extends string, Path extends string>(
  prefix: Prefix,
  path: Path,
) {
  return prefixedFields(prefix, path, {
    Passphrase: { member: 'passphrase', kind: 'secret', help: true },
    Signer: { member: 'signer', kind: 'text', help: true },
  });
}

/** Fields of an assertion except its key. Their IDs start with the prefix. */
export function assertionFields<Prefix extends string, Path extends string>(
  prefix: Prefix,
  path: Path,
) {
  return prefixedFields(prefix, path, {
    KeyEncoding: {
      member: 'keyEncoding',
      kind: 'choice',
      options: ['', 'utf8', 'base64', 'hex'],
      help: true,
    },
    Certificate: { member: 'certificate', kind: 'long', help: true },
    CertificateChain: { member: 'x5c', kind: 'flag' },
    Claims: { member: 'claims', kind: 'claims', help: true },
    Type: { member: 'headers.typ', kind: 'text', help: true },
    ContentType: { member: 'headers.cty', kind: 'text' },
    Lifetime: { member: 'lifetimeSeconds', kind: 'number', help: true },
    Backdate: { member: 'backdateSeconds', kind: 'number', help: true },
    Omit: { member: 'omit', kind: 'words', help: true },
  });
}

/** The algorithm field of an assertion. */
export const algorithmField = {
  kind: 'choice',
  options: JWT_ALGORITHMS,
  fallback: 'RS256',
} as const;
