import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { connectAccount } from '../__testUtils__/connectAccount';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { recordOutput } from '../__testUtils__/recordOutput';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { BrokerMoment } from '../credentials/TokenBroker';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const DAY = 24 * 60 * 60_000;
const TASK = 'datasource-auth-revocations';

describe.each(databaseIds())(
  'the tokens of ended connections on %s',
  databaseId => {
    const output = recordOutput();
    let provider: DemoProvider;
    let endpoint: LocalServer;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;
    let joe: ApiClient;
    let hold = async (_moment: BrokerMoment) => {};

    beforeAll(async () => {
      provider = await createDemoProvider({ recordIssued: true });
      endpoint = await LocalServer.start();
      knex = await databases.init(databaseId);
      app = await startDatasourceAuth({
        knex,
        hold: moment => hold(moment),
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
        features: output.features,
      });
      jane = await app.user(JANE);
      joe = await app.user(JOE);
    });

    beforeEach(async () => {
      await knex('revocations').delete();
      endpoint.requests.length = 0;
      endpoint.behave(json({}));
      hold = async () => {};
    });

    afterAll(async () => {
      await app?.stop();
      await endpoint?.stop();
      await provider?.close();
    });

    let count = 0;
    const settingsOf = (name: string, url: string) => {
      const settings = web(name, provider.url);
      const { auth } = settings;
      const revoke = { url: `${url}/revoke` };
      return {
        ...{ ...settings, consumers: ['consumer-a'], subjects: 'user' },
        auth: { ...auth, revoke },
      };
    };
    const ours = () => `http://localhost:${endpoint.port}`;
    /** Saves a datasource to which these people are connected. */
    async function connected(...people: ApiClient[]): Promise<string> {
      count += 1;
      const name = `ended-${count}`;
      const saved = await jane(
        'POST',
        '/datasources',
        settingsOf(name, ours()),
      );
      expect(saved.status).toBe(201);
      for (const person of people) await connectAccount(app, person, name);
      return name;
    }
    /** The refresh tokens that the people got, oldest first. */
    const refreshTokens = (people: number) =>
      provider.issued
        .filter(({ kind }) => kind === 'refresh_token')
        .slice(-people)
        .map(({ value }) => value);
    const revoked = () =>
      endpoint.requests
        .filter(({ form }) => form.get('token_type_hint') === 'refresh_token')
        .map(({ form }) => form.get('token'));
    const down = () => endpoint.behave(json({ error: 'down' }, 503));
    const waiting = () => knex('revocations');
    /** Makes every stored revocation due, as if this time had passed. */
    const later = async (milliseconds: number) => {
      await knex('revocations').update({
        next_attempt_at: 0,
        created_at: Date.now() - milliseconds,
      });
      await app.runTask(TASK);
    };

    it('threats 47: of a deleted datasource are revoked after a day in which the provider was down', async () => {
      const name = await connected(jane, joe);
      const tokens = refreshTokens(2);
      down();
      expect(
        (await jane('DELETE', `/datasources/${name}?force=true`)).status,
      ).toBe(204);
      expect(await knex('datasources').where({ name })).toEqual([]);
      const rows = await waiting();
      expect(rows).toHaveLength(2);
      for (const { sealed, ...row } of rows) {
        expect(JSON.stringify(row)).not.toMatch(/jane|joe|demo-only/);
        // What is random can contain a short name, but no punctuation.
        expect(sealed).toMatch(/^v1\.\w+\.[\w-]+/);
        expect(sealed).not.toMatch(/user:|demo-only/);
      }
      // Nothing is due before the first pause.
      await app.runTask(TASK);
      expect(endpoint.requests).toHaveLength(0);
      for (let hour = 0; hour < 24; hour += 6) await later(hour);
      expect(await waiting()).toHaveLength(2);
      endpoint.behave(json({}));
      endpoint.requests.length = 0;
      await later(DAY);
      expect(revoked().sort()).toEqual(tokens.sort());
      expect(endpoint.last.headers.authorization).toMatch(/^Basic /);
      expect(await waiting()).toEqual([]);
      for (const token of tokens) {
        expect(JSON.stringify(output.written())).not.toContain(token);
      }
    });

    it('wait longer after each failure, and a provider that is down gets one call a run', async () => {
      const name = await connected(jane, joe);
      down();
      await jane('DELETE', `/datasources/${name}?force=true`);
      await later(0);
      expect(revoked()).toHaveLength(1);
      const [tried] = await waiting().where({ attempts: 1 });
      const [{ now }] = await knex('revocations').max({ now: 'created_at' });
      expect(Number(tried.next_attempt_at)).toBeGreaterThan(
        Number(now) + 50_000,
      );
      await waiting().where({ id: tried.id }).update({ attempts: 40 });
      await later(0);
      await later(0);
      const latest = Math.max(
        ...(await waiting()).map(row => Number(row.next_attempt_at)),
      );
      expect(latest).toBeLessThan(Date.now() + 8 * 60 * 60_000);
    });

    it('threats 47: that a provider never revokes are reported after a week', async () => {
      const name = await connected(jane);
      down();
      const answer = await jane('DELETE', `/connections/${name}`);
      expect(answer).toMatchObject({ status: 200, body: { revoked: false } });
      await later(6 * DAY);
      expect(await waiting()).toHaveLength(1);
      await later(8 * DAY);
      expect(await waiting()).toEqual([]);
      const { log, notifications } = output.written();
      expect(log).toContain(`'${name}' did not confirm the revocation of 1`);
      expect(notifications).toContain(`Tokens of ${name} were not revoked`);
      const { body } = await jane('GET', `/datasources/${name}/activity`);
      expect(body.items[0]).toMatchObject({
        kind: 'revoked',
        details: { confirmed: false, count: 1 },
      });
      expect(JSON.stringify(body)).not.toContain(refreshTokens(1)[0]);
    });

    it('of a person who disconnects are revoked at once, or later if the provider is down', async () => {
      const name = await connected(jane);
      const [first] = refreshTokens(1);
      expect((await jane('DELETE', `/connections/${name}`)).body).toEqual({
        revoked: true,
      });
      expect(revoked()).toEqual([first]);
      await connectAccount(app, jane, name);
      const [second] = refreshTokens(1);
      down();
      expect((await jane('DELETE', `/connections/${name}`)).body).toEqual({
        revoked: false,
      });
      endpoint.behave(json({}));
      await later(DAY);
      expect(revoked().at(-1)).toBe(second);
      expect(await waiting()).toEqual([]);
    });

    it('of everyone are revoked in the background, if a manager disconnects all', async () => {
      const name = await connected(jane, joe);
      const tokens = refreshTokens(2);
      const path = `/datasources/${name}/connections`;
      expect((await jane('DELETE', path)).body).toEqual({ disconnected: 2 });
      for (const userRef of [JANE, JOE]) {
        const taken = await app.consume('consumer-a', name, {
          ...{ userRef, subject: 'user' },
        });
        expect(taken.body.error.code).toBe('user_not_connected');
      }
      expect(endpoint.requests).toEqual([]);
      await later(0);
      expect(revoked().sort()).toEqual(tokens.sort());
      expect((await jane('DELETE', path)).body).toEqual({ disconnected: 0 });
      const { body } = await jane('GET', `/datasources/${name}/activity`);
      expect(body.items[0]).toMatchObject({
        ...{ kind: 'disconnected', actor: JANE, details: { people: 2 } },
      });
      expect(JSON.stringify(body)).not.toContain(JOE);
    });

    it('are revoked after 90 days without use, with a notice a week before', async () => {
      const name = await connected(jane, joe);
      const { id } = await knex('datasources').where({ name }).first();
      const his = () =>
        knex('credentials').where({ datasource_id: id, subject: JOE });
      const title = `Your account at ${name} will be disconnected`;
      const notices = () =>
        output.written().notifications.split(title).length - 1;
      const daily = () => app.runTask('datasource-auth-unused-connections');
      const unusedFor = (days: number) =>
        his().update({ last_used_at: Date.now() - days * DAY });
      await unusedFor(82);
      await daily();
      expect(notices()).toBe(0);
      // However long it was unused: first a notice, then a week.
      const since = Date.now() - 100 * DAY;
      await his().update({ last_used_at: since });
      await daily();
      await daily();
      expect(notices()).toBe(1);
      expect(await his()).toMatchObject([{ state: 'live' }]);
      await knex('notices')
        .where({ kind: 'unused' })
        .update({ at: Date.now() - 7 * DAY });
      // After a use in between, the time starts again.
      await unusedFor(1);
      await daily();
      expect(await his()).toMatchObject([{ state: 'live' }]);
      await his().update({ last_used_at: since });
      await daily();
      expect(await his()).toMatchObject([{ state: 'cleared', sealed: null }]);
      expect(revoked()).toHaveLength(1);
      expect(output.written().audit).toContain('"actionType":"end-unused"');
      expect(
        await knex('credentials').where({ datasource_id: id, subject: JANE }),
      ).toMatchObject([{ state: 'live' }]);
    });

    it('threats 47: that settings no longer belong to are revoked with the settings they were obtained under', async () => {
      const name = await connected(jane, joe);
      const tokens = refreshTokens(2);
      const elsewhere = await LocalServer.start(json({}));
      try {
        const { body } = await jane('GET', `/datasources/${name}`);
        const settings = settingsOf(name, `http://localhost:${elsewhere.port}`);
        const moved = await jane('PUT', `/datasources/${name}`, settings, {
          'if-match': `"${body.version}"`,
        });
        expect(moved.status).toBe(200);
        await later(0);
        expect(revoked().sort()).toEqual(tokens.sort());
        expect(elsewhere.requests).toEqual([]);
        const taken = await app.consume('consumer-a', name, {
          ...{ userRef: JANE, subject: 'user' },
        });
        expect(taken.body.error.code).toBe('user_not_connected');
      } finally {
        await elsewhere.stop();
      }
    });

    it('threats 47: of a refresh that was running are revoked too', async () => {
      const name = await connected(jane);
      const { id } = await knex('datasources').where({ name }).first();
      await knex('credentials')
        .where({ datasource_id: id })
        .update({ obtained_at: 1, expires_at: 1, refresh_due_at: 1 });
      app.tellChange(id);
      const [first] = refreshTokens(1);
      let go = () => {};
      const arrived = new Promise<void>(arrive => {
        hold = async moment => {
          if (moment !== 'response') return;
          arrive();
          await new Promise<void>(release => {
            go = release;
          });
        };
      });
      const refreshing = app.consume('consumer-a', name, {
        ...{ userRef: JANE, subject: 'user' },
      });
      await arrived;
      await jane('DELETE', `/connections/${name}`);
      go();
      expect((await refreshing).status).toBeGreaterThanOrEqual(400);
      await later(0);
      const [newest] = refreshTokens(1);
      expect(newest).not.toBe(first);
      expect(revoked()).toEqual([first, newest]);
    });

    it("threats 47: can't be sent elsewhere by writing to the database", async () => {
      const [mine, theirs] = [await connected(jane), await connected(jane)];
      down();
      await jane('DELETE', `/connections/${mine}`);
      await jane('DELETE', `/connections/${theirs}`);
      const [one, other] = await waiting();
      await waiting().where({ id: one.id }).update({ sealed: other.sealed });
      await waiting().where({ id: other.id }).delete();
      endpoint.requests.length = 0;
      endpoint.behave(json({}));
      await later(0);
      expect(endpoint.requests).toEqual([]);
      expect(await waiting()).toHaveLength(1);
    });
  },
);
