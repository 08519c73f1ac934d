import { randomUUID } from 'node:crypto';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  DatasourceSummary,
  RESOURCE_TYPE_DATASOURCE,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceRules } from 'backstage-plugin-datasource-auth-node';
import { Knex } from 'knex';
import { Chance } from '../__testUtils__/Chance';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { DatasourceViews, ListQuery } from '../reading/DatasourceViews';
import { BareSettings } from '../settings/secrets';
import { AccessControl } from './AccessControl';
import { AuthorizedDatasources } from './AuthorizedDatasources';
import { DatasourceRights } from './DatasourceRights';
import { Caller } from './caller';

jest.setTimeout(120_000);

const OWNERS = [
  'group:default/sales',
  'Group:default/Ops',
  'user:default/jane',
];
const TAGS = ['prod', 'Prod', 'production', 'eu'];
const PLUGINS = ['catalog', 'Catalog', 'catalog-2', 'search'];
const STATES = ['AUTHORIZED', 'NOT_CONFIGURED', 'NOT_AUTHORIZED', 'ERROR'];
const RULES = {
  IS_OWNER: (one: string[]) => ({ owners: one }),
  HAS_TAG: (one: string[]) => ({ tags: one }),
  HAS_NAME: (one: string[]) => ({ names: one }),
} as const;

interface Row {
  id: string;
  settings: BareSettings;
  attention: number;
  source: DatasourceRecord['source'];
  /** The declaration on this replica, if another one wrote the row last. */
  declared?: BareSettings;
}

const listOf = (chance: Chance, things: readonly string[]) =>
  chance.shuffled(things).slice(0, chance.between(0, 2));

function anyRow(chance: Chance, index: number): Row {
  const consumers = () =>
    chance.between(0, 3) === 0 ? '*' : listOf(chance, PLUGINS);
  const source = chance.oneOf(['database', 'config'] as const);
  const settings = (): BareSettings =>
    bareSettingsOf({
      name: `ds-${index}`,
      // Many equal values, so that pages end within them.
      title: chance.oneOf([undefined, 'CRM', 'crm', 'Éxport', 'A%_b']),
      owner: chance.oneOf([undefined, ...OWNERS]),
      tags: listOf(chance, TAGS),
      consumers: consumers(),
    });
  const row = settings();
  return {
    ...{ id: randomUUID(), source, settings: row },
    attention: chance.between(0, 3),
    ...(source === 'config' &&
      chance.between(0, 1) === 0 && {
        declared: { ...row, consumers: consumers() },
      }),
  };
}

/** A rule, its opposite, or several. */
function anyConditions(chance: Chance, rows: Row[], depth = 0): any {
  const inner = () => anyConditions(chance, rows, depth + 1);
  switch (depth > 1 ? 0 : chance.between(0, 3)) {
    case 1:
      return { not: inner() };
    case 2:
      return { allOf: [inner(), inner()] };
    case 3:
      return { anyOf: [inner(), inner()] };
    default: {
      const rule = chance.oneOf(
        Object.keys(RULES) as Array<keyof typeof RULES>,
      );
      const values = {
        IS_OWNER: OWNERS,
        HAS_TAG: TAGS,
        HAS_NAME: rows.map(({ settings }) => settings.name),
      }[rule];
      return {
        ...{ rule, resourceType: RESOURCE_TYPE_DATASOURCE },
        params: RULES[rule](listOf(chance, values)),
      };
    }
  }
}

function anyQuery(chance: Chance, forPlugin: boolean): ListQuery {
  const maybe = <T>(value: T) =>
    chance.between(0, 2) === 0 ? value : undefined;
  return {
    limit: chance.between(1, 4),
    search: maybe(chance.oneOf(['c', 'CRM', 'ds-', 'group:', 'api.', 'a%'])),
    status: maybe(listOf(chance, STATES).join(',')),
    attention: maybe(chance.oneOf(['true', 'false'] as const)),
    ...(!forPlugin && {
      owner: maybe(chance.oneOf(OWNERS)),
      consumer: maybe(chance.oneOf(PLUGINS)),
    }),
  };
}

