import { randomUUID } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { DatasourceStore } from './DatasourceStore';
import { DeclaredDatasources } from './DeclaredDatasources';

jest.setTimeout(60_000);

const configOf = (datasources?: JsonObject) =>
  new ConfigReader(datasources ? { datasourceAuth: { datasources } } : {});

const declare = (datasources?: JsonObject) =>
  new DeclaredDatasources({ config: configOf(datasources) });

const machine = (
  auth: JsonObject = {},
  change: JsonObject = {},
): JsonObject => ({
  ...change,
  auth: {
    grantType: 'client_credentials',
    clientId: 'backstage',
    clientSecret: 'hush',
    token: { url: 'https://login.example.com/token' },
    ...auth,
  },
});

describe('declarations', () => {
  it('are settings like all others, named by their key, with defaults and without secrets', () => {
    const declared = declare({
      crm: machine(
        {},
        { instance: { key: { secret: true, value: 'hush-2' } } },
      ),
    });
    expect(declared.names()).toEqual(['crm']);
    expect(declared.has('crm')).toBe(true);
    const { settings, secrets, secretInfos } = declared.get('crm')!;
    expect(settings).toMatchObject({
      name: 'crm',
      consumers: [],
      auth: { pkce: 'S256', clientAuthentication: 'client_secret_basic' },
    });
    expect(Object.fromEntries(secrets)).toEqual({
      'auth.clientSecret': 'hush',
      'instance.key': 'hush-2',
    });
    expect(JSON.stringify([settings, secretInfos])).not.toContain('hush');
    expect(Object.keys(secretInfos).sort()).toEqual([
      'auth.clientSecret',
      'instance.key',
    ]);
  });

  it('are empty if nothing is declared', () => {
    expect(declare().names()).toEqual([]);
    expect(declare({}).has('crm')).toBe(false);
    expect(declare().get('constructor')).toBeUndefined();
  });

  it('stop the start if one is invalid, with the path of every error and no secret', () => {
    const create = () =>
      declare({
        good: machine(),
        crm: machine({
          token: { url: 'nowhere' },
          clientAuthentication: 'telepathy',
        }),
      });
    expect(create).toThrow(
      /datasourceAuth\.datasources\.crm\.auth\.token\.url: Enter an absolute URL/,
    );
    expect(create).toThrow(
      /datasourceAuth\.datasources\.crm\.auth\.clientAuthentication: /,
    );
    expect(create).not.toThrow(/hush/);
  });

  it.each(['new', 'CRM', 'a b'])('reject the name %j', name => {
    expect(() => declare({ [name]: machine() })).toThrow(
      `datasourceAuth.datasources.${name}.name: `,
    );
  });

  it('cannot have a name other than their key', () => {
    const declared = declare({ crm: machine({}, { name: 'other' }) });
    expect(declared.get('crm')!.settings.name).toBe('crm');
    expect(declared.has('other')).toBe(false);
  });

  it('are applied as a whole or not at all when the configuration changes', () => {
    const declared = declare({ crm: machine() });
    expect(() =>
      declared.reload(
        configOf({ erp: machine(), bad: machine({ token: { url: 'x' } }) }),
      ),
    ).toThrow(/bad/);
    expect(declared.names()).toEqual(['crm']);
    declared.reload(configOf({ erp: machine() }));
    expect(declared.names()).toEqual(['erp']);
  });
});

