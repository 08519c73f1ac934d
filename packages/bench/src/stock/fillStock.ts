import { Knex } from 'knex';
import {
  connect,
  openDatasourceAuth,
  USER,
} from '../subject/openDatasourceAuth';
import { fillConnections } from './fillConnections';
import { PERSONAL_NAMES, RENEWABLE, stockDatasources } from './Stock';

/** SQL that differs between the two systems. `n` is the number of the row. */
interface Dialect {
  series: string;
  uuid: string;
  random: string;
  now: string;
  before: string[];
  after: string[];
  /** Lists the indexes that aren't constraints: `name`, and the `definition` to create it again. */
  indexes: string;
}

const POSTGRES: Dialect = {
  series: 'generate_series(1, ?) as series(n)',
  uuid: 'gen_random_uuid()',
  random: 'random()',
  now: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  // Skips the foreign key check of each row.
  before: ['set session_replication_role = replica'],
  after: ['set session_replication_role = default', 'analyze'],
  indexes: `select indexname as name, indexdef as definition from pg_indexes
    where tablename in ('datasources', 'credentials') and indexname like '%_idx'`,
};

const HEX = 'lower(hex(randomblob(4)))';
const SQLITE: Dialect = {
  series:
    '(with recursive counter(n) as (select 1 union all select n + 1 from counter limit ?) select n from counter) as series',
  uuid: `(${HEX} || '-0000-4000-8000-' || ${HEX} || '0000')`,
  random: '(abs(random() % 1000000) / 1000000.0)',
  now: `cast(unixepoch('subsec') * 1000 as integer)`,
  before: [
    'pragma synchronous = off',
    'pragma journal_mode = off',
    'pragma cache_size = -1000000',
  ],
  after: [],
  indexes: `select name, sql as definition from sqlite_master
    where type = 'index' and tbl_name in ('datasources', 'credentials') and name like '%_idx'`,
};

/** The ref of a person in SQL, and in this catalog also their uid. */
const PERSON = `'user:default/filler-' || n`;

/**
 * Fills an empty database with a hundred datasources with a real credential, and others as filler, whose
 * titles and refresh times are in random order. If it has connections, there are as many, of people who are each
 * connected to the same two further datasources.
 */
export async function fillStock(
  database: string,
  options: { rows: number; hasConnections: boolean; provider: string },
): Promise<void> {
  const knex = connect(database);
  try {
    const datasources = stockDatasources(options.provider);
    const parts = await openDatasourceAuth(knex, datasources);
    await parts.authorizeDeclared();
    for (const name of options.hasConnections ? PERSONAL_NAMES : []) {
      const subjects = [USER];
      await fillConnections(database, { datasources, name, subjects });
    }
    await addFillers(knex, options.rows - RENEWABLE);
  } finally {
    await knex.destroy();
  }
}

async function addFillers(knex: Knex, rows: number): Promise<void> {
  const dialect = knex.client.config.client === 'pg' ? POSTGRES : SQLITE;
  // One connection, because its settings must apply to all statements.
  const connection = await knex.client.acquireConnection();
  const run = (statement: string, bindings: readonly unknown[] = []) =>
    knex.raw(statement, bindings as Knex.RawBinding[]).connection(connection);
  try {
    for (const statement of dialect.before) await run(statement);

    const found: any = await run(dialect.indexes);
    const indexes: Array<{ name: string; definition: string }> =
      found.rows ?? found;
    for (const { name } of indexes) await run('drop index ??', [name]);

    const datasource = await knex('datasources')
      .connection(connection)
      .where({ subjects: 'service' })
      .first();
    await insert(run, 'datasources', dialect.series, [rows], {
      ...datasource,
      id: sql(dialect.uuid),
      name: sql(`'filler-' || n`),
      declared_name: null,
      source: 'database',
      sort_key: sql(`'title ' || ${dialect.random} || n`),
      attention: 0,
      changed_at: 1,
    });

    const credential = await knex('credentials')
      .connection(connection)
      .where({ subject: 'service' })
      .first();
    await insert(
      run,
      'credentials',
      `(select id as filler from datasources where source = 'database') as fillers`,
      [],
      {
        ...credential,
        datasource_id: sql('filler'),
        credential_id: sql('filler'),
        // Due between half an hour and a day later: not during a measurement.
        refresh_due_at: sql(
          `${dialect.now} + 1800000 + cast(${dialect.random} * 86400000 as bigint)`,
        ),
        changed_at: 1,
      },
    );
    const connections = await knex('credentials')
      .connection(connection)
      .whereNot({ subject: 'service' });
    for (const own of connections) {
      // As many as datasources, with those that are copied.
      const others = (rows + RENEWABLE) / connections.length - 1;
      await insert(run, 'credentials', dialect.series, [others], {
        ...own,
        subject: sql(PERSON),
        credential_id: sql(dialect.uuid),
        changed_at: 1,
      });
      if (own !== connections[0]) continue;
      await insert(run, 'people', dialect.series, [others], {
        ...{ subject: sql(PERSON), uid: sql(PERSON) },
      });
    }
    for (const { definition } of indexes) await run(definition);
    for (const statement of dialect.after) await run(statement);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/** Marks a value of a column as SQL. */
class Sql {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function sql(text: string): Sql {
  return new Sql(text);
}

async function insert(
  run: (statement: string, bindings: readonly unknown[]) => Promise<unknown>,
  table: string,
  source: string,
  sourceBindings: unknown[],
  columns: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(columns);
  const values = Object.values(columns);
  await run(
    `insert into ?? (${names.map(() => '??').join(', ')}) select ${values
      .map(value => (value instanceof Sql ? value.text : '?'))
      .join(', ')} from ${source}`,
    [
      table,
      ...names,
      ...values.filter(value => !(value instanceof Sql)),
      ...sourceBindings,
    ],
  );
}
