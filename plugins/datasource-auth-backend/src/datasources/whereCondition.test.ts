import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  DatasourceQuery,
  DatasourceResource,
} from 'backstage-plugin-datasource-auth-node';
import {
  databaseIds,
  emptyDatabase,
  migratedDatabase,
} from '../__testUtils__/databases';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { DatasourceStore } from './DatasourceStore';
import { DatasourceCondition, NO_DATASOURCE } from './whereCondition';

jest.setTimeout(60_000);

const field = (
  name: DatasourceQuery['field'],
  ...values: string[]
): DatasourceQuery => ({ field: name, in: values });

const SALES = field('owner', 'group:default/sales');

describe.each(databaseIds())('a condition on rows on %s', databaseId => {
  let knex: Knex;
  let store: DatasourceStore;

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
    store = new DatasourceStore({ knex });
    await emptyDatabase(knex);
    const rows: Array<Partial<DatasourceResource>> = [
      { name: 'a', owner: 'Group:default/Sales', tags: ['prod', 'eu'] },
      { name: 'b', owner: 'group:default/other', tags: ['Prod'] },
      { name: 'c', tags: ['production'], source: 'config' },
      { name: 'd', owner: 'group:default/sales' },
    ];
    for (const { name, source = 'database', ...more } of rows) {
      const settings = bareSettingsOf({ name, ...more });
      await store.insert({
        ...contentOf(settings),
        id: randomUUID(),
        name: name!,
        source,
      });
    }
  });

  afterAll(() => knex?.destroy());

  it.each<[string, DatasourceCondition, string]>([
    ['one owner, however it is spelled', SALES, 'ad'],
    ['several owners', field('owner', 'x', 'group:default/other'), 'b'],
    ['no owner in the list', field('owner'), ''],
    ['an invalid owner', field('owner', ''), ''],
    ['a tag as a whole, as it is spelled', field('tags', 'prod'), 'a'],
    ['one of several tags', field('tags', 'eu', 'production'), 'ac'],
    ['a tag that would match everything', field('tags', '%'), ''],
    ['the source', field('source', 'config'), 'c'],
    ['names', field('name', 'b', 'c'), 'bc'],
    ['a null character', field('name', 'b\0'), ''],
    ['all of several', { allOf: [SALES, field('tags', 'eu')] }, 'a'],
    ['any of several', { anyOf: [SALES, field('name', 'c')] }, 'acd'],
    ['none of one, where a column is empty, too', { not: SALES }, 'bc'],
    ['none without tags', { not: field('tags', 'prod') }, 'bcd'],
    [
      'nested ones',
      { not: { anyOf: [{ not: SALES }, { allOf: [field('name', 'd')] }] } },
      'a',
    ],
    ['nothing', NO_DATASOURCE, ''],
  ])('returns %s', async (_, condition, expected) => {
    const { items } = await store.list({ condition }, { limit: 10 });
    expect(items.map(({ name }) => name).join('')).toBe(expected);
    expect(await store.count({ condition })).toBe(expected.length);
  });
});
