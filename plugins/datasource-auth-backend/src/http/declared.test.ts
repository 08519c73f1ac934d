import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { parse } from 'yaml';
import { databases } from '../__testUtils__/databases';
import { machine } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

describe('a datasource that moves from the page to Git', () => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    knex = await databases.init('SQLITE_3');
  });
  afterEach(() => app?.stop());
  afterAll(() => provider?.close());

  async function start(datasources: any) {
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        // The same for all starts, whatever their port.
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        datasources,
      },
    });
    jane = await app.user('user:default/jane');
  }

  const read = async () => (await jane('GET', '/datasources/crm')).body;
  const declarations = async () =>
    (await jane('GET', '/health')).body.checks.find(
      ({ id }: any) => id === 'declarations',
    );

  let exported: any;

  it('is stored and exported', async () => {
    await start({});
    const settings = machine('crm', provider.url);
    expect((await jane('POST', '/datasources', settings)).status).toBe(201);
    const yaml = (await jane('GET', '/datasources/crm/export')).body;
    exported = parse(
      yaml.replace('${CRM_CLIENT_SECRET}', 'demo-only-machine-secret'),
    ).datasourceAuth.datasources;
    expect(await read()).not.toHaveProperty('drift');
    expect(await declarations()).toMatchObject({ state: 'ok' });
  });

  it('threats 15: stays in use as stored, and says that it equals its declaration', async () => {
    await start(exported);
    expect(await read()).toMatchObject({
      source: 'database',
      drift: { kind: 'declaration_unused', settings: [] },
    });
    const check = await declarations();
    expect(check).toMatchObject({
      state: 'problem',
      detail:
        '1 declared datasource is unused: a stored one of the same name is used.',
      remedy: expect.stringMatching(/^Delete the stored one/),
    });
    expect(JSON.stringify(check)).not.toContain('crm');
    const deleted = await jane('DELETE', '/datasources/crm?force=true');
    expect(deleted.status).toBe(204);
  });

  it('is declared and authorized from the next start', async () => {
    await start(exported);
    expect(await read()).not.toHaveProperty('drift');
    expect(await declarations()).toMatchObject({ state: 'ok' });
    const granted = await jane('POST', '/authorizations', {
      datasource: 'crm',
      commit: true,
    });
    expect(granted.status).toBe(201);
    expect(await read()).toMatchObject({
      source: 'config',
      status: { state: 'AUTHORIZED' },
    });
  });

  it('rule 7: says that its settings changed in Git, and uses the credential again after a rollback', async () => {
    const { crm } = exported;
    const changed = { ...crm, auth: { ...crm.auth, clientId: 'another' } };
    await start({ crm: changed });
    expect((await read()).status).toMatchObject({
      state: 'NOT_AUTHORIZED',
      reasonCode: 'settings_changed',
    });
    await app.stop();
    await start(exported);
    expect((await read()).status.state).toBe('AUTHORIZED');
  });
});
