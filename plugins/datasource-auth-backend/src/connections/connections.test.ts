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
import { requestHeaders } from '../gateway/requestHeaders';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const KIOSK = 'user:default/kiosk';

const person = (name: string, email?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [], ...(email && { profile: { email } }) },
});

describe.each(databaseIds())('N10: connections of people on %s', databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let joe: ApiClient;
  const denied = new Set<string>();
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: denied.has(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => ({
        result: denied.has(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })) as never,
  });

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      permissions,
      features: [
        catalogServiceMock.factory({
          entities: [
            person('jane', 'jane@demo.example'),
            person('joe', 'joe@demo.example'),
            person('ann'),
          ],
        }),
      ],
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        people: { sharedUsers: [KIOSK] },
      },
    });
    jane = await app.user(JANE);
    joe = await app.user(JOE);
  });

  beforeEach(() => denied.clear());

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  let count = 0;
  const settingsOf = (name: string) => ({
    ...web(name, provider.url),
    consumers: ['consumer-a'],
    subjects: 'user',
  });
  async function personal(change: object = {}): Promise<string> {
    count += 1;
    const settings = { ...settingsOf(`people-${count}`), ...change };
    const { status } = await jane('POST', '/datasources', settings);
    expect(status).toBe(201);
    return settings.name;
  }
  const begin = (user: ApiClient, datasource: string) =>
    user('POST', '/authorizations', { datasource, subject: 'user' });
  /** Goes to the provider and back, and completes the attempt: it waits for its confirmation. */
  async function approve(
    user: ApiClient,
    begun: { id: string; ticket: string },
    account = demoAccounts[0],
  ) {
    const { callback, cookie } = await visitProvider(app, begun.ticket, {
      person: new DemoPerson(account),
    });
    const returned = await visitCallback(app, callback, cookie);
    return user('POST', `/authorizations/${begun.id}/completion`, {
      completion: fragmentOf(returned).get('completion'),
    });
  }
  const confirm = (user: ApiClient, id: string, body: object = {}) =>
    user('POST', `/authorizations/${id}/confirmation`, body);
  async function connect(user: ApiClient, name: string, body?: object) {
    const { body: begun } = await begin(user, name);
    await approve(user, begun);
    return confirm(user, begun.id, body);
  }
  const rowsOf = (subject: string) => knex('credentials').where({ subject });
  const connectionOf = async (user: ApiClient, name: string) =>
    (await user('GET', '/connections')).body.items.find(
      ({ datasource }: { datasource: string }) => datasource === name,
    );

  it('threats 43: stops before anything is stored, and shows the account and the terms', async () => {
    const name = await personal();
    const begun = await begin(jane, name);
    expect(begun).toMatchObject({
      status: 201,
      body: { status: 'pending', commit: false, datasource: name },
    });
    const { body } = await approve(jane, begun.body);
    expect(body).toMatchObject({
      status: 'granted',
      datasource: name,
      staged: { account: expect.stringMatching(/^jane/) },
      connection: {
        terms: {
          baseUrl: `${provider.url}/api`,
          hosts: [new URL(provider.url).host],
          scopes: ['openid', 'offline_access', 'read'],
          consumers: ['consumer-a'],
          routes: [],
        },
        doubts: [],
      },
    });
    expect(body.settings).toBeUndefined();
    expect(await rowsOf(JANE)).toHaveLength(0);
    expect((await confirm(jane, begun.body.id)).body.status).toBe('consumed');
    expect(await rowsOf(JANE)).toHaveLength(1);
    expect(await connectionOf(jane, name)).toMatchObject({
      state: 'connected',
      account: expect.stringMatching(/^jane/),
      agreed: { consumers: ['consumer-a'] },
    });
    expect((await confirm(jane, begun.body.id)).status).toBe(409);
  });

  it("threats 43: isn't seen by others, and no administrator reads or ends it", async () => {
    const name = await personal();
    await connect(jane, name);
    expect(await connectionOf(joe, name)).toMatchObject({
      state: 'not_connected',
    });
    expect((await joe('DELETE', `/connections/${name}`)).status).toBe(404);
    const { body } = await jane('GET', `/datasources/${name}`);
    expect(body.status).toMatchObject({ state: 'PER_USER' });
    expect(body.status).not.toHaveProperty('account');
    for (const path of ['activity', 'export', 'impact', 'consumers']) {
      const { body: read } = await jane('GET', `/datasources/${name}/${path}`);
      expect(JSON.stringify(read)).not.toContain('jane@demo');
    }
  });

  it('threats 43: is connected in person only, never by a plugin on their behalf or an external token', async () => {
    const name = await personal();
    const { body: begun } = await begin(jane, name);
    await approve(jane, begun);
    const others = [
      app.bearer(await app.pluginToken('consumer-a', { userRef: JANE })),
      app.bearer(await app.pluginToken('consumer-a')),
      app.bearer('static-token-1'),
      app.bearer('static-token-3'),
    ];
    for (const [index, other] of others.entries()) {
      expect((await begin(other, name)).body.error.code).toBe('person_only');
      expect((await other('GET', '/connections')).status).toBe(403);
      expect((await other('DELETE', `/connections/${name}`)).status).toBe(403);
      const confirmed = await confirm(other, begun.id);
      expect([index, confirmed.status]).toEqual([index, index ? 404 : 403]);
      const read = await other('GET', `/authorizations/${begun.id}`);
      expect(read.status).toBe(index ? 404 : 403);
    }
    expect(await connectionOf(jane, name)).toMatchObject({
      state: 'not_connected',
    });
  });

  it('threats 43: is finished by the user who began it', async () => {
    const name = await personal();
    const { body: begun } = await begin(jane, name);
    const stolen = await approve(joe, begun);
    expect(stolen.body.error.code).toBe('other_user');
    expect((await confirm(joe, begun.id)).status).toBe(404);
    expect((await confirm(jane, begun.id)).status).toBe(409);

    const { body: second } = await begin(jane, name);
    await approve(jane, second);
    expect((await confirm(joe, second.id)).status).toBe(404);
    expect(await rowsOf(JOE)).toEqual([]);
  });

  it('threats 43: an account of someone else is confirmed twice, without naming them', async () => {
    const name = await personal();
    await connect(jane, name);
    const { body: begun } = await begin(joe, name);
    const { body } = await approve(joe, begun);
    expect(body.connection.doubts).toEqual(['other_email', 'account_taken']);
    expect(JSON.stringify(body)).not.toContain(JANE);
    for (const acknowledged of [
      undefined,
      ['other_email'],
      ['account_taken'],
    ]) {
      const refused = await confirm(joe, begun.id, { acknowledged });
      expect(refused).toMatchObject({
        status: 409,
        body: { error: { code: 'confirmation_required' } },
      });
    }
    expect(
      (await confirm(joe, begun.id, { acknowledged: body.connection.doubts }))
        .status,
    ).toBe(200);
    expect(await connectionOf(joe, name)).toMatchObject({ state: 'connected' });
  });

  it('raises no doubt about an account for which the catalog has no email address', async () => {
    const name = await personal();
    const ann = await app.user('user:default/ann');
    expect((await connect(ann, name)).status).toBe(200);
  });

  it('refuses users that several people share, and says why', async () => {
    const name = await personal();
    for (const shared of [
      KIOSK,
      'user:development/guest',
      'User:Default/Kiosk',
    ]) {
      const user = await app.user(shared);
      const { status, body } = await begin(user, name);
      expect([status, body.error.code]).toEqual([403, 'shared_user']);
      const { body: list } = await user('GET', '/connections');
      expect(list.refusal).toEqual({
        code: 'shared_user',
        message: body.error.message,
        texts: body.error.texts,
      });
    }
    const { body: own } = await jane('GET', '/connections');
    expect(own.refusal).toBeUndefined();
  });

  it('threats 34: needs the permission to own connections and to use the datasource, at each step', async () => {
    const name = await personal();
    const { body: begun } = await begin(jane, name);
    await approve(jane, begun);
    for (const permission of [
      'datasource-auth.connection.own',
      'datasource-auth.datasource.use',
    ]) {
      denied.add(permission);
      expect((await begin(jane, name)).body.error.code).toBe('not_allowed');
      expect((await confirm(jane, begun.id)).status).toBe(403);
      expect((await jane('GET', `/authorizations/${begun.id}`)).status).toBe(
        403,
      );
      denied.clear();
    }
    denied.add('datasource-auth.datasource.use');
    denied.add('datasource-auth.datasource.read');
    expect((await begin(jane, name)).status).toBe(404);
    expect(await connectionOf(jane, name)).toBeUndefined();
    denied.clear();
    await confirm(jane, begun.id);
    denied.add('datasource-auth.datasource.use');
    denied.add('datasource-auth.connection.own');
    expect(await connectionOf(jane, name)).toMatchObject({
      state: 'connected',
    });
    expect((await jane('DELETE', `/connections/${name}`)).status).toBe(200);
  });

  it('threats 27: its attempt serves nothing else, and lends nobody the secrets of the datasource', async () => {
    const name = await personal({ subjects: 'both' });
    const { body: begun } = await begin(jane, name);
    await approve(jane, begun);
    const { body: saved } = await jane('GET', `/datasources/${name}`);
    const settings = { ...settingsOf(name), subjects: 'both' };
    const stored = await jane(
      'PUT',
      `/datasources/${name}`,
      {
        ...settings,
        credential: { action: 'replace', authorizationId: begun.id },
      },
      { 'if-match': `"${saved.version}"` },
    );
    expect(stored.body.error.code).toBe('credential_out_of_date');
    const { clientSecret: _, ...auth } = settings.auth;
    const borrowed = await jane('POST', '/authorizations', {
      settings: { ...settings, name: 'thief', auth },
      authorizationId: begun.id,
    });
    expect(borrowed.body.error.code).toBe('datasource_not_configured');
    const tested = await jane('POST', `/authorizations/${begun.id}/test`);
    expect(tested.body.ok).not.toBe(true);
    const { body: shared } = await jane('POST', '/authorizations', {
      datasource: name,
    });
    expect((await confirm(jane, shared.id)).status).toBe(409);
  });

  it("threats 42: an attempt that is given to another person in the database can't be confirmed", async () => {
    const name = await personal();
    const { body: begun } = await begin(jane, name);
    await approve(jane, begun);
    await knex('authorizations')
      .where({ id: begun.id })
      .update({ subject: JOE, user_ref: JOE });
    const acknowledged = ['other_email', 'account_taken'];
    expect((await confirm(joe, begun.id, { acknowledged })).status).toBe(500);
    expect(await connectionOf(joe, name)).toMatchObject({
      state: 'not_connected',
    });
  });

  it('agrees to what was shown: plugins that were added since need another consent', async () => {
    const name = await personal();
    const { body: begun } = await begin(jane, name);
    await approve(jane, begun);
    const { body: saved } = await jane('GET', `/datasources/${name}`);
    await jane(
      'PUT',
      `/datasources/${name}`,
      { ...settingsOf(name), consumers: ['consumer-a', 'consumer-b'] },
      { 'if-match': `"${saved.version}"` },
    );
    await confirm(jane, begun.id);
    expect(await connectionOf(jane, name)).toMatchObject({
      state: 'consent_outdated',
      terms: { consumers: ['consumer-a', 'consumer-b'] },
      agreed: { consumers: ['consumer-a'] },
    });
  });

  it('ends: the provider revokes its tokens, and nothing of it is left', async () => {
    const name = await personal();
    await connect(jane, name);
    const token = provider.issued.at(-1);
    expect(await jane('DELETE', `/connections/${name}`)).toMatchObject({
      status: 200,
      body: { revoked: true },
    });
    expect(await connectionOf(jane, name)).toMatchObject({
      state: 'not_connected',
    });
    const { id } = await knex('datasources').where({ name }).first();
    const row = await rowsOf(JANE).where({ datasource_id: id }).first();
    expect(row).toMatchObject({
      state: 'cleared',
      ...{
        sealed: null,
        sealed_spare: null,
        sealed_terms: null,
        account: null,
      },
    });
    expect(token).toBeDefined();
    expect((await jane('DELETE', `/connections/${name}`)).status).toBe(404);
    await rowsOf(JANE).update({ state_changed_at: 1 });
    await app.runTask('datasource-auth-cleanup');
    expect(await rowsOf(JANE).where({ datasource_id: id })).toEqual([]);
  });

  describe('used by a plugin', () => {
    const take = (
      name: string,
      userRef: string | undefined,
      more: { plugin?: 'consumer-b'; subject?: 'user' | 'service' } = {},
    ) =>
      app.consume(more.plugin ?? 'consumer-a', name, {
        ...(userRef && { userRef }),
        subject: more.subject ?? 'user',
      });
    const change = async (name: string, settings: object) => {
      const { body: saved } = await jane('GET', `/datasources/${name}`);
      const changed = await jane('PUT', `/datasources/${name}`, settings, {
        'if-match': `"${saved.version}"`,
      });
      expect(changed.status).toBe(200);
    };

    it("threats 44: gives each plugin the token of the user it acts for, and never another's", async () => {
      const name = await personal();
      await connect(jane, name);
      await connect(joe, name, {
        acknowledged: ['other_email', 'account_taken'],
      });
      const [hers, his] = [await take(name, JANE), await take(name, JOE)];
      expect(hers).toMatchObject({ status: 200, body: { subject: JANE } });
      expect(his).toMatchObject({ status: 200, body: { subject: JOE } });
      expect(hers.body.accessToken).not.toBe(his.body.accessToken);
      const again = await Promise.all([take(name, JOE), take(name, JANE)]);
      expect(again.map(({ body }) => body.accessToken)).toEqual([
        his.body.accessToken,
        hers.body.accessToken,
      ]);
    });

    it('threats 44: a rejected token is replaced for its own person only, and no version of another person counts', async () => {
      const name = await personal();
      for (const user of [jane, joe]) {
        await connect(user, name, {
          acknowledged: ['other_email', 'account_taken'],
        });
      }
      const [hers, his] = [await take(name, JANE), await take(name, JOE)];
      // Old enough to be refreshed again.
      const { id } = await knex('datasources').where({ name }).first();
      await knex('credentials')
        .where({ datasource_id: id })
        .update({ obtained_at: 1 });
      app.tellChange(id);
      const report = (userRef: string) =>
        app.consume('consumer-a', name, {
          ...{ userRef, subject: 'user' },
          rejectedVersion: hers.body.version,
        });
      const other = await report(JOE);
      expect(other.body.accessToken).toBe(his.body.accessToken);
      const replaced = await report(JANE);
      expect(replaced).toMatchObject({ status: 200, body: { subject: JANE } });
      expect([hers.body.accessToken, his.body.accessToken]).not.toContain(
        replaced.body.accessToken,
      );
      expect((await take(name, JOE)).body.accessToken).toBe(
        his.body.accessToken,
      );
    });

    it('threats 44: has no fallback from one subject to the other', async () => {
      const name = await personal({ subjects: 'both' });
      await connect(jane, name);
      expect(
        (await take(name, JANE, { subject: 'service' })).body.error,
      ).toMatchObject({
        code: 'datasource_not_authorized',
      });
      expect((await take(name, JOE)).body.error).toMatchObject({
        name: 'DatasourceConnectionError',
        code: 'user_not_connected',
        link: `http://localhost:3000/datasource-auth/connections?datasource=${name}`,
      });
      const only = await personal();
      await connect(jane, only);
      expect((await take(only, JANE, { subject: 'service' })).status).toBe(409);
    });

    it('threats 44: needs the credentials of a user: no service names one', async () => {
      const name = await personal();
      await connect(jane, name);
      expect((await take(name, undefined)).body.error.code).toBe(
        'invalid_request',
      );
      const path = `/datasources/${name}/token`;
      for (const other of [jane, app.bearer('static-token-1')]) {
        const answer = await other('POST', path, { subject: 'user' });
        expect(answer.body.error.code).toBe('not_a_plugin');
      }
      const named = await jane('POST', path, { subject: JANE });
      expect(named.status).toBe(400);
    });

    it('threats 43: a plugin that was added later needs another consent, the others go on', async () => {
      const name = await personal();
      await connect(jane, name);
      const both = {
        ...settingsOf(name),
        consumers: ['consumer-a', 'consumer-b'],
      };
      await change(name, both);
      const later = await take(name, JANE, { plugin: 'consumer-b' });
      expect(later.body.error.code).toBe('user_consent_outdated');
      expect((await take(name, JANE)).status).toBe(200);
      await connect(jane, name);
      expect((await take(name, JANE, { plugin: 'consumer-b' })).status).toBe(
        200,
      );
      await change(name, { ...both, consumers: ['consumer-b'] });
      expect((await take(name, JANE)).body.error.code).toBe(
        'consumer_not_allowed',
      );
    });

    it('threats 43: another base URL or host ends the consent, and a missing scope is named', async () => {
      const name = await personal();
      await connect(jane, name);
      const settings = settingsOf(name);
      await change(name, { ...settings, baseUrl: `${provider.url}/api/other` });
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_consent_outdated',
      );
      await change(name, settings);
      expect((await take(name, JANE)).status).toBe(200);
      const { auth } = settings;
      await change(name, {
        ...settings,
        auth: { ...auth, scopes: [...auth.scopes, 'write'] },
      });
      expect((await take(name, JANE)).body.error).toMatchObject({
        code: 'user_scope_missing',
        message: expect.stringContaining('write'),
      });
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'scope_missing',
        missingScopes: ['write'],
      });
    });

    it('threats 34, 43: ends with the connection, the permission, and for shared users', async () => {
      const name = await personal();
      await connect(jane, name);
      expect((await take(name, JANE)).status).toBe(200);
      denied.add('datasource-auth.connection.own');
      expect((await take(name, JANE)).body.error.code).toBe('not_allowed');
      denied.clear();
      expect((await take(name, KIOSK)).body.error.code).toBe('shared_user');
      await jane('DELETE', `/connections/${name}`);
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
    });

    it("N10: a provider's refusal is the user's to resolve, and nobody else's", async () => {
      const name = await personal();
      await connect(jane, name);
      const { id } = await knex('datasources').where({ name }).first();
      await rowsOf(JANE)
        .where({ datasource_id: id })
        .update({ state: 'refused', reason: 'invalid_grant' });
      app.tellChange(id);
      expect((await take(name, JANE)).body.error.code).toBe(
        'user_not_connected',
      );
      expect(await connectionOf(jane, name)).toMatchObject({
        state: 'reconnect',
      });
      const { body } = await jane('GET', `/datasources/${name}`);
      expect(body.status.state).toBe('PER_USER');
    });
  });

  describe('used through the gateway', () => {
    const ME = { methods: ['GET'], path: '/me' };
    const call = (
      user: ApiClient,
      name: string,
      subject?: string,
      path = '/me',
    ) =>
      user('GET', `/gateway/${name}${path}`, undefined, {
        ...(subject && { 'datasource-subject': subject }),
      });

    it('threats 43: calls as the person who calls, on the routes that they agreed to', async () => {
      const gateway = { routes: [ME] };
      const name = await personal({ gateway });
      expect((await call(jane, name, 'user')).body.error.code).toBe(
        'user_not_connected',
      );
      await connect(jane, name);
      const answer = await call(jane, name, 'user');
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).toContain('jane');
      expect((await call(joe, name, 'user')).body.error.code).toBe(
        'user_not_connected',
      );
      expect((await call(jane, name)).status).toBe(409);
      expect((await call(jane, name, 'everyone')).status).toBe(400);
      expect((await call(jane, name, JOE)).status).toBe(400);
      const token = app.bearer('static-token-3');
      expect((await call(token, name, 'user')).status).toBe(400);
      const { body: saved } = await jane('GET', `/datasources/${name}`);
      const wider = { routes: [ME, { methods: ['GET'], path: '/things' }] };
      await jane(
        'PUT',
        `/datasources/${name}`,
        { ...settingsOf(name), gateway: wider },
        { 'if-match': `"${saved.version}"` },
      );
      expect((await call(jane, name, 'user', '/things')).body.error.code).toBe(
        'user_consent_outdated',
      );
      expect((await call(jane, name, 'user')).status).toBe(200);
    });

    it('threats 18: sends the API nothing of whose account it is', () => {
      const received = { accept: 'text/plain', 'datasource-subject': 'user' };
      expect(requestHeaders(received, {})).not.toHaveProperty(
        'datasource-subject',
      );
    });
  });

  it('keeps its datasource from being deleted by mistake', async () => {
    const name = await personal();
    await connect(jane, name);
    const deleted = await jane('DELETE', `/datasources/${name}`);
    expect(deleted.body.error.code).toBe('in_use');
    expect(
      (await jane('DELETE', `/datasources/${name}?force=true`)).status,
    ).toBe(204);
  });

  it('needs a datasource with accounts of people', async () => {
    const name = await personal({ subjects: 'service' });
    expect((await begin(jane, name)).status).toBe(400);
    expect(await connectionOf(jane, name)).toBeUndefined();
    for (const body of [
      { datasource: name, subject: 'user', commit: true },
      { settings: settingsOf('unsaved'), subject: 'user' },
    ]) {
      expect((await jane('POST', '/authorizations', body)).status).toBe(400);
    }
    const only = await personal();
    const shared = await jane('POST', '/authorizations', {
      ...{ datasource: only, commit: true },
    });
    expect(shared.status).toBe(400);
  });
});
