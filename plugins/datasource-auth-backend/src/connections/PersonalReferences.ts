import { randomBytes } from 'node:crypto';
import { PersonalMentions } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';

/** A column that names users: the ref alone, or inside JSON. */
interface Reference {
  mention: keyof PersonalMentions;
  table: string;
  column: string;
  json?: true;
}

/** Every column that names a user and outlives their connections. */
const REFERENCES: Reference[] = [
  { mention: 'timeline', table: 'activity', column: 'actor' },
  { mention: 'timeline', table: 'activity', column: 'details', json: true },
  { mention: 'datasources', table: 'datasources', column: 'created_by' },
  { mention: 'datasources', table: 'datasources', column: 'updated_by' },
  ...(['secret_info', 'failed_test'] as const).map(column => ({
    mention: 'datasources' as const,
    ...{ table: 'datasources', column, json: true as const },
  })),
  ...['state_changed_by', 'authorized_by'].map(column => ({
    ...{ mention: 'credentials' as const, column },
    table: 'credentials',
  })),
  ...['asked_by', 'recipient', 'decided_by'].map(column => ({
    ...{ mention: 'requests' as const, column },
    table: 'authorization_requests',
  })),
];

/** Finds where a person is named besides their connections, and replaces their name. */
export class PersonalReferences {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Counts the rows. A row that names them twice counts twice. */
  async count(userRef: string): Promise<PersonalMentions> {
    const mentions: PersonalMentions = {
      timeline: 0,
      datasources: 0,
      credentials: 0,
      requests: 0,
      attempts: await countOf(attemptsOf(this.#knex, userRef)),
    };
    for (const reference of REFERENCES) {
      const rows = where(this.#knex, reference, userRef);
      mentions[reference.mention] += await countOf(rows);
    }
    return mentions;
  }

  /** Removes a person's attempts to obtain a credential. */
  async removeAttempts(userRef: string): Promise<void> {
    await attemptsOf(this.#knex, userRef).delete();
  }

  /**
   * Replaces a person's ref by a random one, the same everywhere. Each statement is a transaction of its
   * own, so that it holds no lock while it waits for another one.
   *
   * @returns the pseudonym
   */
  async replace(userRef: string): Promise<string> {
    const pseudonym = `user:deleted/${randomBytes(8).toString('hex')}`;
    for (const reference of REFERENCES) {
      const { column, json } = reference;
      await where(this.#knex, reference, userRef).update({
        [column]: json
          ? this.#knex.raw('replace(??, ?, ?)', [
              column,
              JSON.stringify(userRef),
              JSON.stringify(pseudonym),
            ])
          : pseudonym,
      });
    }
    return pseudonym;
  }
}

function attemptsOf(knex: Knex, userRef: string): Knex.QueryBuilder {
  return knex('authorizations').where({ user_ref: userRef });
}

function where(
  knex: Knex,
  { table, column, json }: Reference,
  userRef: string,
): Knex.QueryBuilder {
  if (!json) return knex(table).where({ [column]: userRef });
  const text = JSON.stringify(userRef).replace(/[\\%_]/g, '\\$&');
  return knex(table).whereRaw(`?? like ? escape '\\'`, [column, `%${text}%`]);
}

async function countOf(rows: Knex.QueryBuilder): Promise<number> {
  const [{ count }] = await rows.count({ count: '*' });
  return Number(count);
}
