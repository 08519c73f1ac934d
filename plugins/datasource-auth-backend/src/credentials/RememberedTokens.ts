import { LRUCache } from 'lru-cache';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialRow, StoredTokens } from './CredentialRow';

/** A generation as it was seen, ready to be written again. */
export interface Remembered {
  key: CredentialKey;
  credentialId: string;
  generation: number;
  attemptId?: string;
  /** What to write, at this time of the database's clock: times are relative to it. */
  tokens: (now: number) => StoredTokens;
  origins: string[];
  /** Sealed, as the database had it: nothing of it is kept in the clear. */
  read: boolean;
}

/** Credentials that are remembered; the longest unseen goes first. */
const CAPACITY = 5_000;

/**
 * The newest generation of each credential that this process obtained or read. A database that fails over to a stale
 * standby forgets a commit it acknowledged; the provider does not. What was read is remembered as well as what was
 * obtained: who knows an older generation only would write back, and present, a refresh token that is used up.
 */
export class RememberedTokens {
  readonly #byKey = new LRUCache<string, Remembered>({ max: CAPACITY });

  /** An answer that this process obtained and is about to store. */
  remember(
    row: CredentialRow,
    attemptId: string,
    tokens: () => StoredTokens,
    origins: string[],
  ) {
    this.#byKey.set(row.key.text, {
      key: row.key,
      credentialId: row.credentialId,
      generation: row.generation + 1,
      attemptId,
      tokens,
      origins,
      read: false,
    });
  }

  /** A row as the database has it now. One that is older than what is remembered of its grant changes nothing. */
  observe(row: CredentialRow) {
    const known = this.#byKey.get(row.key.text);
    if (known?.credentialId === row.credentialId) {
      if (known.generation > row.generation) return;
      if (known.generation === row.generation && known.read) return;
    }
    const { sealed } = row;
    if (!sealed) {
      this.forget(row.key);
      return;
    }
    this.#byKey.set(row.key.text, {
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
    return this.#byKey.has(key.text);
  }

  /** What is remembered of a datasource. */
  keysOf(datasourceId: string): CredentialKey[] {
    return [...this.#byKey.values()]
      .map(({ key }) => key)
      .filter(key => key.datasourceId === datasourceId);
  }

  forget(key: CredentialKey) {
    this.#byKey.delete(key.text);
  }

  /** What is remembered of the same grant, if it is newer than the row. */
  newerThan(row: CredentialRow): Remembered | undefined {
    const remembered = this.#byKey.get(row.key.text);
    return remembered &&
      remembered.credentialId === row.credentialId &&
      remembered.generation > row.generation
      ? remembered
      : undefined;
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
    scope: row.scope,
    account: row.account,
    hasRefreshToken: row.hasRefreshToken,
    age: now - obtainedAt,
    lifetime: fromRequest(row.expiresAt),
    refreshLifetime: fromRequest(row.refreshExpiresAt),
    refreshDueAfter: fromRequest(row.refreshDueAt),
  };
}
