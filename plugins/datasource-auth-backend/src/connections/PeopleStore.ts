import { Knex } from 'knex';
import { CredentialRow } from '../credentials/CredentialRow';
import { databaseNow, toNumber } from '../database/database';

/** A person who was seen in the catalog. Times are epoch milliseconds of the database's clock. */
export interface SeenPerson {
  subject: string;
  /** `metadata.uid` of their entity. */
  uid: string;
  missingSince?: number;
}

/** Stores who is connected and was seen in the catalog, and suspends their connections. */
export class PeopleStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Returns the next people who are connected to something, sorted. */
  async listConnected(page: {
    limit: number;
    after?: string;
  }): Promise<string[]> {
    const query = this.#knex('credentials')
      .distinct('subject')
      .whereRaw(`subject <> 'service'`)
      .whereNot({ state: 'cleared' })
      .orderBy('subject')
      .limit(page.limit);
    if (page.after !== undefined) query.where('subject', '>', page.after);
    const rows: Array<{ subject: string }> = await query;
    return rows.map(({ subject }) => subject);
  }

  /** Returns who of these people was seen before. */
  async seen(subjects: string[]): Promise<Map<string, SeenPerson>> {
    const rows = await this.#knex('people').whereIn('subject', subjects);
    return new Map(
      rows.map(({ subject, uid, missing_since: since }) => [
        subject,
        { subject, uid, missingSince: toNumber(since) },
      ]),
    );
  }

  /** Records that a person is in the catalog, under this uid. */
  async see(subject: string, uid: string): Promise<void> {
    const columns = { uid, missing_since: null };
    await this.#knex('people')
      .insert({ subject, ...columns })
      .onConflict('subject')
      .merge(columns);
  }

  /** Records that a person isn't in the catalog any more. */
  async miss(subject: string): Promise<void> {
    await this.#knex('people')
      .where({ subject })
      .whereNull('missing_since')
      .update({ missing_since: databaseNow(this.#knex) });
  }

  /** Suspends a person's connections. Those of another person stay suspended when this one is back. */
  async suspend(
    subject: string,
    suspended: NonNullable<CredentialRow['suspended']>,
  ): Promise<void> {
    const query = this.#connections(subject);
    if (suspended === 'missing') query.whereNull('suspended');
    await query.update({ suspended, changed_at: databaseNow(this.#knex) });
  }

  /** Resumes the connections of a person who is in the catalog again. */
  async resume(subject: string): Promise<void> {
    await this.#connections(subject)
      .where({ suspended: 'missing' })
      .update({ suspended: null, changed_at: databaseNow(this.#knex) });
  }

  async forget(subject: string, knex: Knex = this.#knex): Promise<void> {
    await knex('people').where({ subject }).delete();
  }

  /** Forgets people whose connections have ended. */
  async forgetDisconnected(): Promise<void> {
    // Not NOT IN, which PostgreSQL can't turn into a join: it would read all connections for each person.
    await this.#knex('people')
      .whereNotExists(
        this.#knex('credentials')
          .whereRaw(`credentials.subject <> 'service'`)
          .whereRaw('credentials.subject = people.subject')
          .select('credentials.subject'),
      )
      .delete();
  }

  #connections(subject: string): Knex.QueryBuilder {
    return this.#knex('credentials')
      .where({ subject })
      .whereRaw(`subject <> 'service'`)
      .whereNot({ state: 'cleared' });
  }
}
