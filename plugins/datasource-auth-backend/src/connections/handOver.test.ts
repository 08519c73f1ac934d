import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import { recordAudit } from '../__testUtils__/recordAudit';
import { recordNotifications } from '../__testUtils__/recordNotifications';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { createUsersCatalog } from '../__testUtils__/usersCatalog';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const BOB = 'user:default/bob';
const OWNER = 'group:default/crm';
const DAY = 24 * 60 * 60_000;

describe.each(databaseIds())(
  'N12 handing over what someone who left authorized, on %s',
  databaseId => {
    const catalog = createUsersCatalog();
    const audit = recordAudit();
    const notifications = recordNotifications();
    const { sent } = notifications;
    let provider: DemoProvider;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;
    let bob: ApiClient;
    let count = 0;
    let name: string;

    const start = (people?: object) =>
      startDatasourceAuth({
        knex,
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
          people,
        },
        features: [audit.feature, notifications.feature, catalog.feature],
      });

    beforeAll(async () => {
      provider = await createDemoProvider({ recordIssued: true });
      knex = await databases.init(databaseId);
      app = await start();
      jane = await app.user(JANE);
      bob = await app.user(BOB);
    });

    afterAll(async () => {
      await app?.stop();
      await provider?.close();
    });

    const round = () => app.runTask('datasource-auth-presence');
    const dayLater = async () => {
      await knex('people')
        .whereNotNull('missing_since')
        .update({ missing_since: Date.now() - DAY });
      await round();
    };

    /** Authorizes the datasource with an account of this user, without a Save. */
    async function authorize(user: ApiClient) {
      const { body: begun } = await user('POST', '/authorizations', {
        ...{ datasource: name, commit: true },
      });
      const { callback, cookie } = await visitProvider(app, begun.ticket);
      const returned = await visitCallback(app, callback, cookie);
      const completed = await user(
        'POST',
        `/authorizations/${begun.id}/completion`,
        { completion: fragmentOf(returned).get('completion') },
      );
      expect(completed.body.status).toBe('consumed');
    }

    beforeEach(async () => {
      await knex('datasources').delete();
      await knex('people').delete();
      sent.length = 0;
      catalog.users = new Map([
        [JANE, 'uid-jane'],
        [BOB, 'uid-bob'],
      ]);
      count += 1;
      name = `crm-${count}`;
      await jane('POST', '/datasources', {
        ...web(name, provider.url),
        ...{ consumers: ['consumer-a'], owner: OWNER, title: 'CRM' },
      });
      await authorize(jane);
      await round();
    });

    const leave = async () => {
      catalog.users!.delete(JANE);
      await round();
    };
    const read = async (client = bob) => {
      const { body: one } = await client('GET', `/datasources/${name}`);
      const { body: list } = await client('GET', '/datasources');
      expect(list.items[0].status).toEqual(one.status);
      return one.status;
    };
    const healthOf = async (client = bob) =>
      (await client('GET', '/health')).body.checks.find(
        ({ id }: { id: string }) => id === 'authorizers',
      );
    const use = async () => (await app.consume('consumer-a', name)).status;

    it('shows it, while the datasource keeps working', async () => {
      expect(await read()).not.toHaveProperty('authorizerLeft');
      expect(await healthOf()).toMatchObject({ state: 'ok' });
      await leave();
      await dayLater();
      await dayLater();
      const status = await read();
      expect(status).toMatchObject({
        ...{ state: 'AUTHORIZED', authorizerLeft: true },
      });
      expect(await use()).toBe(200);
      expect(await healthOf()).toMatchObject({
        state: 'advice',
        title: '1 datasource was authorized by someone who has left',
      });
      // It names nobody, and needs no attention.
      expect(JSON.stringify(status)).not.toContain(JANE);
      const { body } = await bob('GET', '/datasources?attention=true');
      expect(body.items).toEqual([]);
    });

    it('ends when another person authorizes it: the earlier credential works until then', async () => {
      await leave();
      const { body: begun } = await bob('POST', '/authorizations', {
        ...{ datasource: name, commit: true },
      });
      expect(await use()).toBe(200);
      expect(await read()).toMatchObject({ authorizerLeft: true });
      await bob('DELETE', `/authorizations/${begun.id}`);
      const [before] = await knex('credentials').select('credential_id');
      await authorize(bob);
      const [after] = await knex('credentials').select('credential_id');
      expect(after).not.toEqual(before);
      expect(await read()).not.toHaveProperty('authorizerLeft');
      expect(await use()).toBe(200);
      await round();
      expect(await knex('people').pluck('subject')).toEqual([BOB]);
    });

    it('ends when the person is back', async () => {
      await leave();
      expect(await read()).toMatchObject({ authorizerLeft: true });
      catalog.users!.set(JANE, 'uid-jane');
      await round();
      expect(await read()).not.toHaveProperty('authorizerLeft');
    });

    it('ends when the credential is cleared', async () => {
      await leave();
      await bob('DELETE', `/datasources/${name}/credential`);
      expect(await read()).not.toHaveProperty('authorizerLeft');
      expect(await healthOf()).toMatchObject({ state: 'ok' });
      await round();
      expect(await knex('people')).toEqual([]);
    });

    it('notifies the owner once, a day later', async () => {
      await leave();
      expect(sent).toEqual([]);
      await dayLater();
      await dayLater();
      expect(sent).toEqual([
        {
          recipients: { type: 'entity', entityRef: [OWNER] },
          payload: expect.objectContaining({
            title: 'CRM was authorized by someone who has left',
            link: `http://localhost:3000/datasource-auth/${name}`,
          }),
        },
      ]);
      expect(JSON.stringify(sent)).not.toContain(JANE);
      expect(JSON.stringify(audit.events)).not.toContain('end-missing');
    });

    it('misses only who was seen once', async () => {
      await knex('people').delete();
      await leave();
      await dayLater();
      expect(await read()).not.toHaveProperty('authorizerLeft');
    });

    it('knows nobody who deleted their data', async () => {
      await leave();
      expect((await jane('DELETE', '/connections')).status).toBe(200);
      await round();
      await dayLater();
      const [{ authorized_by: by }] = await knex('credentials');
      expect(by).toMatch(/^user:deleted\//);
      expect(await read()).not.toHaveProperty('authorizerLeft');
      expect(await use()).toBe(200);
    });

    it('says nothing where no person authorized, or each person connects', async () => {
      const { body } = await jane('GET', `/datasources/${name}`);
      await jane(
        'PUT',
        `/datasources/${name}`,
        {
          ...web(name, provider.url),
          ...{ consumers: ['consumer-a'], subjects: 'user' },
        },
        { 'if-match': `"${body.version}"` },
      );
      await jane('POST', '/datasources', machine('machine', provider.url));
      const { body: begun } = await jane('POST', '/authorizations', {
        ...{ datasource: 'machine', commit: true },
      });
      expect(begun.status).toBe('consumed');
      await leave();
      await dayLater();
      const { body: list } = await bob('GET', '/datasources');
      expect(list.items).toHaveLength(2);
      for (const { status } of list.items) {
        expect(status).not.toHaveProperty('authorizerLeft');
      }
      expect(await healthOf()).toMatchObject({ state: 'ok' });
      expect(sent).toEqual([]);
    });

    it('pages through connected people and those who authorized', async () => {
      const [row] = await knex('credentials');
      for (let index = 0; index < 502; index += 1) {
        const subject = `user:default/more-${index}`;
        await knex('credentials').insert({
          ...{ ...row, subject, sealed: null, authorized_by: null },
        });
        catalog.users!.set(subject, `uid-${index}`);
      }
      await round();
      expect(await knex('people')).toHaveLength(503);
      await leave();
      expect(await read()).toMatchObject({ authorizerLeft: true });
    });

    it('says nothing if presence is off', async () => {
      await leave();
      const other = await start({ presence: 'off' });
      try {
        const user = await other.user(BOB);
        expect(await read(user)).not.toHaveProperty('authorizerLeft');
        expect(await healthOf(user)).toBeUndefined();
      } finally {
        await other.stop();
      }
    });
  },
);
