import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { visitCallback, visitProvider } from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { LocalServer } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

/*
 * An attacker who can write to the database but has none of the keys. Each attack is one statement. The replica that is
 * called afterwards is a new one, with nothing in memory.
 */
describe.each(databaseIds())(
  'threats 16: attacks through the database, on %s',
  databaseId => {
    let provider: DemoProvider;
    let trap: LocalServer;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;

    beforeAll(async () => {
      provider = await createDemoProvider({ recordIssued: true });
      trap = await LocalServer.start();
      knex = await databases.init(databaseId);
      app = await startDatasourceAuth({
        knex,
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
      });
      jane = await app.user('user:default/jane');
    });

    afterAll(async () => {
      await app?.stop();
      await trap?.stop();
      await provider?.close();
    });

    let count = 0;
    /** A datasource with a credential that is in no memory. */
    async function authorized(): Promise<{ name: string; id: string }> {
      count += 1;
      const name = `sealed-${count}`;
      const settings = machine(name, provider.url, ['consumer-a']);
      const { body } = await jane('POST', '/authorizations', { settings });
      await jane('POST', '/datasources', {
        ...settings,
        credential: { action: 'replace', authorizationId: body.id },
      });
      const { id } = await knex('datasources').where({ name }).first();
      return { name, id };
    }
    const credentialOf = (id: string) =>
      knex('credentials').where({ datasource_id: id });
    const refused = async (name: string) => {
      const before = provider.issued.length;
      const answer = await app.consume('consumer-a', name);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body.accessToken).toBeUndefined();
      expect(provider.issued).toHaveLength(before);
    };

    it("a credential moved to the row of another datasource can't be decrypted", async () => {
      const [mine, theirs] = [await authorized(), await authorized()];
      const row = await credentialOf(theirs.id).first();
      await credentialOf(mine.id).update({ sealed: row.sealed });
      await refused(mine.name);
      expect((await app.consume('consumer-a', theirs.name)).status).toBe(200);
    });

    it("N2, threats 1: a key of the API can't be decrypted for another URL, allowed host, or header", async () => {
      const keyed = async () => {
        count += 1;
        const settings = {
          ...machine(`keyed-${count}`, provider.url, ['consumer-a']),
          api: { headers: { 'X-Key': { secret: true, value: 'api-key-1' } } },
        };
        const { body } = await jane('POST', '/authorizations', { settings });
        const saved = await jane('POST', '/datasources', {
          ...settings,
          credential: { action: 'replace', authorizationId: body.id },
        });
        expect(saved.status).toBe(201);
        return settings.name;
      };
      for (const change of [
        { baseUrl: trap.url },
        { allowedHosts: [new URL(trap.url).host] },
        { api: { headers: { 'X-Other': { secret: true } } } },
      ]) {
        const name = await keyed();
        const row = knex('datasources').where({ name });
        const { settings } = await row.clone().first();
        await row.update({
          settings: JSON.stringify({ ...JSON.parse(settings), ...change }),
        });
        const answer = await app.consume('consumer-a', name);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(JSON.stringify(answer.body)).not.toContain('api-key-1');
      }
      const { body } = await app.consume('consumer-a', await keyed());
      expect(body.headers['X-Key']).toBe('api-key-1');
    });

    it('not even with the identity of its original row', async () => {
      const [mine, theirs] = [await authorized(), await authorized()];
      const row = await credentialOf(theirs.id).first();
      await knex('datasources')
        .where({ id: mine.id })
        .update({
          settings: JSON.stringify({
            ...JSON.parse(
              (
                await knex('datasources').where({ id: mine.id }).first()
              ).settings,
            ),
            baseUrl: `http://localhost:${trap.port}`,
          }),
        });
      await credentialOf(mine.id).update({
        sealed: row.sealed,
        credential_id: row.credential_id,
        binding: row.binding,
        use_origins: row.use_origins,
      });
      await refused(mine.name);
      expect(trap.requests).toEqual([]);
    });

    it.each([
      ['a truncated tag', (sealed: string) => sealed.slice(0, -4)],
      ['an unknown key', (sealed: string) => sealed.replace('.k1.', '.k9.')],
      ['another version', (sealed: string) => sealed.replace(/^v1/, 'v0')],
      [
        'one other letter',
        (sealed: string) =>
          sealed.slice(0, 40) +
          (sealed[40] === 'A' ? 'B' : 'A') +
          sealed.slice(41),
      ],
      [
        'nothing behind the key',
        (sealed: string) => sealed.replace(/[^.]*$/, ''),
      ],
    ])("%s can't be decrypted", async (_, tamper) => {
      const { name, id } = await authorized();
      const { sealed } = await credentialOf(id).first();
      await credentialOf(id).update({ sealed: tamper(sealed) });
      await refused(name);
      const { body } = await jane('GET', `/datasources/${name}`);
      expect(body.status.state).toBe('ERROR');
    });

    it("secrets moved to the row of another datasource can't be decrypted, and nothing is requested without them", async () => {
      const [mine, theirs] = [await authorized(), await authorized()];
      const { sealed } = await knex('datasources')
        .where({ id: theirs.id })
        .first();
      await knex('datasources').where({ id: mine.id }).update({ sealed });
      await credentialOf(mine.id).update({
        obtained_at: 0,
        expires_at: 1,
        refresh_due_at: 1,
      });
      await refused(mine.name);
      expect(await credentialOf(mine.id).first()).toMatchObject({
        state: 'live',
        attempts: 0,
        presented_generation: null,
      });
      const { body } = await jane('GET', `/datasources/${mine.name}`);
      expect(body.status.state).toBe('ERROR');
    });

    it('settings that point elsewhere get neither the secrets nor the tokens', async () => {
      const { name, id } = await authorized();
      const row = await knex('datasources').where({ id }).first();
      const settings = JSON.parse(row.settings);
      settings.auth.token.url = `http://localhost:${trap.port}/token`;
      await knex('datasources')
        .where({ id })
        .update({ settings: JSON.stringify(settings) });
      await credentialOf(id).update({ expires_at: 1, refresh_due_at: 1 });
      await refused(name);
      await jane('POST', '/authorizations', { datasource: name, commit: true });
      expect(trap.requests).toEqual([]);
    });

    it.each(['baseUrl', 'allowedHosts'] as const)(
      'settings with a changed %s get no token, even if the credential claims to be for it',
      async member => {
        const { name, id } = await authorized();
        const row = await knex('datasources').where({ id }).first();
        const { use_origins: origins } = await credentialOf(id).first();
        const host = `localhost:${trap.port}`;
        const value = { baseUrl: `http://${host}`, allowedHosts: [host] };
        await knex('datasources')
          .where({ id })
          .update({
            settings: JSON.stringify({
              ...JSON.parse(row.settings),
              [member]: value[member],
            }),
          });
        await credentialOf(id).update({
          use_origins: JSON.stringify([
            ...JSON.parse(origins),
            ...[`http://${host}`, `//${host}`],
          ]),
        });
        await refused(name);
        await jane('POST', `/datasources/${name}/test`);
        expect(trap.requests).toEqual([]);
        const { body } = await jane('GET', `/datasources/${name}`);
        expect(body.status.state).toBe('ERROR');
      },
    );

    it('an attempt with changed settings sends neither its secret nor its code there', async () => {
      const { body: begun } = await jane('POST', '/authorizations', {
        settings: web('attempt', provider.url),
      });
      const { callback, cookie } = await visitProvider(app, begun.ticket);
      const attempt = knex('authorizations').where({ id: begun.id });
      const settings = JSON.parse((await attempt.clone().first()).settings);
      settings.auth.token.url = `http://localhost:${trap.port}/token`;
      await attempt.clone().update({ settings: JSON.stringify(settings) });
      await visitCallback(app, callback, cookie);
      expect(trap.requests).toEqual([]);
      expect((await attempt.clone().first()).sealed_result).toBeNull();
    });
  },
);
