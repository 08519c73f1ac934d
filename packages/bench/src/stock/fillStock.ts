import { Knex } from 'knex';
import { declared, datasourceNames } from '../subject/configuration';
import { connect, openDatasourceAuth } from '../subject/openDatasourceAuth';
import { RENEWABLE } from './Stock';

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

/**
 * Fills an empty database with a hundred datasources with a real credential, and others as filler, whose
 * titles and refresh times are in random order.
 */
export async function fillStock(
  database: string,
  options: { rows: number; provider: string },
): Promise<void> {
  const knex = connect(database);
  try {
    const parts = await openDatasourceAuth(
      knex,
      declared(datasourceNames(RENEWABLE), options.provider),
    );
    await parts.authorizeDeclared();
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

    const datasource = await knex('datasources').connection(connection).first();
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

    const credential = await knex('credentials').connection(connection).first();
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
