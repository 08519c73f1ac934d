import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { connectAccount } from '../__testUtils__/connectAccount';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { eventually } from '../__testUtils__/eventually';
import { recordNotifications } from '../__testUtils__/recordNotifications';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { createUsersCatalog } from '../__testUtils__/usersCatalog';
import { databaseNow } from '../database/database';
import { NoticeStore } from './NoticeStore';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const DAY = 24 * 60 * 60_000;
const PAGE = 'http://localhost:3000/datasource-auth/connections';
const UNUSED = 'datasource-auth-unused-connections';

describe.each(databaseIds())(
  'N10: notices for people about their own accounts, on %s',
  databaseId => {
    const catalog = createUsersCatalog();
    const notifications = recordNotifications();
    const { sent } = notifications;
    let provider: DemoProvider;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;
    let joe: ApiClient;
    let count = 0;
    let name: string;

    const start = () =>
      startDatasourceAuth({
        knex,
        features: [catalog.feature, notifications.feature],
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
      });

    beforeAll(async () => {
      provider = await createDemoProvider({ recordIssued: true });
      knex = await databases.init(databaseId);
      app = await start();
      jane = await app.user(JANE);
      joe = await app.user(JOE);
    });

    afterAll(async () => {
      await app?.stop();
      await provider?.close();
    });

    const settingsOf = (more: object = {}) => ({
      ...web(name, provider.url),
      ...{ consumers: ['consumer-a'], subjects: 'user', title: 'CRM' },
      ...more,
    });

    beforeEach(async () => {
      await knex('datasources').delete();
      await knex('people').delete();
      provider.setFaults({});
      catalog.users = new Map([
        [JANE, 'uid-jane'],
        [JOE, 'uid-joe'],
      ]);
      count += 1;
      name = `crm-${count}`;
      await jane('POST', '/datasources', settingsOf());
      for (const person of [jane, joe]) await connectAccount(app, person, name);
      sent.length = 0;
    });

    afterEach(() => {
      jest.restoreAllMocks();
      assertDiscreet();
    });

    /** Neither an account, nor a secret, nor anyone else. */
    function assertDiscreet() {
      const texts = JSON.stringify(sent.map(({ payload }) => payload));
      expect(texts).not.toMatch(/demo\.example|demo-only|user:default/);
    }

    const idOf = async () =>
      (await knex('datasources').where({ name }).first()).id;
    const use = (userRef: string, running = app) =>
      running.consume('consumer-a', name, { ...{ userRef, subject: 'user' } });
    const disconnected = (why: RegExp, more: object = {}) =>
      expect.objectContaining({
        title: 'Your account at CRM was disconnected',
        description: expect.stringMatching(why),
        link: `${PAGE}?datasource=${name}`,
        ...more,
      });
    const recipients = () =>
      sent.flatMap(({ recipients: to }) =>
        to.type === 'entity' ? to.entityRef : [],
      );

    it('to connect again if the provider refused a refresh: once, whatever replica noticed', async () => {
      const other = await start();
      try {
        await knex('credentials').update({
          ...{ obtained_at: 1, expires_at: 1, refresh_due_at: 1 },
          ...{ changed_at: databaseNow(knex) },
        });
        for (const each of [app, other]) each.tellChange(await idOf());
        provider.revokeGrants();
        const used = await Promise.all([use(JANE), use(JANE, other)]);
        expect(used.map(({ body }) => body.error.code)).toEqual([
          'user_not_connected',
          'user_not_connected',
        ]);
        await use(JANE);
        await eventually(async () => expect(sent).toHaveLength(1));
        await use(JANE, other);
      } finally {
        await other.stop();
      }
      expect(sent).toEqual([
        {
          recipients: { type: 'entity', entityRef: [JANE] },
          payload: expect.objectContaining({
            title: 'Connect your account at CRM again',
            link: `${PAGE}?datasource=${name}`,
          }),
        },
      ]);
    });

    it('if a manager disconnects one or everyone, but not if they do so themselves', async () => {
      const path = `/datasources/${name}/connections`;
      await jane('DELETE', `${path}/${encodeURIComponent(JOE)}`);
      expect(recipients()).toEqual([JOE]);
      expect(sent[0].payload).toEqual(disconnected(/^Someone who manages/));
      await connectAccount(app, joe, name);
      await jane('DELETE', path);
      expect(recipients()).toEqual([JOE, JANE, JOE]);
      sent.length = 0;
      for (const person of [jane, joe]) await connectAccount(app, person, name);
      await jane('DELETE', `/connections/${name}`);
      await joe('DELETE', '/connections');
      expect(sent).toEqual([]);
    });

    it('if they left the catalog', async () => {
      const round = () => app.runTask('datasource-auth-presence');
      await round();
      catalog.users!.delete(JOE);
      await round();
      expect(sent).toEqual([]);
      await knex('people')
        .where({ subject: JOE })
        .update({ missing_since: Date.now() - DAY });
      await round();
      await round();
      expect(recipients()).toEqual([JOE]);
      expect(sent[0].payload).toEqual(disconnected(/^You weren't in the cat/));
    });

    it('if new settings end their connection, or the datasource is deleted', async () => {
      const { body } = await jane('GET', `/datasources/${name}`);
      const settings = settingsOf();
      settings.auth.clientId = 'another';
      const saved = await jane('PUT', `/datasources/${name}`, settings, {
        'if-match': `"${body.version}"`,
      });
      expect(saved.status).toBe(200);
      expect(recipients().sort()).toEqual([JANE, JOE]);
      expect(sent[0].payload).toEqual(disconnected(/^The settings of the/));
      sent.length = 0;
      count += 1;
      name = `crm-${count}`;
      await jane('POST', '/datasources', settingsOf());
      await connectAccount(app, joe, name);
      await jane('DELETE', `/datasources/${name}?force=true`);
      expect(recipients()).toEqual([JOE]);
      expect(sent[0].payload).toEqual(
        disconnected(/^The datasource was deleted/, { link: PAGE }),
      );
    });

    it('if they let a plugin act as them', async () => {
      const forJane = app.bearer(
        await app.pluginToken('consumer-a', { userRef: JANE }),
      );
      const asked = await forJane('POST', '/delegations', {
        ...{ datasource: name, purpose: 'Run 42', context: { task: '42' } },
      });
      const id = asked.body.error.link.split('/').at(-1);
      expect(sent).toEqual([]);
      const path = `/delegations/${id}`;
      const { version, until } = (await jane('GET', path)).body;
      const approve = () => jane('POST', `${path}/approval`, { version });
      expect((await approve()).status).toBe(200);
      await approve();
      const day = new Date(until).toISOString().slice(0, 10);
      expect(sent).toEqual([
        {
          recipients: { type: 'entity', entityRef: [JANE] },
          payload: expect.objectContaining({
            title: 'consumer-a can act as you at CRM',
            description: expect.stringContaining(`until ${day}`),
            link: `${PAGE}?datasource=${name}`,
          }),
        },
      ]);
    });

    describe('about connections that nobody used', () => {
      const stateOf = async (subject: string) =>
        (await knex('credentials').where({ subject }).first()).state;

      /** Both were told a week ago, and are due today. */
      async function due() {
        await knex('credentials').update({
          last_used_at: Date.now() - 100 * DAY,
        });
        await app.runTask(UNUSED);
        expect(recipients()).toEqual([JANE, JOE]);
        await knex('notices').update({ at: Date.now() - 8 * DAY });
        sent.length = 0;
      }

      it('a week before, and when they are disconnected', async () => {
        await due();
        await app.runTask(UNUSED);
        await app.runTask(UNUSED);
        expect(recipients()).toEqual([JANE, JOE]);
        expect(sent[0].payload).toEqual(disconnected(/^No plugin used it/));
      });

      it.each([
        ['disconnects', () => jane('DELETE', `/connections/${name}`)],
        ['reconnects', () => connectAccount(app, jane, name)],
      ])(
        'not if the person %s meanwhile, and the others are ended',
        async (what, act) => {
          await due();
          const original = NoticeStore.prototype.sentAt;
          jest
            .spyOn(NoticeStore.prototype, 'sentAt')
            .mockImplementationOnce(async function late(
              this: NoticeStore,
              ...args
            ) {
              await act();
              return original.apply(this, args);
            });
          await app.runTask(UNUSED);
          expect(recipients()).toEqual([JOE]);
          expect(await stateOf(JOE)).toBe('cleared');
          expect(await stateOf(JANE)).toBe(
            what === 'reconnects' ? 'live' : 'cleared',
          );
        },
      );

      it('although another one fails', async () => {
        await due();
        jest
          .spyOn(NoticeStore.prototype, 'sentAt')
          .mockRejectedValueOnce(new Error('The database is down'));
        await app.runTask(UNUSED);
        expect(recipients()).toEqual([JOE]);
        await app.runTask(UNUSED);
        expect(recipients()).toEqual([JOE, JANE]);
      });
    });
  },
);
