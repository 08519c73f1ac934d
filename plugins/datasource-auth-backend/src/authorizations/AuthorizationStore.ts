import {
  Diagnosis,
  diagnosisTexts,
  renderDiagnosis,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { CredentialKey } from '../database/CredentialKey';
import {
  databaseNow,
  databaseNowOnce,
  databaseNowPlus,
  statementStartPlus,
  UUID,
} from '../database/database';
import { BareSettings } from '../settings/secrets';
import {
  AuthorizationRow,
  authorizationColumns,
  NewAuthorization,
  toAuthorization,
} from './AuthorizationRow';

/** How long a ticket is valid. */
const TICKET_MILLISECONDS = 60_000;
/** How long the user may stay at the provider. */
const STATE_MILLISECONDS = 10 * 60_000;
/** How long an exchange may run before it counts as failed. */
const EXCHANGE_MILLISECONDS = 60_000;
/** How long a returned result waits for the page to complete it. */
const RETURNED_MILLISECONDS = 2 * 60_000;
/** How long a callback can be repeated after its attempt ended. */
const REPEAT_MILLISECONDS = 30_000;
/** How long the start form can be repeated. It contains only its ticket. */
const START_AGAIN_MILLISECONDS = 10_000;
/** How long an attempt lives after its user last read it. */
const AUTHORIZATION_MILLISECONDS = 60 * 60_000;
/** How long an attempt lives at most, however often it is read. */
const LONGEST_MILLISECONDS = 2 * 60 * 60_000;

/** Columns that an attacker could want: emptied as soon as an attempt ends. */
const VALUABLE = {
  ticket_hash: null,
  ticket_expires_at: null,
  state_hash: null,
  completion_hash: null,
  sealed_secrets: null,
  sealed_verifier: null,
  sealed_callback: null,
  sealed_result: null,
};
/** A browser that repeats its callback gets the result of the first one by these. */
const REPEATABLE = { browser_hash: null, handle_hash: null };
const EMPTIED = { ...VALUABLE, ...REPEATABLE };

const TIMED_OUT: Diagnosis = {
  code: 'timed_out',
  ...renderDiagnosis(diagnosisTexts('approvalTimedOut')),
  retryable: true,
  details: {},
};

const TABLE = 'authorizations';

/**
 * Stores attempts in the database. Each step is one UPDATE whose WHERE names the state before it, so a ticket, state or
 * completion works once, whatever arrives twice.
 */
export class AuthorizationStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async insert(row: NewAuthorization): Promise<void> {
    await this.#knex(TABLE).insert({
      ...authorizationColumns(row),
      ticket_expires_at: row.ticketHash
        ? statementStartPlus(this.#knex, TICKET_MILLISECONDS)
        : null,
      expires_at: statementStartPlus(this.#knex, AUTHORIZATION_MILLISECONDS),
      created_at: statementStartPlus(this.#knex, 0),
    });
  }

  /** Returns the attempt as its user sees it. An ended one is emptied when it is read. */
  async find(
    id: string,
    knex: Knex = this.#knex,
  ): Promise<AuthorizationRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const row = await this.#first(knex, { id });
    return row && this.#settle(row);
  }

  async findByTicket(hashes: string[]): Promise<AuthorizationRow | undefined> {
    return this.#firstIn('ticket_hash', hashes);
  }

  async findByState(hashes: string[]): Promise<AuthorizationRow | undefined> {
    return this.#firstIn('state_hash', hashes);
  }

  async findByHandle(hashes: string[]): Promise<AuthorizationRow | undefined> {
    return this.#firstIn('handle_hash', hashes);
  }

  /** Extends the expiry while its user is there, up to two hours after the attempt began. */
  async touch(id: string): Promise<void> {
    const slid = statementStartPlus(this.#knex, AUTHORIZATION_MILLISECONDS);
    const last = this.#knex.raw('created_at + ?', [LONGEST_MILLISECONDS]);
    await this.#knex(TABLE)
      .where({ id })
      .update({
        expires_at: this.#knex.raw('case when ? < ? then ? else ? end', [
          slid,
          last,
          slid,
          last,
        ]),
      });
  }

  /**
   * The ticket is used, and the browser is on its way to the provider. For some seconds the ticket still finds the
   * attempt, for a form that is posted twice.
   */
  async redirect(
    id: string,
    ticketHashes: string[],
    step: {
      stateHash: string;
      browserHash: string;
      callbackPath: string;
      sealedVerifier: string;
    },
  ): Promise<boolean> {
    return this.#step(
      { id, status: 'pending' },
      {
        ticket_expires_at: databaseNowPlus(
          this.#knex,
          START_AGAIN_MILLISECONDS,
        ),
        state_hash: step.stateHash,
        browser_hash: step.browserHash,
        callback_path: step.callbackPath,
        sealed_verifier: step.sealedVerifier,
        status: 'redirected',
        state_expires_at: databaseNowPlus(this.#knex, STATE_MILLISECONDS),
      },
      where =>
        where
          .whereIn('ticket_hash', ticketHashes)
          .where('ticket_expires_at', '>', databaseNow(this.#knex)),
    );
  }

  /** Stores what a form_post contained until the GET that carries the cookie. */
  async keepCallback(
    id: string,
    handleHash: string,
    sealedCallback: string,
  ): Promise<boolean> {
    return this.#step(
      { id, status: 'redirected' },
      { handle_hash: handleHash, sealed_callback: sealedCallback },
    );
  }

  /** Uses the state: once, by the browser that started. The handle of the callback stays, for a repeated one. */
  async exchange(
    id: string,
    browserHash: string,
    handleHash: string,
  ): Promise<boolean> {
    return this.#step(
      { id, status: 'redirected', browser_hash: browserHash },
      {
        status: 'exchanging',
        ticket_hash: null,
        ticket_expires_at: null,
        state_hash: null,
        handle_hash: handleHash,
        sealed_callback: null,
        state_expires_at: databaseNowPlus(this.#knex, EXCHANGE_MILLISECONDS),
      },
      where => where.where('state_expires_at', '>', databaseNow(this.#knex)),
    );
  }

  /** Seals the provider's response until the user who started completes it. */
  async returned(
    id: string,
    sealedResult: string,
    completionHash: string,
  ): Promise<boolean> {
    return this.#step(
      { id, status: 'exchanging' },
      {
        status: 'returned',
        sealed_verifier: null,
        sealed_result: sealedResult,
        completion_hash: completionHash,
        state_expires_at: databaseNowPlus(this.#knex, RETURNED_MILLISECONDS),
      },
    );
  }

  /** Replaces the result of a callback by that of its further request. */
  async finished(id: string, sealedResult: string): Promise<boolean> {
    return this.#step(
      { id, status: 'returned' },
      { sealed_result: sealedResult },
    );
  }

  /** Completes the attempt for the user who started it. */
  async grant(id: string, completionHashes: string[]): Promise<boolean> {
    return this.#step(
      { id, status: 'returned' },
      {
        status: 'granted',
        completion_hash: null,
        state_expires_at: databaseNowPlus(this.#knex, REPEAT_MILLISECONDS),
      },
      where =>
        where
          .whereIn('completion_hash', completionHashes)
          .where('state_expires_at', '>', databaseNow(this.#knex)),
    );
  }

  /** Ends an attempt that got no grant. A `granted` one stays: an error with a used state doesn't end it. */
  async fail(id: string, error: Diagnosis): Promise<boolean> {
    return this.#step(
      { id },
      { ...EMPTIED, status: 'failed', error: JSON.stringify(error) },
      where =>
        where.whereIn('status', [
          'pending',
          'redirected',
          'exchanging',
          'returned',
        ]),
    );
  }

  /** Ends an exchange that failed. A repeated callback reports the same. */
  async failExchange(id: string, error: Diagnosis): Promise<boolean> {
    return this.#step(
      { id },
      {
        ...VALUABLE,
        status: 'failed',
        error: JSON.stringify(error),
        state_expires_at: databaseNowPlus(this.#knex, REPEAT_MILLISECONDS),
      },
      where => where.whereIn('status', ['exchanging', 'returned']),
    );
  }

  /**
   * Promotes a staged credential, once. Part of the Save transaction. An attempt serves only the datasource and the
   * subject it was made for; one without a datasource serves a new one. An attempt for an authorization request is
   * promoted only for that request: no one saves it by hand.
   *
   * @returns the sealed result with its form, or undefined if this attempt can't be promoted
   */
  async consume(
    id: string,
    condition: {
      userRef: string;
      /** Absent for a datasource that is created in the same transaction. */
      datasourceId?: string;
      subject: CredentialKey['subject'];
      binding: string;
      requestId?: string;
    },
    knex: Knex,
  ): Promise<{ sealedResult: string; settings: BareSettings } | undefined> {
    const row = await knex(TABLE)
      .select('sealed_result', 'settings')
      .where({ id, status: 'granted' })
      .first();
    const consumed = await knex(TABLE)
      .where({
        id,
        user_ref: condition.userRef,
        status: 'granted',
        binding: condition.binding,
        request_id: condition.requestId ?? null,
        datasource_id: condition.datasourceId ?? null,
        subject: condition.subject,
      })
      .where('expires_at', '>', databaseNow(knex))
      .update({ ...VALUABLE, status: 'consumed' });
    if (consumed !== 1 || !row?.sealed_result) return undefined;
    return {
      sealedResult: row.sealed_result,
      settings: JSON.parse(row.settings),
    };
  }

  /** Keeps the last test of a staged credential. */
  async noteTest(id: string, test: TestResult): Promise<void> {
    await this.#knex(TABLE)
      .where({ id, status: 'granted' })
      .update({ test: JSON.stringify(test) });
  }

  async delete(id: string, knex: Knex = this.#knex): Promise<void> {
    await knex(TABLE).where({ id }).delete();
  }

  /** Empties attempts that timed out and removes ended ones, for those that are never read again. */
  async removeExpired(): Promise<number> {
    const now = databaseNow(this.#knex);
    await this.#knex(TABLE)
      .where(late =>
        late
          .whereIn('status', ['redirected', 'exchanging', 'returned'])
          .where('state_expires_at', '<=', now),
      )
      .orWhere(unused =>
        unused
          .where({ status: 'pending' })
          .where('ticket_expires_at', '<=', now),
      )
      .update({
        ...EMPTIED,
        status: 'failed',
        error: JSON.stringify(TIMED_OUT),
      });
    return this.#knex(TABLE)
      .where('expires_at', '<=', databaseNowOnce(this.#knex))
      .delete();
  }

  /** An attempt that timed out reads as failed, and loses its secrets. */
  async #settle(row: AuthorizationRow): Promise<AuthorizationRow | undefined> {
    if (row.expiresAt <= row.readAt) {
      await this.#knex(TABLE).where({ id: row.id }).update(EMPTIED);
      return undefined;
    }
    const late =
      row.stateExpiresAt !== undefined && row.stateExpiresAt <= row.readAt;
    const unused =
      row.status === 'pending' &&
      row.ticketExpiresAt !== undefined &&
      row.ticketExpiresAt <= row.readAt;
    if (
      unused ||
      (late && ['redirected', 'exchanging', 'returned'].includes(row.status))
    ) {
      await this.fail(row.id, TIMED_OUT);
      const settled = await this.#first(this.#knex, { id: row.id });
      return settled;
    }
    return row;
  }

  async #step(
    where: Record<string, unknown>,
    columns: Record<string, unknown>,
    condition: (query: Knex.QueryBuilder) => Knex.QueryBuilder = q => q,
  ): Promise<boolean> {
    const updated = await condition(this.#knex(TABLE).where(where)).update(
      columns,
    );
    return updated === 1;
  }

  async #first(knex: Knex, where: Record<string, unknown>) {
    const row = await knex(TABLE)
      .select('*', { read_at: databaseNow(knex) })
      .where(where)
      .first();
    return row && toAuthorization(row);
  }

  async #firstIn(column: string, hashes: string[]) {
    const row = await this.#knex(TABLE)
      .select('*', { read_at: databaseNow(this.#knex) })
      .whereIn(column, hashes)
      .first();
    return row && toAuthorization(row);
  }
}
