import { createHash } from 'node:crypto';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockServices } from '@backstage/backend-test-utils';
import {
  createDemoProvider,
  demoAccounts,
  DemoPerson,
  DemoProvider,
} from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { pluginForwarding } from '../gateway/pluginForwarding';
import { requestHeaders } from '../gateway/requestHeaders';
import { DelegationStore } from './DelegationStore';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const DAY = 24 * 60 * 60_000;
const CLEANUP = 'datasource-auth-cleanup';
const USE = 'datasource-auth.datasource.use';
const ASKED = {
  purpose: 'Run 42 of "Onboard service"',
  context: { task: '42' },
};

describe.each(databaseIds())('N11: delegations on %s', databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let joe: ApiClient;
  /** The plugin as itself, and for a user. */
  let plugin: ApiClient;
  let otherPlugin: ApiClient;
  let forJane: ApiClient;
  const denied = new Set<string>();
  const audited = jest.fn();

  const decide = async (requests: { permission: { name: string } }[]) =>
    requests.map(({ permission }) => ({
      result: denied.has(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })) as never;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      permissions: mockServices.permissions.mock({
        authorize: decide,
        authorizeConditional: decide,
      }),
      features: [
        catalogServiceMock.factory(),
        mockServices.auditor.mock({
          createEvent: async event => {
            audited(event);
            return { success: async () => {}, fail: async () => {} };
          },
        }).factory,
      ],
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
    });
    jane = await app.user(JANE);
    joe = await app.user(JOE);
    plugin = app.bearer(await app.pluginToken('consumer-a'));
    otherPlugin = app.bearer(await app.pluginToken('consumer-b'));
    forJane = app.bearer(
      await app.pluginToken('consumer-a', { userRef: JANE }),
    );
  });
  beforeEach(() => {
    denied.clear();
    audited.mockClear();
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  let count = 0;
  const settingsOf = (name: string) => ({
    ...web(name, provider.url),
    consumers: ['consumer-a', 'consumer-b'],
    subjects: 'user',
    gateway: { routes: [{ methods: ['GET'], path: '/me' }] },
  });

  async function connect(
    name: string,
    { user = jane, account = demoAccounts[0] } = {},
  ) {
    const { body: begun } = await user('POST', '/authorizations', {
      datasource: name,
      subject: 'user',
    });
    const { callback, cookie } = await visitProvider(app, begun.ticket, {
      person: new DemoPerson(account),
    });
    const returned = await visitCallback(app, callback, cookie);
    await user('POST', `/authorizations/${begun.id}/completion`, {
      completion: fragmentOf(returned).get('completion'),
    });
    const confirmed = await user(
      'POST',
      `/authorizations/${begun.id}/confirmation`,
      { acknowledged: ['other_email', 'account_taken'] },
    );
    expect(confirmed.status).toBe(200);
  }

  /** A datasource to which Jane is connected. */
  async function connected(change: object = {}): Promise<string> {
    count += 1;
    const settings = { ...settingsOf(`lent-${count}`), ...change };
    const { status } = await jane('POST', '/datasources', settings);
    expect(status).toBe(201);
    await connect(settings.name);
    return settings.name;
  }

  const ask = (datasource: string, more: object = {}, as = forJane) =>
    as('POST', '/delegations', { datasource, ...ASKED, ...more });

  /** Returns the id of the delegation that a plugin is waiting for. */
  async function asked(name: string, more?: object): Promise<string> {
    const { status, body } = await ask(name, more);
    expect([status, body.error.code]).toEqual([409, 'user_consent_needed']);
    return body.error.link.split('/').at(-1);
  }

  const read = (id: string, user = jane) => user('GET', `/delegations/${id}`);

  async function approve(id: string, user = jane) {
    const { body } = await read(id, user);
    return user('POST', `/delegations/${id}/approval`, {
      version: body.version,
    });
  }

  /** Lets the plugin act as Jane. */
  async function lent(name: string, more?: object) {
    const id = await asked(name, more);
    expect((await approve(id)).status).toBe(200);
    const { body } = await ask(name, more);
    return { id, handle: body.delegation as string };
  }

  const headers = (handle: string, context: object = ASKED.context) => ({
    'datasource-delegation': handle,
    'datasource-delegation-context': Buffer.from(
      JSON.stringify(context),
    ).toString('base64url'),
  });

  const take = (
    name: string,
    handle: string,
    { as = plugin, context = ASKED.context as object, body = {} } = {},
  ) => as('POST', `/datasources/${name}/token`, body, headers(handle, context));

  const change = async (name: string, settings: object) => {
    const { body: saved } = await jane('GET', `/datasources/${name}`);
    const changed = await jane('PUT', `/datasources/${name}`, settings, {
      'if-match': `"${saved.version}"`,
    });
    expect(changed.status).toBe(200);
  };

  const expectEnded = async (name: string, handle: string) => {
    const { status, body } = await take(name, handle);
    expect({ status, ...body.error }).toMatchObject({
      status: 409,
      name: 'DatasourceConnectionError',
      code: 'delegation_ended',
      link: `http://localhost:3000/datasource-auth/connections?datasource=${name}`,
    });
  };

  const stateOf = async (id: string) => (await read(id)).body.state;
  const rowOf = (id: string) => knex('delegations').where({ id });
  const endEvents = () =>
    audited.mock.calls
      .map(([event]) => event)
      .filter(({ meta }) => meta.actionType === 'end')
      .map(({ meta }) => meta.reason);

  it('acts as the user who agreed, without them', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    const answer = await take(name, handle);
    expect(answer).toMatchObject({ status: 200, body: { subject: JANE } });
    const issued = provider.issued.map(({ value }) => value);
    expect(issued).toContain(answer.body.accessToken);
    const { body } = await read(id);
    expect(body.lastUsedAt).toEqual(expect.any(Number));
  });

  it('threats 46: waits for the user, who sees plugin, purpose, context, scopes, hosts, account and end', async () => {
    const name = await connected();
    const before = Date.now();
    const { body } = await ask(name);
    const id = await asked(name);
    expect(body.error).toMatchObject({
      name: 'DatasourceConnectionError',
      code: 'user_consent_needed',
      link: `http://localhost:3000/datasource-auth/connections/delegations/${id}`,
    });
    const { body: details } = await read(id);
    expect(details).toMatchObject({
      ...ASKED,
      ...{ id, datasource: name, plugin: 'consumer-a', state: 'pending' },
      scopes: settingsOf(name).auth.scopes,
      hosts: [new URL(provider.url).host],
      account: expect.stringContaining('jane'),
    });
    expect(details.until).toBeGreaterThanOrEqual(before + 7 * DAY);
    expect(details.until).toBeLessThan(Date.now() + 7 * DAY + 1);
    const { body: list } = await jane('GET', '/connections');
    const { delegations } = list.items.find(
      ({ datasource }: { datasource: string }) => datasource === name,
    );
    expect(delegations).toMatchObject([{ id, state: 'pending', ...ASKED }]);
  });

  it("threats 46: doesn't act before the yes, whatever the database says", async () => {
    const name = await connected();
    const id = await asked(name);
    const handle = 'h'.repeat(43);
    await knex('delegation_handles').insert({
      hash: createHash('sha256').update(handle).digest('base64url'),
      delegation_id: id,
      created_at: 1,
    });
    await expectEnded(name, handle);
    await rowOf(id).update({ status: 'live', ends_at: Date.now() + DAY });
    await expectEnded(name, handle);
    expect((await read(id)).body.lastUsedAt).toBeUndefined();
  });

  it('threats 42: a delegation that is given to another person or plugin in the database is void', async () => {
    const name = await connected();
    await connect(name, { user: joe, account: demoAccounts[1] });
    const { id, handle } = await lent(name);
    await rowOf(id).update({ subject: JOE });
    await expectEnded(name, handle);
    expect((await read(id, joe)).status).toBe(404);
    await rowOf(id).update({ subject: JANE, plugin: 'consumer-b' });
    const other = await take(name, handle, { as: otherPlugin });
    expect(other.body.error.code).toBe('delegation_ended');
    expect((await take(name, handle)).status).toBe(200);
  });

  it("threats 45: another plugin, context, datasource or handle can't use it", async () => {
    const [name, elsewhere] = [await connected(), await connected()];
    const { handle } = await lent(name);
    for (const [where, options] of [
      [name, { as: otherPlugin }],
      [name, { context: { task: '43' } }],
      [name, { context: { task: '42', initiator: JOE } }],
      [elsewhere, {}],
    ] as const) {
      const { body } = await take(where, handle, options);
      expect(body.error.code).toBe('delegation_ended');
    }
    for (const guess of [handle.slice(1), `${handle.slice(0, -2)}zz`, '']) {
      const { body } = await take(name, guess);
      expect(body.error.code).toBe('delegation_ended');
    }
    expect((await take(name, handle)).status).toBe(200);
  });

  it('threats 45: only the plugin itself presents it, with a context and without a subject', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    const invalid = async (answer: Promise<any>) =>
      expect((await answer).body.error.code).toBe('invalid_request');
    await invalid(take(name, handle, { as: forJane }));
    await invalid(take(name, handle, { body: { subject: 'user' } }));
    await invalid(take(name, handle, { context: {} }));
    const path = `/datasources/${name}/token`;
    for (const header of Object.entries(headers(handle))) {
      await invalid(plugin('POST', path, {}, Object.fromEntries([header])));
    }
    await invalid(
      plugin(
        'POST',
        path,
        {},
        {
          ...headers(handle),
          'datasource-delegation-context': 'no-json',
        },
      ),
    );
    for (const caller of [jane, app.bearer('static-token-1')]) {
      const { body } = await take(name, handle, { as: caller });
      expect(body.error.code).toBe('not_a_plugin');
    }
  });

  it('threats 49: nothing is left after the user deleted their data', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    await asked(name, { purpose: 'Run 43' });
    const { body: exported } = await jane('GET', '/connections/export');
    expect(
      exported.connections
        .filter(({ datasource }: { datasource: string }) => datasource === name)
        .map(
          ({ delegations }: { delegations: object[] }) => delegations.length,
        ),
    ).toEqual([2]);
    expect((await jane('DELETE', '/connections')).status).toBe(200);
    expect(await knex('delegations').where({ subject: JANE })).toEqual([]);
    expect(await knex('delegation_handles')).toEqual([]);
    expect((await take(name, handle)).body.error.code).toBe('delegation_ended');
    expect(endEvents()).toContain('erased');
  });

  it('threats 46: nobody but the user decides, in person, and nobody else sees it', async () => {
    const name = await connected();
    const id = await asked(name);
    const { body } = await read(id);
    const calls: Parameters<ApiClient>[] = [
      ['GET', `/delegations/${id}`],
      ['POST', `/delegations/${id}/approval`, { version: body.version }],
      ['DELETE', `/delegations/${id}`],
    ];
    for (const call of calls) {
      for (const caller of [plugin, forJane, app.bearer('static-token-1')]) {
        expect((await caller(...call)).body.error.code).toBe('person_only');
      }
      expect((await joe(...call)).body.error.code).toBe('not_found');
    }
    expect(await stateOf(id)).toBe('pending');
  });

  it('threats 46: needs the permission to use, and only for what was read', async () => {
    const name = await connected();
    const id = await asked(name);
    denied.add(USE);
    expect((await approve(id)).body.error.code).toBe('not_allowed');
    denied.clear();
    const { body: read1 } = await read(id);
    const settings = settingsOf(name);
    const { auth } = settings;
    await change(name, {
      ...settings,
      auth: { ...auth, scopes: auth.scopes.slice(1) },
    });
    const late = await jane('POST', `/delegations/${id}/approval`, {
      version: read1.version,
    });
    expect([late.status, late.body.error.code]).toEqual([
      412,
      'version_conflict',
    ]);
    expect((await approve(id)).status).toBe(200);
    expect((await approve(id)).status).toBe(412);
  });

  it('threats 46: a plugin that reads the decision asks for nothing', async () => {
    const name = await connected();
    const poll = async () => {
      const { status, body } = await ask(name, { askAgain: false });
      return [status, body.error?.code];
    };
    const ended = [409, 'delegation_ended'];
    expect(await poll()).toEqual(ended);
    const id = await asked(name);
    expect(await poll()).toEqual([409, 'user_consent_needed']);
    await jane('DELETE', `/delegations/${id}`);
    expect(await poll()).toEqual(ended);
    const { body: list } = await jane('GET', '/connections');
    const card = list.items.find(
      ({ datasource }: { datasource: string }) => datasource === name,
    );
    expect(card.delegations ?? []).toEqual([]);
    await approve(await asked(name));
    expect(await poll()).toEqual([200, undefined]);
  });

  it('asks only on behalf of a user who is connected and agreed to the plugin', async () => {
    const name = await connected({ consumers: ['consumer-a'] });
    const forJoe = app.bearer(
      await app.pluginToken('consumer-a', { userRef: JOE }),
    );
    const codes = async (...clients: ApiClient[]) => {
      const answers = await Promise.all(
        clients.map(client => ask(name, {}, client)),
      );
      return answers.map(({ body }) => body.error.code);
    };
    const otherForJane = app.bearer(
      await app.pluginToken('consumer-b', { userRef: JANE }),
    );
    expect(
      await codes(plugin, jane, app.bearer('static-token-1'), forJoe),
    ).toEqual([
      ...['invalid_request', 'not_a_plugin', 'not_a_plugin'],
      'user_not_connected',
    ]);
    expect(await codes(otherForJane)).toEqual(['consumer_not_allowed']);
    await change(name, settingsOf(name));
    expect(await codes(otherForJane)).toEqual(['user_consent_outdated']);
  });

  it('threats 46: refuses an end that is too late, and ends in time', async () => {
    const name = await connected();
    const refused = async (until: number) =>
      (await ask(name, { until })).body.error.code;
    expect(await refused(Date.now() + 31 * DAY)).toBe('invalid_request');
    expect(await refused(Date.now() - 1)).toBe('invalid_request');
    const { id, handle } = await lent(name, { until: Date.now() + 29 * DAY });
    await rowOf(id).update({ ends_at: Date.now() - 1 });
    await expectEnded(name, handle);
    expect(await stateOf(id)).toBe('ended');
    await app.runTask(CLEANUP);
    expect(endEvents()).toEqual(['expired']);
    expect(await rowOf(id).first('status')).toEqual({ status: 'ended' });
  });

  it("threats 46: doesn't outlast what the user agreed to, whatever the database says", async () => {
    const name = await connected();
    const until = Date.now() + DAY;
    const { id, handle } = await lent(name, { until });
    await rowOf(id).update({ ends_at: until + DAY });
    expect((await take(name, handle)).status).toBe(200);
    const { findLive } = DelegationStore.prototype;
    const finding = jest.spyOn(DelegationStore.prototype, 'findLive');
    // The database's clock, a day later.
    finding.mockImplementation(async function later(
      this: DelegationStore,
      hash,
    ) {
      const row = await findLive.call(this, hash);
      return row && { ...row, readAt: until };
    });
    await expectEnded(name, handle);
    expect(finding).toHaveBeenCalled();
    finding.mockRestore();
  });

  it('threats 46: ends when it is taken back, and asks again', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    expect((await jane('DELETE', `/delegations/${id}`)).status).toBe(204);
    await expectEnded(name, handle);
    expect(await stateOf(id)).toBe('ended');
    expect((await approve(id)).status).toBe(412);
    expect(await asked(name)).not.toBe(id);
  });

  it('threats 46: ends with the connection, and not with another one of the same account', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    await connect(name);
    const first = await take(name, handle);
    expect(first.status).toBe(200);
    const { id } = await knex('datasources').where({ name }).first();
    const credential = knex('credentials').where({
      ...{ datasource_id: id, subject: JANE },
    });
    await credential.clone().update({
      ...{ obtained_at: 1, expires_at: 1, refresh_due_at: 1 },
    });
    app.tellChange(id);
    const renewed = await take(name, handle);
    expect(renewed.body).toMatchObject({ subject: JANE });
    expect(renewed.body.accessToken).not.toBe(first.body.accessToken);
    await jane('DELETE', `/connections/${name}`);
    expect(endEvents()).toEqual(['disconnected']);
    await expectEnded(name, handle);
    await connect(name);
    await expectEnded(name, handle);
  });

  it('threats 46: ends with another account, even if the first one returns', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    await connect(name, { account: demoAccounts[1] });
    expect(endEvents()).toEqual(['other_account']);
    await expectEnded(name, handle);
    await connect(name);
    await expectEnded(name, handle);
  });

  it('threats 46: is pinned to the account that the user approved', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    const { id: datasourceId } = await knex('datasources')
      .where({ name })
      .first();
    await knex('credentials')
      .where({ datasource_id: datasourceId, subject: JANE })
      .update({ account: 'mallory' });
    app.tellChange(datasourceId);
    await expectEnded(name, handle);
    expect(await stateOf(id)).toBe('ended');
  });

  it('threats 46: is pinned to one connection if the provider names no account', async () => {
    const { auth } = settingsOf('nameless');
    const scopes = auth.scopes.filter((scope: string) => scope !== 'openid');
    const name = await connected({ auth: { ...auth, scopes } });
    const { id, handle } = await lent(name);
    expect((await read(id)).body.account).toBeUndefined();
    expect((await take(name, handle)).status).toBe(200);
    await connect(name);
    await expectEnded(name, handle);
  });

  it('threats 46: covers no wider scope and no other host than the user approved', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    const settings = settingsOf(name);
    const wider = {
      ...settings,
      auth: { ...settings.auth, scopes: [...settings.auth.scopes, 'write'] },
    };
    await change(name, wider);
    await connect(name);
    await expectEnded(name, handle);
    const next = await asked(name);
    expect((await read(next)).body.scopes).toContain('write');
    await change(name, settings);
    expect((await take(name, handle)).status).toBe(200);
    await change(name, { ...settings, baseUrl: `${provider.url}/api/other` });
    await connect(name);
    await expectEnded(name, handle);
  });

  it('threats 46: is refused once the plugin is removed, and ends a day later', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    const without = { ...settingsOf(name), consumers: ['consumer-b'] };
    await change(name, without);
    const removed = async () =>
      (await take(name, handle)).body.error.code === 'consumer_not_allowed';
    expect(await removed()).toBe(true);
    await app.runTask(CLEANUP);
    expect(await stateOf(id)).toBe('live');
    await change(name, settingsOf(name));
    await app.runTask(CLEANUP);
    expect((await take(name, handle)).status).toBe(200);
    expect((await rowOf(id).first()).unlisted_at).toBeNull();
    await change(name, without);
    await app.runTask(CLEANUP);
    await rowOf(id).update({ unlisted_at: Date.now() - DAY - 1_000 });
    await app.runTask(CLEANUP);
    expect(endEvents()).toEqual(['consumer_removed']);
    await change(name, settingsOf(name));
    await expectEnded(name, handle);
  });

  it('threats 34, 46: ends when the user is seen without the permission to use', async () => {
    for (const seen of [
      (name: string) => ask(name),
      (name: string) => jane('GET', `/gateway/${name}/me`),
    ]) {
      const name = await connected();
      const { handle } = await lent(name);
      denied.add(USE);
      expect((await take(name, handle)).status).toBe(200);
      await seen(name);
      denied.clear();
      expect(endEvents()).toContain('not_allowed');
      await expectEnded(name, handle);
    }
  });

  it('threats 46: ends with its datasource', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    await jane('DELETE', `/datasources/${name}?force=true`);
    await jane('POST', '/datasources', settingsOf(name));
    await connect(name);
    await expectEnded(name, handle);
    expect(await rowOf(id)).toEqual([]);
  });

  it('returns a handle each time, of which the last ten work, and stores none', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    const more: string[] = [];
    while (more.length < 9) {
      more.push((await ask(name)).body.delegation);
    }
    expect(new Set([handle, ...more]).size).toBe(10);
    expect((await take(name, handle)).status).toBe(200);
    await ask(name);
    await expectEnded(name, handle);
    expect((await take(name, more[8])).status).toBe(200);
    const stored = JSON.stringify([
      await rowOf(id),
      await knex('delegation_handles').where({ delegation_id: id }),
    ]);
    expect(stored).not.toContain(more[8]);
    expect(stored).not.toContain(ASKED.purpose);
  });

  it('asks separately for each purpose and context', async () => {
    const name = await connected();
    const first = await lent(name);
    const second = await asked(name, { context: { task: '43' } });
    const third = await asked(name, { purpose: 'Another' });
    expect(new Set([first.id, second, third]).size).toBe(3);
    expect(await asked(name, { purpose: 'Another' })).toBe(third);
  });

  it('threats 29: limits what waits for one user, and removes what nobody answered', async () => {
    const name = await connected();
    const id = await asked(name);
    const row = await rowOf(id).first();
    await knex('delegations').insert(
      Array.from({ length: 49 }, (_, index) => ({
        ...row,
        id: `00000000-0000-4000-8000-0000000001${String(index).padStart(
          2,
          '0',
        )}`,
      })),
    );
    const { body } = await ask(name, { purpose: 'One too many' });
    expect(body.error.code).toBe('invalid_request');
    await knex('delegations')
      .where({ status: 'pending' })
      .update({ ends_at: 1 });
    await app.runTask(CLEANUP);
    expect(await knex('delegations').where({ status: 'pending' })).toEqual([]);
    expect((await read(id)).status).toBe(404);
  });

  it('threats 18: calls through the backend and the gateway, and sends the API nothing of it', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    const through = await plugin(
      'GET',
      `/gateway/${name}/me`,
      undefined,
      headers(handle),
    );
    expect(through.status).toBe(200);
    expect(JSON.stringify(through.body)).toContain('jane');
    const url = encodeURIComponent(`${provider.url}/api/me`);
    const called = await plugin('GET', `/calls/${name}?url=${url}`, undefined, {
      ...headers(handle),
    });
    expect(called.status).toBe(200);
    expect(JSON.stringify(called.body)).toContain('jane');
    const received = { accept: 'text/plain', ...headers(handle) };
    expect(requestHeaders(received, {})).not.toMatchObject({
      'datasource-delegation': expect.anything(),
    });
    const forwarding = pluginForwarding(
      { method: 'GET', request: { headers: received } } as never,
      { url: `${provider.url}/api/me`, plugin: 'consumer-a' },
    );
    expect(
      JSON.stringify(forwarding.headersOf({}, { isRead: false })),
    ).not.toContain(handle);
    const other = await plugin('GET', `/gateway/${name}/me`, undefined, {
      ...headers(handle, { task: '43' }),
    });
    expect(other.body.error.code).toBe('delegation_ended');
  });

  it('threats 45: a rejected token is replaced only for who may use it', async () => {
    const name = await connected();
    const { handle } = await lent(name);
    const { body: first } = await take(name, handle);
    const body = { rejectedVersion: first.version };
    const { id } = await knex('datasources').where({ name }).first();
    const rows = knex('credentials').where({ datasource_id: id });
    const refreshes = async () =>
      Number((await rows.clone().first()).generation) - 1;
    // Old enough to be refreshed again.
    await rows.clone().update({ obtained_at: 1 });
    app.tellChange(id);
    for (const options of [{ as: otherPlugin }, { context: { task: '43' } }]) {
      const refused = await take(name, handle, { ...options, body });
      expect(refused.body.error.code).toBe('delegation_ended');
    }
    expect(await refreshes()).toBe(0);
    const again = await take(name, handle, { body });
    expect(again).toMatchObject({ status: 200, body: { subject: JANE } });
    expect(again.body.accessToken).not.toBe(first.accessToken);
    expect(await refreshes()).toBe(1);
  });

  it('tells the plugin whether it can act as the user, without a token', async () => {
    const name = await connected();
    const { id, handle } = await lent(name);
    const status = () =>
      plugin('GET', `/datasources/${name}`, undefined, headers(handle));
    expect((await status()).body).toMatchObject({
      ...{ name, status: { state: 'AUTHORIZED' } },
    });
    await jane('DELETE', `/delegations/${id}`);
    expect((await status()).body.error.code).toBe('delegation_ended');
    const own = await forJane('GET', `/datasources/${name}`, undefined, {
      'datasource-subject': 'user',
    });
    expect(own.body.status.state).toBe('AUTHORIZED');
  });

  it('audits who asked, approved and took back', async () => {
    const name = await connected();
    const { id } = await lent(name);
    await jane('DELETE', `/delegations/${id}`);
    const events = audited.mock.calls
      .map(([event]) => event)
      .filter(({ eventId }) => eventId === 'delegation');
    expect(events.map(({ meta }) => meta)).toEqual([
      expect.objectContaining({
        ...{ actionType: 'delegate', actor: JANE, datasource: name },
        through: 'plugin:consumer-a',
      }),
      expect.objectContaining({ actionType: 'approve', actor: JANE }),
      expect.objectContaining({ actionType: 'delegate' }),
      expect.objectContaining({ actionType: 'take-back', delegation: id }),
    ]);
  });
});
