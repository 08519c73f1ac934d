import { CredentialKey } from '../database/CredentialKey';
import { CredentialRow, StoredTokens } from './CredentialRow';
import { SubjectCache } from './SubjectCache';

/** A generation that this process is storing. */
interface Issued
  extends Pick<
    CredentialRow,
    'key' | 'credentialId' | 'generation' | 'attemptId' | 'apiOrigins'
  > {
  /** Returns what to write. */
  tokens: () => StoredTokens;
}

/** A remembered generation. A row as it was read is the same object as in the copy that serves its token. */
type Remembered = Issued | CredentialRow;

/**
 * Remembers the newest generation of each credential that this process obtained or read. A database that fails over to
 * a stale standby loses a commit that it acknowledged; the provider doesn't. Generations that were only read count too:
 * a process that knew just an older one would write back, and present, a used refresh token.
 */
export class RememberedTokens {
  readonly #byKey = new SubjectCache<Remembered>();

  /** Remembers a response that this process is about to store. */
  remember(
    row: CredentialRow,
    attemptId: string,
    tokens: () => StoredTokens,
    apiOrigins: string[],
  ) {
    const { key, credentialId, generation } = row;
    this.#set({
      key,
      credentialId,
      generation: generation + 1,
      attemptId,
      apiOrigins,
      tokens,
    });
  }

  /** Remembers a row of the database. A row older than the remembered one of its grant changes nothing. */
  observe(row: CredentialRow) {
    const known = this.#get(row.key);
    if (known === row) return;
    const isOlder =
      known?.credentialId === row.credentialId &&
      known.generation > row.generation;
    if (isOlder) return;
    if (row.sealed) this.#set(row);
    else this.forget(row.key);
  }

  has(key: CredentialKey): boolean {
    return this.#get(key) !== undefined;
  }

  /** Returns the remembered keys of a datasource. */
  keysOf(datasourceId: string): CredentialKey[] {
    return this.#byKey
      .values()
      .map(({ key }) => key)
      .filter(key => key.datasourceId === datasourceId);
  }

  forget(key: CredentialKey) {
    this.#byKey.of(key.subject).delete(key.text);
  }

  /** Returns the remembered generation of the same grant, if it is newer than the row. */
  newerThan(row: CredentialRow): Remembered | undefined {
    const remembered = this.#get(row.key);
    return remembered &&
      remembered.credentialId === row.credentialId &&
      remembered.generation > row.generation
      ? remembered
      : undefined;
  }

  #get({ subject, text }: CredentialKey): Remembered | undefined {
    return this.#byKey.of(subject).get(text);
  }

  #set(remembered: Remembered) {
    const { subject, text } = remembered.key;
    this.#byKey.of(subject).set(text, remembered);
  }
}

/**
 * Returns what to write of a remembered generation at this time of the database's clock: times are relative to it.
 */
export function tokensOf(remembered: Remembered, now: number): StoredTokens {
  if ('tokens' in remembered) return remembered.tokens();
  const row = remembered;
  const obtainedAt = row.obtainedAt ?? now;
  const fromRequest = (at: number | undefined) =>
    at === undefined ? undefined : at - obtainedAt;
  return {
    // Only rows with a token are remembered.
    sealed: row.sealed!,
    stage: row.stage,
    scope: row.scope,
    account: row.account,
    hasRefreshToken: row.hasRefreshToken,
    age: now - obtainedAt,
    lifetime: fromRequest(row.expiresAt),
    refreshLifetime: fromRequest(row.refreshExpiresAt),
    refreshDueAfter: fromRequest(row.refreshDueAt),
  };
}
