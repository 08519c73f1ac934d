import { Knex } from 'knex';
import { fragmentOf, postForm, visitCallback } from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { secretOf } from '../__testUtils__/invitation';
import { recordOutput, Sink } from '../__testUtils__/recordOutput';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { uniqueName, WHO_MAY, World } from '../access/__testUtils__/whoMay';
import { everyRoute } from '../http/__testUtils__/everyRoute';
import { FAILURES } from './__testUtils__/failures';
import { databaseNow } from '../database/database';
import { TalkativeProvider } from './__testUtils__/TalkativeProvider';

jest.setTimeout(240_000);

const CALLBACK = 'http://localhost:7007/api/datasource-auth/oauth/callback';
const ASK = 'POST /authorization-requests';
const EVE = 'user:default/eve';
const SINKS: Sink[] = ['log', 'audit', 'events', 'notifications', 'metrics'];

/** Responses that may hold one of these values, because they exist for that. */
const MEANT: Record<string, string[]> = {
  'POST /datasources/{name}/token': ['access-token'],
  'POST /authorizations': ['ticket'],
  [ASK]: ['link'],
  'POST /delegations': ['delegation'],
  'POST /oauth/start': ['state', 'cookie'],
  'GET /oauth/callback': ['completion'],
};

/*
 * Plants secrets, tokens and one-time values, calls every route with valid and invalid requests, makes the provider
 * fail in every way, and looks for the values in all output. At the end, a leak is planted in each place and must be
 * found.
 */
