import { Knex } from 'knex';
import { databaseNow } from '../database/database';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialRow, Generation, keyColumns } from './CredentialRow';

/** A query that takes longer is repeated, because a dead connection may go unnoticed. */
const STATEMENT_MILLISECONDS = 5_000;

/** What the statements on the credentials table share: the conditions under which a row may change. */
export class CredentialTable {
  readonly knex: Knex;
  /** Timeout of a statement. Milliseconds. */
  readonly patience: number;

  constructor(options: { knex: Knex; leaseMilliseconds: number }) {
    this.knex = options.knex;
    this.patience = Math.min(
      STATEMENT_MILLISECONDS,
      options.leaseMilliseconds / 2,
    );
  }

  /** Selects the row, if it still has this generation of this grant. */
  generation(
    row: Pick<CredentialRow, 'key' | keyof Generation>,
  ): Knex.QueryBuilder {
    return this.knex('credentials').where({
      ...keyColumns(row.key),
      credential_id: row.credentialId,
      generation: row.generation,
    });
  }

  async update(
    row: Pick<CredentialRow, 'key' | keyof Generation>,
    columns: Record<string, unknown>,
    condition: (where: Knex.QueryBuilder) => Knex.QueryBuilder = w => w,
  ): Promise<boolean> {
    const updated = await condition(this.generation(row))
      .update({ ...columns, changed_at: databaseNow(this.knex) })
      .timeout(this.patience);
    return updated === 1;
  }

  async upsert(
    key: CredentialKey,
    columns: Record<string, unknown>,
    knex: Knex,
  ): Promise<void> {
    const all = { ...columns, changed_at: databaseNow(knex) };
    await knex('credentials')
      .insert({ ...keyColumns(key), lease_epoch: 0, ...all })
      .onConflict(['datasource_id', 'subject'])
      .merge(all);
  }

  /** By the database's clock, not those of replicas. */
  leaseIsFree(owner?: string) {
    return (free: Knex.QueryBuilder) => {
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<', databaseNow(this.knex));
      if (owner) free.orWhere({ lease_owner: owner });
    };
  }

  /**
   * Ends a lease without changing the generation. The new epoch makes callers that read the row under the lease read it
   * again: the credential may have been refused, or must wait.
   */
  leaseEnded() {
    return {
      lease_owner: null,
      lease_until: null,
      lease_epoch: this.knex.raw('lease_epoch + 1'),
    };
  }
}