describe.each(databaseIds())('declared datasources on %s', databaseId => {
  let knex: Knex;
  let store: DatasourceStore;
  let logger: ReturnType<typeof mockServices.logger.mock>;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    store = new DatasourceStore({ knex });
    logger = mockServices.logger.mock();
  });

  const start = (datasources?: JsonObject) =>
    declare(datasources).mirror({ store, logger });

  const present = async () => (await store.findByName('crm'))!;

  it('are mirrored as rows, without a secret in any column', async () => {
    await start({ crm: machine() });
    expect(await present()).toMatchObject({
      source: 'config',
      version: 1,
      sealed: undefined,
      attention: 2,
    });
    expect(JSON.stringify(await knex('datasources').select())).not.toContain(
      'hush',
    );
  });

  it('stay as they are if nothing changed', async () => {
    await start({ crm: machine() });
    const before = await knex('datasources').select();
    await start({ crm: machine() });
    expect(await knex('datasources').select()).toEqual(before);
    expect(logger.warn).not.toHaveBeenCalled();
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('follow a changed declaration under the same ID', async () => {
    await start({ crm: machine() });
    const { id } = await present();
    await start({ crm: machine({}, { title: 'CRM' }) });
    expect(await present()).toMatchObject({
      id,
      version: 2,
      settings: { title: 'CRM' },
    });
    const bound = (await present()).binding;
    await start({ crm: machine({ clientId: 'x' }, { title: 'CRM' }) });
    expect((await present()).binding).not.toBe(bound);
  });

  it('use a secret that was declared later, and are no longer listed as not configured', async () => {
    await start({ crm: machine({ clientSecret: null }) });
    expect((await present()).attention).toBe(1);
    await start({ crm: machine() });
    const after = await present();
    expect(after.attention).toBe(2);
    expect(Object.keys(after.secretInfos)).toEqual(['auth.clientSecret']);
    await start({ crm: machine({ token: {} }) });
    expect((await present()).attention).toBe(1);
  });

  it('need no attention if each person connects, until all plugins share a credential', async () => {
    const shared = { consumers: ['consumer-a'] };
    const code = {
      grantType: 'authorization_code',
      authorize: { url: 'https://login.example.com/authorize' },
    };
    await start({ crm: machine(code, { ...shared, subjects: 'user' }) });
    expect((await present()).attention).toBe(0);
    await start({ crm: machine(code, shared) });
    expect((await present()).attention).toBe(2);
    await start({ crm: machine(code, { ...shared, subjects: 'user' }) });
    expect((await present()).attention).toBe(0);
  });

  it('keep the status of their credential when the title changes', async () => {
    await start({ crm: machine() });
    await store.setAttention((await present()).id, 0);
    await start({ crm: machine({}, { title: 'CRM' }) });
    expect((await present()).attention).toBe(0);
  });

  it('rule 7: are hidden with a warning when the declaration is removed, and restored with their ID', async () => {
    await start({ crm: machine() });
    const { id } = await present();
    await start({});
    expect(await present()).toBeUndefined();
    expect(await store.findById(id)).toBeDefined();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/'crm' is no longer declared.*credential is kept/),
    );
    logger.warn.mockClear();
    await start({});
    expect(logger.warn).not.toHaveBeenCalled();
    await start({ crm: machine() });
    expect((await present()).id).toBe(id);
  });

  it('threats 15: leave a stored one with their name alone, and say so', async () => {
    const stored = randomUUID();
    await store.insert({
      id: stored,
      name: 'crm',
      source: 'database',
      ...contentOf(bareSettingsOf()),
    });
    await start({ crm: machine(), erp: machine() });
    expect((await present()).id).toBe(stored);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(
        /'crm' is declared.*the database has another one with this name/,
      ),
    );
    expect(await store.findByName('erp')).toBeDefined();
  });

  it('threats 15: do not reappear over a stored one that uses the name now', async () => {
    await start({ crm: machine() });
    await start({});
    const stored = randomUUID();
    await store.insert({
      id: stored,
      name: 'crm',
      source: 'database',
      ...contentOf(bareSettingsOf()),
    });
    await start({ crm: machine() });
    expect((await present()).id).toBe(stored);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('are mirrored once when replicas start at once', async () => {
    await Promise.all([
      start({ crm: machine() }),
      start({ crm: machine() }),
      start({ crm: machine() }),
    ]);
    expect(await store.listDeclared()).toHaveLength(1);
    expect(logger.error).not.toHaveBeenCalled();
  });
});
