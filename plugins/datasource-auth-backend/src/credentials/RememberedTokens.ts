import { CredentialRow, StoredTokens } from './CredentialStore';

interface Remembered {
  credentialId: string;
  generation: number;
  attemptId: string;
  /** Made anew at each use: its age counts. */
  tokens: () => StoredTokens;
  origins: string[];
}

/**
 * The newest generation of each credential that this process obtained. A database that fails over to a stale standby
 * forgets a commit it acknowledged; the provider does not.
 */
export class RememberedTokens {
  readonly #byDatasource = new Map<string, Remembered>();

  remember(
    row: CredentialRow,
    attemptId: string,
    tokens: () => StoredTokens,
    origins: string[],
  ) {
    this.#byDatasource.set(row.datasourceId, {
      credentialId: row.credentialId,
      generation: row.generation + 1,
      attemptId,
      tokens,
      origins,
    });
  }

  forget(datasourceId: string) {
    this.#byDatasource.delete(datasourceId);
  }

  /** What is remembered of the same grant, if it is newer than the row. */
  newerThan(row: CredentialRow): Remembered | undefined {
    const remembered = this.#byDatasource.get(row.datasourceId);
    return remembered &&
      remembered.credentialId === row.credentialId &&
      remembered.generation > row.generation
      ? remembered
      : undefined;
  }
}
