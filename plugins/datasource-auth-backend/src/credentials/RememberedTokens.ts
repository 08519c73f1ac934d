import { CredentialKey } from '../database/CredentialKey';
import { CredentialRow, StoredTokens } from './CredentialRow';
import { SubjectCache } from './SubjectCache';

/** A remembered generation, ready to be written again. */
export interface Remembered {
  key: CredentialKey;
  credentialId: string;
  generation: number;
  attemptId?: string;
  /** Returns what to write at this time of the database's clock: times are relative to it. */
  tokens: (now: number) => StoredTokens;
  origins: string[];
  /** Sealed, as in the database: nothing is kept decrypted. */
  read: boolean;
}

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
    origins: string[],
  ) {
    this.#set({
      key: row.key,
      credentialId: row.credentialId,
      generation: row.generation + 1,
      attemptId,
      tokens,
      origins,
      read: false,
    });
  }

  /** Remembers a row of the database. A row older than the remembered one of its grant changes nothing. */
  observe(row: CredentialRow) {
    const known = this.#get(row.key);
    if (known?.credentialId === row.credentialId) {
      if (known.generation > row.generation) return;
      if (known.generation === row.generation && known.read) return;
    }
    const { sealed } = row;
    if (!sealed) {
      this.forget(row.key);
      return;
    }
    this.#set({
      key: row.key,
      credentialId: row.credentialId,
      generation: row.generation,
      attemptId: row.attemptId,
      tokens: now => tokensOf({ ...row, sealed }, now),
      origins: row.apiOrigins,
      read: true,
    });
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

function tokensOf(
  row: CredentialRow & { sealed: string },
  now: number,
): StoredTokens {
  const obtainedAt = row.obtainedAt ?? now;
  const fromRequest = (at: number | undefined) =>
    at === undefined ? undefined : at - obtainedAt;
  return {
    sealed: row.sealed,
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
