import { AuthorizationRequestState } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import {
  databaseNow,
  databaseNowOnce,
  statementStartPlus,
  toNumber,
  UUID,
} from '../database/database';

/** How long the outcome of a request can be read. */
const KEEP_ENDED_MILLISECONDS = 30 * 24 * 60 * 60_000;

/** A stored request. Times are epoch milliseconds of the database's clock. */
export interface AuthorizationRequestRow {
  id: string;
  datasourceId: string;
  /** User entity ref or external subject. */
  askedBy: string;
  /** Entity ref of a user or group. Absent: anyone who may authorize the datasource. */
  recipient?: string;
  message?: string;
  /** The terms that the recipient was asked to approve. */
  terms: string;
  status: Exclude<AuthorizationRequestState, 'expired' | 'void'>;
  decidedBy?: string;
  decidedAt?: number;
  expiresAt: number;
  createdAt: number;
  /** The database's clock when the row was read. */
  readAt: number;
}

const TABLE = 'authorization_requests';

/**
 * Stores requests in the database. A request ends once: each way to end it is one UPDATE that requires it to be pending
 * and not expired, so the second of two simultaneous responses is too late.
 */
export class AuthorizationRequestStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async insert(row: {
    id: string;
    datasourceId: string;
    linkHash: string;
    askedBy: string;
    recipient?: string;
    message?: string;
    terms: string;
    /** Milliseconds from now. */
    validFor: number;
  }): Promise<AuthorizationRequestRow | undefined> {
    await this.#knex(TABLE).insert({
      id: row.id,
      datasource_id: row.datasourceId,
      link_hash: row.linkHash,
      asked_by: row.askedBy,
      recipient: row.recipient ?? null,
      message: row.message ?? null,
      terms: row.terms,
      status: 'pending',
      expires_at: statementStartPlus(this.#knex, row.validFor),
      created_at: statementStartPlus(this.#knex, 0),
    });
    return this.find(row.id);
  }

  async find(
    id: string,
    knex = this.#knex,
  ): Promise<AuthorizationRequestRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const row = await this.#rows(knex).where({ id }).first();
    return row && toRequest(row);
  }

  async findByLink(
    hashes: string[],
  ): Promise<AuthorizationRequestRow | undefined> {
    const row = await this.#rows().whereIn('link_hash', hashes).first();
    return row && toRequest(row);
  }

  /** Returns open requests, newest first. */
  async listOpen(datasourceId: string): Promise<AuthorizationRequestRow[]> {
    const rows = await this.#rows()
      .where({ datasource_id: datasourceId, status: 'pending' })
      .where('expires_at', '>', databaseNow(this.#knex))
      .orderBy('created_at', 'desc')
      .orderBy('id');
    return rows.map(toRequest);
  }

  /**
   * Approves a request, as part of the transaction that stores the credential.
   *
   * @param answer - `terms`: hashes under each key
   * @returns whether the request was open, and still had its original terms
   */
  async approve(
    id: string,
    answer: { by: string; terms: string[] },
    knex: Knex,
  ): Promise<boolean> {
    const { by, terms } = answer;
    return this.#end({ id }, 'approved', by, knex, terms);
  }

  /** @returns whether it was still open */
  async decline(id: string, by: string): Promise<boolean> {
    return this.#end({ id }, 'declined', by, this.#knex);
  }

  /** @returns whether it was still open */
  async withdraw(id: string, by: string): Promise<boolean> {
    return this.#end({ id }, 'withdrawn', by, this.#knex);
  }

  /** Removes requests that ended long ago. */
  async removeEnded(): Promise<number> {
    return this.#knex(TABLE)
      .whereRaw('?? < ? - ?', [
        'expires_at',
        databaseNowOnce(this.#knex),
        KEEP_ENDED_MILLISECONDS,
      ])
      .delete();
  }

  async #end(
    where: Record<string, string>,
    status: AuthorizationRequestRow['status'],
    by: string,
    knex: Knex,
    terms?: string[],
  ): Promise<boolean> {
    const pending = knex(TABLE)
      .where({ ...where, status: 'pending' })
      .where('expires_at', '>', databaseNow(knex));
    if (terms) pending.whereIn('terms', terms);
    const ended = await pending.update({
      status,
      decided_by: by,
      decided_at: databaseNow(knex),
    });
    return ended === 1;
  }

  #rows(knex = this.#knex) {
    return knex(TABLE).select('*', { read_at: databaseNow(knex) });
  }
}

function toRequest(row: any): AuthorizationRequestRow {
  return {
    id: row.id,
    datasourceId: row.datasource_id,
    askedBy: row.asked_by,
    recipient: row.recipient ?? undefined,
    message: row.message ?? undefined,
    terms: row.terms,
    status: row.status,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: toNumber(row.decided_at),
    expiresAt: toNumber(row.expires_at)!,
    createdAt: toNumber(row.created_at)!,
    readAt: toNumber(row.read_at)!,
  };
}
