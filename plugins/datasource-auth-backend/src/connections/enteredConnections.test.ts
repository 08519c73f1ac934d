import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { databaseIds } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { recordOutput } from '../__testUtils__/recordOutput';
import { ApiClient } from '../__testUtils__/startDatasourceAuth';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const KIOSK = 'user:default/kiosk';
const DAY = 24 * 60 * 60_000;

/** The date that many days after today, in UTC. Called once for each date: midnight can come at any time. */
const dayAfter = (days: number) =>
  new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const person = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [], profile: { email: `${name}@demo.example` } },
});
const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Settings that differ. */
interface More {
  [name: string]: unknown;
  auth?: object;
}

describe.each(databaseIds())(
  'N10: tokens that people enter, on %s',
  databaseId => {
    const output = recordOutput();
    const denied = new Set<string>();
    const decide = async (requests: { permission: { name: string } }[]) =>
      requests.map(({ permission }) => ({
        result: denied.has(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })) as never;
    /** The values of `Authorization` that the API accepts, and the status otherwise. */
    let valid: string[];
    let refusal = 401;
    const site = useApp({
      databaseId,
      servers: {
        api: (response, request) =>
          json(
            { you: request.headers.authorization },
            valid.includes(request.headers.authorization ?? '') ? 200 : refusal,
          )(response, request),
      },
      app: servers => ({
        permissions: mockServices.permissions.mock({
          authorize: decide,
          authorizeConditional: decide,
        }),
        features: [
          ...output.features,
          catalogServiceMock.factory({
            entities: [person('jane'), person('joe')],
          }),
        ],
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
          egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
          people: { sharedUsers: [KIOSK] },
          datasources: {
            declared: {
              baseUrl: `${servers.api.url}/api`,
              testPath: '/me',
              consumers: ['consumer-a'],
              subjects: 'both',
              auth: { type: 'static', bearer: 'ours' },
            },
          },
        },
      }),
    });
    const { jane } = site;
    const { api } = site.servers;
    let joe: ApiClient;

    beforeAll(async () => {
      joe = await site.app.user(JOE);
    });
    beforeEach(() => {
      valid = ['Bearer hers', 'Bearer his', 'Bearer ours'];
      refusal = 401;
      denied.clear();
    });

    let count = 0;
    const settingsOf = (name: string, more: More = {}) => ({
      name,
      baseUrl: `${api.url}/api`,
      testPath: '/me',
      consumers: ['consumer-a'],
      gateway: { routes: [{ methods: ['GET'], path: '/**' }] },
      subjects: 'user',
      ...more,
      auth: { type: 'static', ...more.auth },
    });
    async function datasource(more: More = {}): Promise<string> {
      count += 1;
      const name = `entered-${count}`;
      const created = await jane(
        'POST',
        '/datasources',
        settingsOf(name, more),
      );
      expect(created.status).toBe(201);
      return name;
    }
    async function change(name: string, more: More): Promise<void> {
      const { body: before } = await jane('GET', `/datasources/${name}`);
      const { status } = await jane(
        'PUT',
        `/datasources/${name}`,
        settingsOf(name, more),
        { 'if-match': `"${before.version}"` },
      );
      expect(status).toBe(200);
    }
    const connectionOf = async (user: ApiClient, name: string) =>
      (await user('GET', '/connections')).body.items.find(
        (each: { datasource: string }) => each.datasource === name,
      );
    const put = (user: ApiClient, name: string, body: object) =>
      user('PUT', `/connections/${name}`, body);
    /** Enters values for the terms that are shown now. */
    async function enter(user: ApiClient, name: string, more: object) {
      const { form } = await connectionOf(user, name);
      return put(user, name, { version: form.version, ...more });
    }
    const bearer = (value: string) => ({ secrets: { 'auth.bearer': value } });
    const take = (name: string, userRef?: string, more: object = {}) =>
      site.app.consume('consumer-a', name, {
        ...(userRef && { userRef, subject: 'user' as const }),
        ...more,
      });
    const rowOf = async (name: string, subject: string) => {
      const { id } = await site.knex('datasources').where({ name }).first();
      return site
        .knex('credentials')
        .where({ datasource_id: id, subject })
        .first();
    };

    it('are tested, stored, and given to plugins as each person', async () => {
      const name = await datasource();
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'not_connected',
        form: { paths: ['auth.bearer'], version: expect.any(String) },
      });
      expect((await take(name, JANE)).body.error).toMatchObject({
        code: 'user_not_connected',
        link: expect.stringContaining('/connections?datasource='),
      });
      const entered = await enter(jane, name, bearer('hers'));
      expect(entered).toMatchObject({
        status: 200,
        body: { connected: true, verified: true, doubts: [] },
      });
      expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
        'Bearer hers',
      ]);
      await enter(joe, name, bearer('his'));
      const [hers, his] = [await take(name, JANE), await take(name, JOE)];
      expect(hers.body).toMatchObject({
        subject: JANE,
        headers: { Authorization: 'Bearer hers' },
      });
      expect(his.body.headers).toEqual({ Authorization: 'Bearer his' });
      const through = await jane('GET', `/gateway/${name}/me`, undefined, {
        'datasource-subject': 'user',
      });
      expect(through).toMatchObject({ status: 200 });
      expect(api.requests.at(-1)!.headers.authorization).toBe('Bearer hers');
      const shown = await connectionOf(jane, name);
      expect(shown).toMatchObject({
        state: 'connected',
        agreed: { consumers: ['consumer-a'] },
      });
      expect(JSON.stringify([shown, entered.body])).not.toContain('hers');
      expect(
        (await jane('GET', `/datasources/${name}`)).body.status.state,
      ).toBe('PER_USER');
    });

    it('N11: lend a plugin this one token, and no other of the same person', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      const plugin = site.app.bearer(await site.app.pluginToken('consumer-a'));
      const forJane = site.app.bearer(
        await site.app.pluginToken('consumer-a', { userRef: JANE }),
      );
      const asked = {
        ...{ datasource: name, purpose: 'Run 42', context: { task: '42' } },
      };
      const { body: pending } = await forJane('POST', '/delegations', asked);
      const path = `/delegations/${pending.error.link.split('/').at(-1)}`;
      const { body: read } = await jane('GET', path);
      const approval = { version: read.version };
      await jane('POST', `${path}/approval`, approval);
      const { body: lent } = await forJane('POST', '/delegations', asked);
      const takeLater = () =>
        plugin(
          'POST',
          `/datasources/${name}/token`,
          {},
          {
            'datasource-delegation': lent.delegation,
            'datasource-delegation-context': Buffer.from(
              JSON.stringify(asked.context),
            ).toString('base64url'),
          },
        );
      expect(await takeLater()).toMatchObject({
        ...{ status: 200, body: { headers: { Authorization: 'Bearer hers' } } },
      });
      valid.push('Bearer another');
      await enter(jane, name, bearer('another'));
      expect((await takeLater()).body.error.code).toBe('delegation_ended');
    });

    it("threats 52: aren't stored if the API rejects them, and another failure only leaves them unverified", async () => {
      const name = await datasource();
      const refused = await enter(jane, name, bearer('wrong'));
      expect(refused).toMatchObject({
        status: 409,
        body: { error: { code: 'secret_rejected' } },
      });
      expect(JSON.stringify(refused.body)).not.toContain('wrong');
      expect(await rowOf(name, JANE)).toBeUndefined();
      refusal = 500;
      const unsure = await enter(jane, name, bearer('hers too'));
      expect(unsure.body).toMatchObject({ connected: true, verified: false });
      expect(JSON.stringify(output.written())).not.toContain('hers too');
    });

    it('threats 43, 52: are entered by the person alone, who may use the datasource', async () => {
      const name = await datasource();
      const { form } = await connectionOf(jane, name);
      const body = { version: form.version, ...bearer('hers') };
      const onBehalf = site.app.bearer(
        await site.app.pluginToken('consumer-a', { userRef: JANE }),
      );
      const kiosk = await site.app.user(KIOSK);
      for (const [user, code] of [
        [onBehalf, 'person_only'],
        [
          site.app.bearer(await site.app.pluginToken('consumer-a')),
          'person_only',
        ],
        [site.app.bearer('static-token-1'), 'person_only'],
        [kiosk, 'shared_user'],
      ] as const) {
        expect(await put(user, name, body)).toMatchObject({
          status: 403,
          body: { error: { code } },
        });
      }
      for (const permission of ['connection.own', 'datasource.use']) {
        denied.add(`datasource-auth.${permission}`);
        expect((await put(jane, name, body)).status).toBe(403);
        denied.clear();
      }
      expect(api.requests).toHaveLength(0);
    });

    it('threats 52: stay as they are beside the secret of a declaration', async () => {
      await enter(jane, 'declared', bearer('hers'));
      for (const token of ['Bearer hers', 'Bearer hers']) {
        expect((await take('declared', JANE)).body.headers).toEqual({
          Authorization: token,
        });
        expect((await take('declared')).body.headers).toEqual({
          Authorization: 'Bearer ours',
        });
      }
      expect((await take('declared', JOE)).body.error.code).toBe(
        'user_not_connected',
      );
    });

    it('threats 52: have no use once something else is entered', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      await change(name, { auth: { basic: { username: '' } } });
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      expect((await connectionOf(jane, name)).state).toBe('reconnect');
      expect((await enter(jane, name, {})).status).toBe(400);
    });

    it('threats 44, 52: never mix with the shared credential, in either direction', async () => {
      const name = await datasource({
        subjects: 'both',
        auth: { bearer: 'ours' },
      });
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      await enter(jane, name, bearer('hers'));
      expect((await take(name)).body.headers).toEqual({
        Authorization: 'Bearer ours',
      });
      expect((await take(name, JANE)).body.headers).toEqual({
        Authorization: 'Bearer hers',
      });
      await change(name, {
        subjects: 'both',
        auth: { headers: { 'X-Key': { secret: true, value: 'ours' } } },
      });
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      await change(name, {
        ...{ subjects: 'both', auth: { bearer: null } },
      });
      expect((await take(name)).body.error.code).toBe(
        'datasource_not_configured',
      );
      await enter(jane, name, bearer('hers'));
      expect((await take(name, JANE)).status).toBe(200);
    });

    it('threats 44: forget the secret that all plugins shared once each person has their own', async () => {
      const name = await datasource({
        ...{ subjects: 'service', auth: { bearer: 'ours' } },
      });
      expect((await take(name)).status).toBe(200);
      await change(name, {});
      const { body } = await jane('GET', `/datasources/${name}`);
      expect(body.auth.bearer).toBeUndefined();
      await change(name, { subjects: 'service' });
      expect((await take(name)).body.error.code).toBe(
        'datasource_not_configured',
      );
    });

    it('threats 42: belong to one row: nobody uses the one of another person', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      await enter(joe, name, bearer('his'));
      const [hers, his] = [await rowOf(name, JANE), await rowOf(name, JOE)];
      await site
        .knex('credentials')
        .where({ credential_id: his.credential_id })
        .update({ sealed: hers.sealed });
      site.app.tellChange(hers.datasource_id);
      expect((await take(name, JOE)).body.error.code).toBe(
        'user_consent_outdated',
      );
      expect((await take(name, JANE)).status).toBe(200);
    });

    it('threats 52: are entered for the terms that the person read', async () => {
      const name = await datasource();
      const { form } = await connectionOf(jane, name);
      const more = { consumers: ['consumer-a', 'consumer-b'] };
      await change(name, more);
      const old = await put(jane, name, {
        ...{ version: form.version, ...bearer('hers') },
      });
      expect(old).toMatchObject({
        status: 412,
        body: { error: { code: 'version_conflict' } },
      });
      await enter(jane, name, bearer('hers'));
      await change(name, {
        ...{ consumers: [...more.consumers, 'consumer-c'] },
      });
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'consent_outdated',
      });
      expect((await enter(jane, name, {})).body.connected).toBe(true);
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'connected',
      });
      expect((await take(name, JANE)).body.headers).toEqual({
        Authorization: 'Bearer hers',
      });
    });

    it("threats 52: aren't kept for another address, nor while suspended", async () => {
      const name = await datasource();
      expect((await enter(jane, name, {})).status).toBe(400);
      await enter(jane, name, bearer('hers'));
      const row = await rowOf(name, JANE);
      const suspend = async (suspended: string | null) => {
        await site
          .knex('credentials')
          .where({ credential_id: row.credential_id })
          .update({ suspended });
        site.app.tellChange(row.datasource_id);
      };
      await suspend('other_person');
      expect((await enter(jane, name, {})).status).toBe(400);
      expect((await take(name, JANE)).body.error.code).toBe('user_suspended');
      await suspend(null);
      expect((await enter(jane, name, {})).status).toBe(200);
      await change(name, { baseUrl: `${api.url}/other` });
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'not_connected',
      });
      expect((await enter(jane, name, {})).status).toBe(400);
    });

    it('name the account if the API accepts a username, and ask twice about a foreign one', async () => {
      valid = [basic('jane', 'p:1'), basic('boss', 'p2')];
      const name = await datasource({ auth: { basic: { username: '' } } });
      const { form } = await connectionOf(jane, name);
      expect(form.paths).toEqual([
        'auth.basic.username',
        'auth.basic.password',
      ]);
      const as = (username: string, password: string) => ({
        secrets: {
          'auth.basic.username': username,
          'auth.basic.password': password,
        },
      });
      expect((await enter(jane, name, as('jane', 'p:1'))).body).toEqual({
        ...{ connected: true, verified: true },
        ...{ account: 'jane', doubts: [] },
      });
      expect((await take(name, JANE)).body.headers.Authorization).toBe(
        basic('jane', 'p:1'),
      );
      const taken = await enter(joe, name, as('jane', 'p:1'));
      expect(taken.body).toMatchObject({
        connected: false,
        doubts: ['other_email', 'account_taken'],
      });
      expect(await rowOf(name, JOE)).toBeUndefined();
      const half = await enter(joe, name, {
        ...as('jane', 'p:1'),
        acknowledged: ['other_email'],
      });
      expect(half.body.connected).toBe(false);
      const known = await enter(joe, name, {
        ...as('jane', 'p:1'),
        acknowledged: taken.body.doubts,
      });
      expect(known.body.connected).toBe(true);
      // What nobody proved names no account, and tells nothing about others.
      const untested = await datasource({
        ...{ testPath: undefined, auth: { basic: { username: '' } } },
      });
      expect((await enter(joe, untested, as('jane', 'x'))).body).toEqual({
        ...{ connected: true, verified: false, doubts: [] },
      });
    });

    it('use the username of the settings, unless the shared account has it', async () => {
      valid = [basic('api', 'hers')];
      const auth = { basic: { username: 'api' } };
      const name = await datasource({ auth });
      expect((await connectionOf(jane, name)).form.paths).toEqual([
        'auth.basic.password',
      ]);
      await enter(jane, name, { secrets: { 'auth.basic.password': 'hers' } });
      expect((await take(name, JANE)).body.headers.Authorization).toBe(
        basic('api', 'hers'),
      );
      const shared = await datasource({ subjects: 'both', auth });
      expect((await connectionOf(jane, shared)).form.paths).toEqual([
        'auth.basic.username',
        'auth.basic.password',
      ]);
    });

    it('can be several keys in headers and query, beside what every call has', async () => {
      const name = await datasource({
        ...{ testPath: undefined, api: { headers: { 'X-App': 'one' } } },
        auth: {
          headers: { 'X-Key': { secret: true }, 'X-Plain': 'all' },
          query: { token: { secret: true } },
        },
      });
      const secrets = { 'auth.headers.X-Key': 'k', 'auth.query.token': 't &' };
      expect((await enter(jane, name, { secrets })).status).toBe(200);
      expect((await take(name, JANE)).body).toMatchObject({
        headers: { 'X-Key': 'k', 'X-Plain': 'all', 'X-App': 'one' },
        query: { token: 't &' },
      });
    });

    it.each<[string, object, string]>([
      ['nothing', { 'auth.bearer': '' }, 'secrets.auth.bearer'],
      ['several lines', { 'auth.bearer': 'a\nb' }, 'secrets.auth.bearer'],
      [
        'a template for a secret of the datasource',
        { 'auth.bearer': '{{instance.key}}' },
        'secrets.auth.bearer',
      ],
      [
        'another value',
        { 'auth.bearer': 'a', 'auth.headers.Host': 'x' },
        'secrets.auth.headers.Host',
      ],
    ])('threats 52: are refused with %s', async (_, secrets, field) => {
      const name = await datasource({
        instance: { key: { secret: true, value: 'k' } },
      });
      const { status, body } = await enter(jane, name, { secrets });
      expect(status).toBe(400);
      expect(Object.keys(body.error.fields)).toEqual([field]);
      expect(api.requests).toHaveLength(0);
    });

    it('end at the end of the day that the person enters', async () => {
      const name = await datasource();
      const [over, inTwo] = [-1, 2].map(dayAfter);
      const refused = await enter(jane, name, {
        ...{ ...bearer('hers'), expiresAt: over },
      });
      expect(refused.body.error.fields).toHaveProperty('expiresAt');
      await enter(jane, name, { ...bearer('hers'), expiresAt: inTwo });
      expect((await connectionOf(jane, name)).expiresAt).toBe(
        Date.parse(inTwo) + DAY,
      );
      const row = await rowOf(name, JANE);
      await site
        .knex('credentials')
        .where({ credential_id: row.credential_id })
        .update({ expires_at: Date.now() - 1_000 });
      site.app.tellChange(row.datasource_id);
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      expect((await connectionOf(jane, name)).state).toBe('reconnect');
    });

    it('notify their person once, a week before they expire', async () => {
      const name = await datasource();
      const daily = () =>
        site.app.runTask('datasource-auth-expiring-connections');
      const [inFive, inSix, inNine] = [5, 6, 9].map(dayAfter);
      const told = (date: string) =>
        output
          .written()
          .notifications.split(`Your token for ${name} expires on ${date}`)
          .length - 1;
      await enter(jane, name, { ...bearer('hers'), expiresAt: inNine });
      await enter(joe, name, { ...bearer('his'), expiresAt: inFive });
      await daily();
      await daily();
      expect([told(inNine), told(inFive)]).toEqual([0, 1]);
      expect(output.written().notifications).toContain(JOE);
      await enter(joe, name, { ...bearer('his'), expiresAt: inSix });
      await daily();
      expect(told(inSix)).toBe(1);
    });

    it('end if nothing uses them, after a notice', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      const { datasource_id: id } = await rowOf(name, JANE);
      await site
        .knex('credentials')
        .where({ datasource_id: id })
        .update({ last_used_at: Date.now() - 100 * DAY });
      const daily = () =>
        site.app.runTask('datasource-auth-unused-connections');
      await daily();
      await site
        .knex('notices')
        .where({ datasource_id: id, kind: 'unused' })
        .update({ at: Date.now() - 7 * DAY });
      await daily();
      expect(await rowOf(name, JANE)).toMatchObject({
        ...{ state: 'cleared', sealed: null },
      });
    });

    it('show that the API rejects them, until it accepts them again', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      await enter(joe, name, bearer('his'));
      const { body } = await take(name, JANE);
      valid = ['Bearer his'];
      await take(name, JANE, { rejectedVersion: body.version });
      await eventually(async () =>
        expect((await connectionOf(jane, name)).state).toBe('reconnect'),
      );
      expect((await connectionOf(joe, name)).state).toBe('connected');
      expect((await take(name, JANE)).status).toBe(200);
      valid = ['Bearer new'];
      await enter(jane, name, bearer('new'));
      expect((await connectionOf(jane, name)).state).toBe('connected');
    });

    it('believe the plugin where there is no test path', async () => {
      const name = await datasource({ testPath: undefined });
      await enter(jane, name, bearer('hers'));
      const { body } = await take(name, JANE);
      await take(name, JANE, { rejectedVersion: body.version });
      await eventually(async () =>
        expect((await connectionOf(jane, name)).state).toBe('reconnect'),
      );
    });

    it('are removed when their person disconnects or erases their data, and are in the export without secrets', async () => {
      const name = await datasource();
      await enter(jane, name, bearer('hers'));
      const { body: data } = await jane('GET', '/connections/export');
      expect(JSON.stringify(data)).toContain(name);
      expect(JSON.stringify(data)).not.toContain('hers');
      expect((await jane('DELETE', `/connections/${name}`)).body).toEqual({
        revoked: false,
      });
      expect(await rowOf(name, JANE)).toMatchObject({
        ...{ state: 'cleared', sealed: null },
      });
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      await enter(jane, name, bearer('hers'));
      await jane('DELETE', '/connections');
      expect(await rowOf(name, JANE)).toMatchObject({ sealed: null });
    });

    it('connect in one way only: at the provider, or by entering', async () => {
      const name = await datasource();
      const begun = await jane('POST', '/authorizations', {
        ...{ datasource: name, subject: 'user' },
      });
      expect(begun).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request' } },
      });
      const shared = await datasource({ subjects: 'service' });
      const answer = await put(jane, shared, {
        ...{ version: 'x', ...bearer('hers') },
      });
      expect(answer.status).toBe(400);
    });

    it('threats 52: cannot be guessed: an API is asked ten times in ten minutes', async () => {
      const name = await datasource();
      const { form } = await connectionOf(jane, name);
      const statuses: number[] = [];
      for (let each = 0; each < 11; each += 1) {
        const { status } = await put(jane, name, {
          ...{ version: form.version, ...bearer(`guess-${each}`) },
        });
        statuses.push(status);
      }
      expect(statuses.slice(-2)).toEqual([409, 429]);
      expect(api.requests).toHaveLength(10);
      expect((await enter(joe, name, bearer('his'))).status).toBe(200);
    });
  },
);
