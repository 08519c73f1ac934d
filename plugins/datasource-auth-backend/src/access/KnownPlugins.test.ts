import { randomUUID } from 'node:crypto';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  DatasourceAuthError,
  RESOURCE_TYPE_DATASOURCE,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceRules } from 'backstage-plugin-datasource-auth-node';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { AccessControl } from './AccessControl';
import { Caller } from './caller';
import { KnownPlugins } from './KnownPlugins';

jest.setTimeout(60_000);

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const OF_SALES = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'datasource-auth',
  resourceType: RESOURCE_TYPE_DATASOURCE,
  conditions: {
    rule: 'IS_OWNER',
    resourceType: RESOURCE_TYPE_DATASOURCE,
    params: { owners: ['group:default/sales'] },
  },
} as PolicyDecision;

const JANE: Caller = {
  kind: 'user',
  userRef: 'user:default/jane',
  credentials: mockCredentials.user('user:default/jane'),
};

/** Decisions by the last word of a permission. Others are denied. */
type Decisions = Partial<Record<string, PolicyDecision>>;

describe.each(databaseIds())('KnownPlugins on %s', databaseId => {
  async function knownPlugins(options: {
    installed: string[];
    decisions: Decisions;
    datasources?: Array<{ owner: string; consumers: '*' | string[] }>;
  }) {
    const store = new DatasourceStore({
      knex: await migratedDatabase(databaseId),
    });
    for (const datasource of options.datasources ?? []) {
      const id = randomUUID();
      const settings = bareSettingsOf({ name: `ds-${id}`, ...datasource });
      await store.insert({
        ...{ id, name: settings.name, source: 'database' },
        ...contentOf(settings),
      });
    }
    const decide = ({ permission }: { permission: { name: string } }) =>
      options.decisions[permission.name.split('.').at(-1)!] ?? DENY;
    const access = new AccessControl({
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(request => ({
            result: decide(request).result as AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests => requests.map(decide),
      }),
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({
          // `any`: the rules have different parameters, and only their names matter here.
          getRuleByName: (name: string) =>
            Object.values(datasourceRules).find(
              rule => rule.name === name,
            ) as any,
        }),
      }),
      userInfo: mockServices.userInfo(),
      permissionsEnabled: true,
      managers: [],
    });
    return new KnownPlugins({
      access,
      store,
      systemMetadata: {
        getInstalledPlugins: async () =>
          options.installed.map(pluginId => ({ pluginId })),
      },
    });
  }

  const idsFor = async (
    options: Parameters<typeof knownPlugins>[0],
    caller = JANE,
  ) => (await (await knownPlugins(options)).list({ caller })).items;

  it('lists each installed plugin once, sorted, except itself and what is no plugin ID', async () => {
    expect(
      await idsFor({
        installed: ['techdocs', 'catalog', 'datasource-auth', 'catalog', '*'],
        decisions: { create: ALLOW },
      }),
    ).toEqual(['catalog', 'techdocs']);
  });

  it('adds consumers that the caller may read, and no others', async () => {
    const datasources = [
      { owner: 'group:default/sales', consumers: ['quotes', 'catalog'] },
      { owner: 'group:default/ops', consumers: ['hidden-plugin'] },
      { owner: 'group:default/sales', consumers: '*' as const },
    ];
    const given = { installed: ['catalog'], datasources };
    const may = { create: ALLOW, grant: ALLOW };
    expect(await idsFor({ ...given, decisions: may })).toEqual(['catalog']);
    expect(
      await idsFor({ ...given, decisions: { ...may, read: OF_SALES } }),
    ).toEqual(['catalog', 'quotes']);
    expect(
      await idsFor({ ...given, decisions: { ...may, read: ALLOW } }),
    ).toEqual(['catalog', 'hidden-plugin', 'quotes']);
  });

  it.each([{ create: ALLOW }, { grant: ALLOW }, { grant: OF_SALES }])(
    'is for callers who may choose consumers: %j',
    async decisions => {
      expect(await idsFor({ installed: ['catalog'], decisions })).toEqual([
        'catalog',
      ]);
    },
  );

  it('refuses callers who may only read or update', async () => {
    const plugins = await knownPlugins({
      installed: ['catalog'],
      decisions: { read: ALLOW, update: ALLOW, create: DENY },
    });
    const error = await plugins.list({ caller: JANE }).catch(thrown => thrown);
    expect(error).toBeInstanceOf(DatasourceAuthError);
    expect(error).toMatchObject({ code: 'not_allowed', statusCode: 403 });
  });

  it('refuses plugins as themselves', async () => {
    const plugins = await knownPlugins({
      installed: ['catalog'],
      decisions: { create: ALLOW, grant: ALLOW },
    });
    await expect(
      plugins.list({
        caller: {
          kind: 'plugin',
          plugin: 'catalog',
          credentials: mockCredentials.service('plugin:catalog'),
        },
      }),
    ).rejects.toMatchObject({ code: 'not_a_person' });
  });
});
