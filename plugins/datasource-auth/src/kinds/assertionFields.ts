import { JWT_ALGORITHMS } from 'backstage-plugin-datasource-auth-common';
import { Field } from './Field';

/** Fields of an assertion except its key. Their IDs start with the prefix. */
export function assertionFields<Prefix extends string, Path extends string>(
  prefix: Prefix,
  path: Path,
) {
  const field = <Member extends string, F extends Omit<Field, 'path'>>(
    member: Member,
    rest: F,
  ) => ({ path: `${path}.${member}` as const, ...rest });
  const fields = {
    Passphrase: field('passphrase', { kind: 'secret', help: true }),
    Signer: field('signer', { kind: 'text', help: true }),
    KeyEncoding: field('keyEncoding', {
      kind: 'choice',
      options: ['', 'utf8', 'base64', 'hex'],
      help: true,
    }),
    Certificate: field('certificate', { kind: 'long', help: true }),
    CertificateChain: field('x5c', { kind: 'flag' }),
    Claims: field('claims', { kind: 'claims', help: true }),
    Type: field('headers.typ', { kind: 'text', help: true }),
    ContentType: field('headers.cty', { kind: 'text' }),
    Lifetime: field('lifetimeSeconds', { kind: 'number', help: true }),
    Backdate: field('backdateSeconds', { kind: 'number', help: true }),
    Omit: field('omit', { kind: 'words', help: true }),
  } as const;
  return Object.fromEntries(
    Object.entries(fields).map(([id, spec]) => [`${prefix}${id}`, spec]),
  ) as {
    [I in keyof typeof fields as `${Prefix}${I}`]: (typeof fields)[I];
  };
}

/** The algorithm field of an assertion. */
export const algorithmField = {
  kind: 'choice',
  options: JWT_ALGORITHMS,
  fallback: 'RS256',
} as const;
