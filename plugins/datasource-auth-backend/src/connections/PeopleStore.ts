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

/**
 * Stores which people were seen in the catalog, and suspends their connections. People are watched while they are
 * connected, or while plugins share a credential that they authorized.
 */
export class PeopleStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Returns the next people who are watched, sorted. */
  async listWatched({
    limit,
    after = '',
  }: {
    limit: number;
    after?: string;
  }): Promise<string[]> {
    // Each part has a limit, so that an index gives it without reading the rest.
    const [connected, authorizers] = this.#watched(this.#knex).map(
      ({ column, query }) =>
        query.where(column, '>', after).orderBy(column).limit(limit),
    );
    const rows: Array<{ subject: string }> = await this.#knex
      .select('subject')
      .from(connected.as('connected'))
      .union(this.#knex.select('subject').from(authorizers.as('authorizers')))
      .orderBy('subject')
      .limit(limit);
    return rows.map(({ subject }) => subject);
  }

  /** Returns which of these people are no longer in the catalog. */
  async whoLeft(users: string[]): Promise<Set<string>> {
    const left: string[] = await this.#knex('people')
      .whereIn('subject', users)
      .whereNotNull('missing_since')
      .pluck('subject');
    return new Set(left);
  }

  /** Returns the shared credentials that a person authorized and that can still be used. */
  async authorizedBy(
    user: string,
  ): Promise<Array<{ datasourceId: string; credentialId: string }>> {
    const rows: Array<{ datasource_id: string; credential_id: string }> =
      await this.#authorized(this.#knex)
        .where({ authorized_by: user })
        .select('datasource_id', 'credential_id');
    return rows.map(row => ({
      datasourceId: row.datasource_id,
      credentialId: row.credential_id,
    }));
  }

  /** Counts the datasources that were authorized by people who are no longer in the catalog. */
  async countToHandOver(): Promise<number> {
    const [{ count }] = await this.#authorized(this.#knex)
      .whereIn(
        'authorized_by',
        this.#knex('people').whereNotNull('missing_since').select('subject'),
      )
      .count({ count: '*' });
    return Number(count);
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

  /**
   * Suspends a person's connections. Those of another person stay suspended when this one is back.
   *
   * @returns how many there are
   */
  async suspend(
    subject: string,
    suspended: NonNullable<CredentialRow['suspended']>,
  ): Promise<number> {
    const query = this.#connections(subject);
    if (suspended === 'missing') query.whereNull('suspended');
    return query.update({ suspended, changed_at: databaseNow(this.#knex) });
  }

  /** Resumes the connections of a person who is in the catalog again. */
  async resume(subject: string): Promise<void> {
    await this.#connections(subject)
      .where({ suspended: 'missing' })
      .update({ suspended: null, changed_at: databaseNow(this.#knex) });
  }

  async forget(subject: string, trx: Knex): Promise<void> {
    await trx('people').where({ subject }).delete();
  }

  /** Forgets people who needn't be watched. @param subject - default: all of them */
  async forgetUnwatched(
    subject?: string,
    knex: Knex = this.#knex,
  ): Promise<void> {
    const query = knex('people');
    if (subject !== undefined) query.where({ subject });
    // Not NOT IN, which PostgreSQL can't turn into a join: it would read all connections for each person.
    for (const watched of this.#watched(knex)) {
      query.whereNotExists(
        watched.query.whereRaw(
          `credentials.${watched.column} = people.subject`,
        ),
      );
    }
    await query.delete();
  }

  /** The people who are connected, and those who authorized: each as a query, and the column that names them. */
  #watched(knex: Knex) {
    return [
      {
        column: 'subject',
        query: knex('credentials')
          .distinct('subject')
          .whereRaw(`subject <> 'service'`)
          .whereNot({ state: 'cleared' }),
      },
      {
        column: 'authorized_by',
        query: this.#authorized(knex).distinct({ subject: 'authorized_by' }),
      },
    ];
  }

  #authorized(knex: Knex): Knex.QueryBuilder {
    return (
      knex('credentials')
        .whereNotNull('authorized_by')
        .where({ state: 'live' })
        // An earlier shared credential is neither used nor shown.
        .whereNotIn(
          'datasource_id',
          knex('datasources').where({ subjects: 'user' }).select('id'),
        )
    );
  }

  #connections(subject: string): Knex.QueryBuilder {
    return this.#knex('credentials')
      .where({ subject })
      .whereRaw(`subject <> 'service'`)
      .whereNot({ state: 'cleared' });
  }
}