describe.each(databaseIds())(
  'threats 23, [checklist 46]: the output, on %s',
  databaseId => {
    const output = recordOutput();
    const answers: Array<{ route: string; text: string }> = [];
    let provider: TalkativeProvider;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;
    let callers: ApiClient[];
    let secrets: Record<'client' | 'password' | 'header' | 'instance', string>;

    /** Keeps the response of a route, to examine it later. */
    const keeping =
      (client: ApiClient, route: string): ApiClient =>
      async (...call) => {
        const answer = await client(...call);
        const { status, headers, body } = answer;
        const text = JSON.stringify([status, [...headers], body]);
        answers.push({ route, text });
        if (route === ASK && status === 201) {
          provider.plant('link', secretOf(answer));
        }
        return answer;
      };

    beforeAll(async () => {
      provider = await TalkativeProvider.start();
      secrets = {
        client: provider.value('client-secret'),
        password: provider.value('password'),
        header: provider.value('header'),
        instance: provider.value('instance'),
      };
      knex = await databases.init(databaseId);
      app = await startDatasourceAuth({
        knex,
        features: output.features,
        datasourceAuth: { callbackUrl: CALLBACK },
      });
      jane = await app.user('user:default/jane');
      callers = [
        jane,
        app.anonymous,
        await app.user('user:default/eve'),
        app.bearer(await app.pluginToken('consumer-a')),
        app.bearer(await app.pluginToken('consumer-b')),
        app.bearer('static-token-1'),
      ];
    });

    afterAll(async () => {
      await app?.stop();
      await provider?.stop();
    });

    const settings = (name: string, auth: object = {}) => ({
      name,
      owner: 'group:default/sales',
      baseUrl: provider.url,
      testPath: '/echo',
      consumers: ['consumer-a'],
      gateway: { routes: [{ methods: ['GET', 'POST'], path: '/x' }] },
      instance: { key: { secret: true, value: secrets.instance } },
      auth: {
        grantType: 'client_credentials',
        clientId: 'canary',
        clientSecret: secrets.client,
        clientAuthentication: 'client_secret_post',
        token: {
          url: `${provider.url}/token`,
          params: { key: '{{instance.key}}' },
          headers: { 'X-Key': { secret: true, value: secrets.header } },
        },
        response: { keep: ['scope'] },
        ...auth,
      },
    });
    const web = (name: string) =>
      settings(name, {
        grantType: 'authorization_code',
        authorize: { url: `${provider.url}/authorize` },
        revoke: { url: `${provider.url}/revoke` },
      });
    const password = (name: string) =>
      settings(name, {
        ...{ grantType: 'password', username: 'robot' },
        clientAuthentication: 'client_secret_basic',
        password: secrets.password,
      });

    async function begin(wanted: object) {
      const client = keeping(jane, 'POST /authorizations');
      const { body } = await client('POST', '/authorizations', {
        settings: wanted,
      });
      if (body.ticket) provider.plant('ticket', body.ticket);
      return body;
    }

    /** Goes from the ticket to the redirect of the callback. */
    async function approve(ticket: string) {
      const start = await postForm(app, '/oauth/start', { ticket });
      const location = new URL(start.headers.get('location')!);
      const cookie = start.headers.get('set-cookie')!.split(';')[0];
      const state = provider.plant(
        'state',
        location.searchParams.get('state')!,
      );
      provider.plant('cookie', cookie.split('=')[1]);
      const callback = new URL(CALLBACK);
      callback.searchParams.set('code', provider.value('code'));
      callback.searchParams.set('state', state);
      const back = await visitCallback(app, callback, cookie);
      answers.push({
        route: 'GET /oauth/callback',
        text: JSON.stringify([[...back.headers], back.body]),
      });
      const completion = fragmentOf(back).get('completion');
      if (completion) provider.plant('completion', completion);
      return { callback, cookie, completion };
    }

    async function createWorld(): Promise<World> {
      const datasource = uniqueName();
      const forPerson = async () => {
        const saved = await jane('POST', '/datasources', web(uniqueName()));
        return saved.body.name as string;
      };
      const { id } = await begin(settings(datasource));
      const { body } = await jane('POST', '/datasources', {
        ...settings(datasource),
        credential: { action: 'replace', authorizationId: id },
      });
      return {
        ...{ issuer: provider.url, settings, datasource },
        version: body.version,
        granted: async () => (await begin(password(uniqueName()))).id,
        ticket: async () => (await begin(web(uniqueName()))).ticket,
        forPerson,
        asked: async (name?: string) => {
          const client = keeping(jane, ASK);
          const answer = await client('POST', '/authorization-requests', {
            datasource: name ?? (await forPerson()),
          });
          return { id: answer.body.id, secret: secretOf(answer) };
        },
        returned: async () => {
          const { id: attempt, ticket } = await begin(web(uniqueName()));
          const { completion } = await approve(ticket);
          return { id: attempt, completion: completion! };
        },
      };
    }

    /** Values in a response that shouldn't contain them. */
    const leaksOf = ({ route, text }: { route: string; text: string }) =>
      provider.detector
        .leaks(text)
        .map(value => provider.kinds.get(value)!)
        .filter(kind => !MEANT[route]?.includes(kind))
        .map(kind => `${kind} in ${route}: ${text.slice(0, 600)}`);

    it('includes every route, with valid and invalid requests, of allowed and other callers', async () => {
      for (const route of everyRoute()) {
        const { call, spends } = WHO_MAY[route];
        const [method] = route.split(' ');
        let world = await createWorld();
        for (const client of callers) {
          if (spends) world = await createWorld();
          const { path, body, headers } = await call(world);
          const kept = keeping(client, route);
          await kept(method, path, body, headers);
          if (method === 'GET') continue;
          // A truncated body, and one with a secret in the wrong place.
          await kept(method, path, `{"x": "${secrets.client}`, headers);
          const misplaced = { surprise: secrets, name: [secrets.client] };
          await kept(method, path, misplaced, headers);
        }
      }
      expect(new Set(answers.map(({ route }) => route))).toEqual(
        new Set(everyRoute()),
      );
    });

    it('includes what a connected person does with their account, and what is done with it', async () => {
      const eve = await app.user(EVE);
      const plugin = app.bearer(await app.pluginToken('consumer-a'));
      const forEve = app.bearer(
        await app.pluginToken('consumer-a', { userRef: EVE }),
      );
      const name = uniqueName();
      await jane('POST', '/datasources', { ...web(name), subjects: 'both' });
      /** Calls a route with valid values, or expects another status. */
      async function call(
        client: ApiClient,
        route: string,
        values: Record<string, string> = {},
        [body, headers]: [object?, Record<string, string>?] = [],
        expected: number = 200,
      ) {
        const [method, template] = route.split(' ');
        const path = template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
        const answer = await keeping(
          client,
          route,
        )(...([method, path, body, headers] as const));
        expect([route, answer.status]).toEqual([route, expected]);
        return answer.body;
      }
      async function connect() {
        const asked = { datasource: name, subject: 'user' };
        const begun = 'POST /authorizations';
        const { id, ticket } = await call(eve, begun, {}, [asked], 201);
        provider.plant('ticket', ticket);
        const { completion } = await approve(ticket);
        const attempt = '/authorizations/{id}';
        await call(eve, `POST ${attempt}/completion`, { id }, [{ completion }]);
        await call(eve, `POST ${attempt}/confirmation`, { id }, [{}]);
      }
      const get = (headers?: Record<string, string>, body: object = {}) =>
        [{ ...body }, headers] as [object, Record<string, string>?];
      const token = 'POST /datasources/{name}/token';

      await connect();
      await call(forEve, token, { name }, get({}, { subject: 'user' }));
      await call(eve, 'GET /connections');
      const people = '/datasources/{name}/connections';
      const { items } = await call(jane, `GET ${people}`, { name });
      expect(items).toMatchObject([{ user: EVE }]);
      const exported = await call(eve, 'GET /connections/export');
      expect(
        exported.connections.find((one: any) => one.datasource === name),
      ).toMatchObject({ state: 'connected' });

      const context = { task: '42' };
      const asked = { datasource: name, purpose: 'Run 42', context };
      const delegate = 'POST /delegations';
      const { error } = await call(forEve, delegate, {}, [asked], 409);
      const id = error.link.split('/').at(-1);
      const { version } = await call(eve, 'GET /delegations/{id}', { id });
      const approval = 'POST /delegations/{id}/approval';
      await call(eve, approval, { id }, [{ version: 'x' }], 412);
      await call(eve, approval, { id }, [{ version }]);
      const { delegation } = await call(forEve, delegate, {}, [asked]);
      provider.plant('delegation', delegation);
      const presentedIn = (where: object) => ({
        'datasource-delegation': delegation,
        'datasource-delegation-context': Buffer.from(
          JSON.stringify(where),
        ).toString('base64url'),
      });
      const presented = presentedIn(context);
      await call(plugin, token, { name }, get(presented));
      const misused = presentedIn({ task: '43' });
      await call(plugin, token, { name }, get(misused), 409);
      await call(eve, 'GET /connections');
      await call(eve, 'DELETE /delegations/{id}', { id }, [], 204);
      await call(plugin, token, { name }, get(presented), 409);

      // The provider refuses a refresh.
      await knex('credentials')
        .where({ subject: EVE })
        .update({
          ...{ obtained_at: 1, expires_at: 1, refresh_due_at: 1 },
          ...{ changed_at: databaseNow(knex) },
        });
      app.tellChange((await knex('datasources').where({ name }).first()).id);
      provider.failure = 'refused';
      await call(
        ...([
          forEve,
          token,
          { name },
          get({}, { subject: 'user' }),
          409,
        ] as const),
      );
      provider.failure = undefined;
      await call(eve, 'GET /connections');

      for (const [client, route, values] of [
        [jane, `DELETE ${people}/{user}`, { user: encodeURIComponent(EVE) }],
        [jane, `DELETE ${people}`],
        [eve, 'DELETE /connections/{name}'],
        [eve, 'DELETE /connections'],
      ] as Array<[ApiClient, string, Record<string, string>?]>) {
        await connect();
        await call(client, route, { name, ...values });
      }
      await app.runTask('datasource-auth-revocations');
      await app.runTask('datasource-auth-cleanup');
      await call(jane, 'GET /datasources/{name}/activity', { name });
      expect(output.written().notifications).toContain(
        `Connect your account at ${name} again`,
      );
    });

    it('includes every way in which a provider fails', async () => {
      const saved = (await createWorld()).datasource;
      for (const failure of Object.keys(FAILURES)) {
        provider.failure = failure as keyof typeof FAILURES;
        await begin(settings(uniqueName()));
        await begin(password(uniqueName()));
        const { id, ticket } = await begin(web(uniqueName()));
        const { callback, cookie } = await approve(ticket);
        const again = await visitCallback(app, callback, cookie);
        answers.push({ route: 'again', text: JSON.stringify(again) });
        const client = keeping(jane, failure);
        await client('GET', `/authorizations/${id}`);
        await client('POST', `/datasources/${saved}/rehearsal`);
        await client('POST', `/datasources/${saved}/test`);
        await client('GET', `/datasources/${saved}`);
        await client('GET', `/datasources/${saved}/activity`);
      }
      provider.failure = undefined;
      expect([...provider.met]).toEqual(Object.keys(FAILURES));
      await app.flush();
      await app.runTask('datasource-auth-deadlines');
    });

    it('has none of the values in a response', () => {
      expect(provider.kinds.size).toBeGreaterThan(100);
      expect(new Set(provider.kinds.values())).toEqual(
        new Set([
          ...['client-secret', 'password', 'header', 'instance', 'ticket'],
          ...['access-token', 'refresh-token', 'code', 'state', 'cookie'],
          ...['completion', 'verifier', 'link', 'delegation'],
        ]),
      );
      expect(answers.flatMap(leaksOf)).toEqual([]);
    });

    it.each(SINKS)('has none of the values in the %s', sink => {
      const written = output.written()[sink];
      expect(written.length).toBeGreaterThan(100);
      expect(provider.detector.leaks(written)).toEqual([]);
    });

    it('has none of the values unencrypted in the database', async () => {
      const dump = await everyRow(knex);
      expect(dump).toContain('canary');
      expect(provider.detector.leaks(dump)).toEqual([]);
    });

    describe('is checked well enough to find a planted leak', () => {
      it.each(SINKS)('in the %s', async sink => {
        await output.plant(sink, `planted ${secrets.client}`);
        expect(provider.detector.leaks(output.written()[sink])).toEqual([
          secrets.client,
        ]);
      });

      it('in a response', async () => {
        const path = `/api/planter/${encodeURIComponent(secrets.client)}`;
        const url = new URL(path, app.url).href;
        await keeping(jane, 'planted')('GET', url);
        expect(answers.flatMap(leaksOf)).toEqual([
          expect.stringMatching(/^client-secret in planted/),
        ]);
      });

      it('in the database', async () => {
        await knex('datasources').limit(1).update({ title: secrets.client });
        expect(provider.detector.leaks(await everyRow(knex))).toEqual([
          secrets.client,
        ]);
      });
    });
  },
);

/** Every row of every table. */
async function everyRow(knex: Knex): Promise<string> {
  const tables: Array<{ name: string }> =
    knex.client.config.client === 'pg'
      ? await knex('information_schema.tables')
          .select({ name: 'table_name' })
          .where({ table_schema: 'public' })
      : await knex('sqlite_master').select('name').where({ type: 'table' });
  const rows = await Promise.all(
    tables.map(async ({ name }) => [name, await knex(name)]),
  );
  return JSON.stringify(rows);
}