describe.each(databaseIds())('threats 35: lists on %s', databaseId => {
  let everything: Knex;
  let subset: Knex;

  beforeAll(async () => {
    [everything, subset] = [
      await migratedDatabase(databaseId),
      await migratedDatabase(databaseId),
    ];
  });

  afterAll(async () => {
    await everything?.destroy();
    await subset?.destroy();
  });

  async function fill(knex: Knex, rows: Row[]) {
    await knex('datasources').delete();
    const store = new DatasourceStore({ knex });
    for (const { id, settings, attention, source } of rows) {
      await store.insert({
        ...{ id, name: settings.name, source },
        ...contentOf(settings, { attention }),
      });
    }
  }

  function lists(knex: Knex, rows: Row[], decision: PolicyDecision) {
    const loaded = (record: DatasourceRecord) => {
      const declared = rows.find(({ id }) => id === record.id)?.declared;
      const settings = declared ?? record.settings;
      return { record: { ...record, settings }, secrets: new Map() };
    };
    const access = new AccessControl({
      permissions: mockServices.permissions.mock({
        authorizeConditional: async requests => requests.map(() => decision),
      }),
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({
          getRuleByName: (name: string) =>
            Object.values(datasourceRules).find(
              rule => rule.name === name,
            ) as any,
        }),
      }),
      userInfo: mockServices.userInfo.mock(),
      permissionsEnabled: true,
      managers: [],
    });
    return new AuthorizedDatasources({
      access,
      // `any`: a list loads no single datasource.
      rights: new DatasourceRights({ access, datasources: {} as any }),
      views: new DatasourceViews({
        // `any`: these datasources have no accounts of people to count.
        credentials: {} as any,
        store: new DatasourceStore({ knex }),
        datasources: { load: loaded } as any,
        statuses: {
          ofMany: async (all: unknown[]) =>
            all.map(() => ({ state: 'ERROR', reason: 'x' })),
        } as any,
        callbackUrl: 'https://backstage.example.com/callback',
      }),
      // A list needs no more than these.
      ...({} as any),
    });
  }

  /** Reads all pages by their cursors. */
  async function pages(
    list: (query: ListQuery) => Promise<any>,
    query: ListQuery,
  ) {
    const all: any[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ ...query, cursor });
      all.push(JSON.parse(JSON.stringify(page)));
      cursor = page.nextCursor;
    } while (cursor && all.length < 50);
    return all;
  }

  const user: Caller = {
    ...{ kind: 'user', userRef: 'user:default/jane' },
    credentials: mockCredentials.user('user:default/jane'),
  };
  const pluginOf = (plugin: string): Caller => ({
    ...{ kind: 'plugin', plugin },
    credentials: mockCredentials.service(`plugin:${plugin}`),
  });

  it.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    'are the same as if hidden datasources did not exist (seed %i)',
    async seed => {
      const chance = Chance.of(seed);
      const rows = Array.from({ length: chance.between(5, 25) }, (_, index) =>
        anyRow(chance, index),
      );
      const isPlugin = seed % 2 === 0;
      const plugin = chance.oneOf(PLUGINS);
      const caller = isPlugin ? pluginOf(plugin) : user;
      const decision: PolicyDecision = {
        ...{ result: AuthorizeResult.CONDITIONAL, pluginId: 'datasource-auth' },
        resourceType: RESOURCE_TYPE_DATASOURCE,
        conditions: anyConditions(chance, rows),
      };
      await fill(everything, rows);
      const all = lists(everything, rows, decision);
      const seen = await pages(query => all.list(query, { caller }), {
        limit: 200,
      });
      const names = new Set(
        seen.flatMap(({ items }) =>
          items.map(({ name }: DatasourceSummary) => name),
        ),
      );
      const consumable = rows.filter(({ settings, declared }) =>
        [settings, declared ?? settings].every(
          ({ consumers }) => consumers === '*' || consumers.includes(plugin),
        ),
      );
      const expected = isPlugin
        ? consumable.map(({ settings }) => settings.name)
        : [...names];
      expect([...names].sort()).toEqual(expected.sort());
      const visible = rows.filter(({ settings }) => names.has(settings.name));
      await fill(subset, visible);
      const few = lists(subset, visible, decision);
      for (let round = 0; round < 8; round++) {
        const query = anyQuery(chance, isPlugin);
        expect(await pages(one => all.list(one, { caller }), query)).toEqual(
          await pages(one => few.list(one, { caller }), query),
        );
      }
    },
  );

  it('reveal nothing hidden to a plugin by a search', async () => {
    const settings = bareSettingsOf({ owner: OWNERS[0], consumers: '*' });
    const row = { settings, attention: 0, source: 'database' as const };
    await fill(everything, [{ id: randomUUID(), ...row }]);
    const all = lists(everything, [], { result: AuthorizeResult.DENY });
    const found = async (search: string) =>
      (await all.list({ limit: 10, search }, { caller: pluginOf('search') }))
        .items.length;
    expect(await found('crm')).toBe(1);
    expect(await found('group:default')).toBe(0);
    expect(await found('api.example')).toBe(0);
  });

  it.each(['owner', 'way', 'consumer'])(
    'reveal nothing hidden to a plugin by the filter %s',
    async filter => {
      const all = lists(everything, [], { result: AuthorizeResult.DENY });
      await expect(
        all.list(
          { limit: 10, [filter]: 'search' },
          { caller: pluginOf('catalog') },
        ),
      ).rejects.toMatchObject({ code: 'invalid_request', statusCode: 400 });
    },
  );
});
