import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { sealerOf } from '../__testUtils__/sealing';
import { contentOf } from '../__testUtils__/settings';
import { bindingOf } from '../settings/binding';
import { datasourcePlace, Datasources } from './Datasources';
import { DatasourceStore } from './DatasourceStore';
import { DeclaredDatasources } from './DeclaredDatasources';
import { serializeSecrets } from '../settings/secrets';

jest.setTimeout(60_000);

const sealer = sealerOf();

const crm = (change: JsonObject = {}, auth: JsonObject = {}): JsonObject => ({
  ...change,
  auth: {
    grantType: 'client_credentials',
    clientId: 'backstage',
    clientSecret: 'hush',
    token: { url: 'https://login.example.com/token' },
    ...auth,
  },
});

describe.each(databaseIds())('drift from app-config, on %s', databaseId => {
  let knex: Knex;
  let store: DatasourceStore;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    store = new DatasourceStore({ knex });
  });

  /** Starts a replica with these declarations. */
  async function start(datasources: JsonObject): Promise<Datasources> {
    const declared = new DeclaredDatasources({
      config: new ConfigReader({ datasourceAuth: { datasources } }),
    });
    await declared.mirror({ store, logger: mockServices.logger.mock() });
    return new Datasources({
      store,
      declared,
      sealer,
      callbackUrl: 'https://backstage.example/callback',
    });
  }

  /** Stores the declared datasource as if created on the page. */
  async function save(declaration: JsonObject) {
    const { settings, secrets } = new DeclaredDatasources({
      config: new ConfigReader({
        datasourceAuth: { datasources: { crm: declaration } },
      }),
    }).get('crm')!;
    const id = randomUUID();
    await store.insert({
      id,
      name: 'crm',
      source: 'database',
      ...contentOf(settings, {
        sealed: sealer.seal(
          serializeSecrets(secrets),
          datasourcePlace(id, bindingOf(settings)),
        ),
      }),
    });
  }

  const driftOfCrm = async (replica: Datasources) =>
    replica.drift(await replica.get('crm'));

  it('is none if all replicas have the same configuration', async () => {
    const replica = await start({ crm: crm() });
    await start({ crm: crm() });
    expect(await driftOfCrm(replica)).toBeUndefined();
    expect(await replica.drifts()).toEqual([]);
  });

  it('is none for a stored datasource without a declaration', async () => {
    await save(crm());
    const replica = await start({});
    expect(await driftOfCrm(replica)).toBeUndefined();
    expect(await replica.drifts()).toEqual([]);
  });

  it('threats 15: is shown for a stored datasource with a declared name, with the settings and secrets that differ', async () => {
    await save(crm({ title: 'CRM', consumers: ['catalog'] }));
    const replica = await start({
      crm: crm({ consumers: ['scaffolder'] }, { clientSecret: 'other' }),
    });
    expect(await driftOfCrm(replica)).toEqual({
      kind: 'declaration_unused',
      settings: ['title', 'consumers', 'auth.clientSecret'],
    });
    expect(await replica.drifts()).toHaveLength(1);
  });

  it('is shown for a stored datasource that equals its declaration, so that it can be deleted', async () => {
    await save(crm());
    const replica = await start({ crm: crm() });
    expect(await driftOfCrm(replica)).toEqual({
      kind: 'declaration_unused',
      settings: [],
    });
  });

  it('is shown during a rollout, on replicas whose configuration differs from the latest one', async () => {
    const old = await start({ crm: crm() });
    const rolledOut = await start({
      crm: crm(
        {},
        {
          token: { url: 'https://new.example.com/token' },
          clientSecret: null,
        },
      ),
    });
    expect(await driftOfCrm(rolledOut)).toBeUndefined();
    expect(await driftOfCrm(old)).toEqual({
      kind: 'replicas_differ',
      settings: ['auth.token.url', 'auth.clientSecret'],
    });
    expect(await old.drifts()).toHaveLength(1);
  });

  it('is shown on a replica that does not have the declaration yet', async () => {
    const old = await start({});
    await start({ crm: crm() });
    expect(await driftOfCrm(old)).toEqual({
      kind: 'replicas_differ',
      settings: [],
    });
    expect(await old.drifts()).toHaveLength(1);
  });
});
