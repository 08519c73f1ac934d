import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The subject of a credential that all plugins share. */
export const SERVICE = 'service';

/** Characters of a ref. Longer refs don't fit the column, and spaces separate the parts of a key. */
const REF = /^[^\s\p{Cc}]{1,300}$/u;

/**
 * Returns a user's entity ref in its one canonical form, or undefined if it isn't the ref of a user. Refs that differ
 * only in case name the same person.
 */
export function canonicalUser(ref: string): string | undefined {
  if (!REF.test(ref)) return undefined;
  try {
    const parsed = parseEntityRef(ref);
    if (parsed.kind.toLowerCase() !== 'user') return undefined;
    const canonical = stringifyEntityRef(parsed);
    // The same text, so that a key in memory holds no second one.
    return canonical === ref ? ref : canonical;
  } catch {
    return undefined;
  }
}

/**
 * The key of a credential: its datasource, and its subject. Rows, leases, running refreshes and everything in memory
 * are found by it, so that a token for one subject is never handed out for another.
 */
export class CredentialKey {
  readonly datasourceId: string;
  /** {@link SERVICE}, or the entity ref of a user in its canonical form. */
  readonly subject: string;
  /** The key as text, for maps. Neither part contains a space. */
  readonly text: string;

  constructor(options: { datasourceId: string; subject: string }) {
    this.datasourceId = options.datasourceId;
    this.subject = canonicalSubject(options.subject);
    this.text = `${this.datasourceId} ${this.subject}`;
  }

  /** Whether it is a person's own credential. */
  get isPersonal(): boolean {
    return this.subject !== SERVICE;
  }

  /** Returns the key of the credential that all plugins share. */
  static service(datasourceId: string): CredentialKey {
    return new CredentialKey({ datasourceId, subject: SERVICE });
  }
}

/** Returns whether a text is a subject in its canonical form. */
export function isSubject(text: string): boolean {
  return text === SERVICE || canonicalUser(text) === text;
}

function canonicalSubject(subject: string): string {
  if (subject === SERVICE) return SERVICE;
  const user = canonicalUser(subject);
  // Never quotes it: a row of the database can contain any text.
  if (!user) throw new Error('The subject of a credential must be a user');
  return user;
}
