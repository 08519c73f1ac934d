import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  notificationService,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import express from 'express';
import { Knex } from 'knex';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import {
  begin,
  callOf,
  decline,
  open,
  secretOf,
} from '../__testUtils__/invitation';
import { permissionFramework } from '../__testUtils__/permissionFramework';
import { recordAudit } from '../__testUtils__/recordAudit';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { databaseNowPlus } from '../database/database';

jest.setTimeout(120_000);

const PLATFORM = 'user:default/platform';
const SALES = 'group:default/sales';

/** The permissions of each user. Others have none, not even read. */
const MAY: Record<string, RegExp> = {
  [PLATFORM]: /./,
  'user:default/jane': /\.(read|update)$/,
  'user:default/otto': /\.authorize$/,
  'user:default/rita': /\.read$/,
};

describe.each(databaseIds())('delegated authorization, on %s', databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let platform: ApiClient;
  /** May change datasources, but not authorize them. */
  let jane: ApiClient;
  /** Has no permissions. */
  let bob: ApiClient;
  let eve: ApiClient;
  let rita: ApiClient;
  const sent: NotificationSendOptions[] = [];
  const audit = recordAudit();

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      config: { permission: { enabled: true } },
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
      features: [
        audit.feature,
        ...permissionFramework(async ({ permission }, user) => ({
          result: MAY[user?.info.userEntityRef ?? '']?.test(permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        })),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            async send(options) {
              sent.push(options);
            },
          }),
        }),
      ],
    });
    platform = await app.user(PLATFORM);
    jane = await app.user('user:default/jane');
    bob = await app.user('user:default/bob', [SALES]);
    eve = await app.user('user:default/eve');
    rita = await app.user('user:default/rita');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  beforeEach(() => {
    sent.length = 0;
    audit.events.length = 0;
  });

  let made = 0;
  async function datasource(more: object = {}): Promise<string> {
    made += 1;
    const name = `crm-${made}`;
    const created = await platform('POST', '/datasources', {
      ...web(name, provider.url),
      title: 'Sales CRM',
      consumers: ['consumer-a'],
      ...more,
    });
    expect(created.status).toBe(201);
    return name;
  }

  async function asked(name: string, body: object = {}) {
    const answer = await jane('POST', '/authorization-requests', {
      datasource: name,
      recipient: 'user:default/bob',
      ...body,
    });
    expect(answer.status).toBe(201);
    return { id: answer.body.id, secret: secretOf(answer) };
  }

  /** The browser's steps between the ticket and the completion. */
  async function visit(begun: { body: { ticket: string } }) {
    const { callback, cookie } = await visitProvider(app, begun.body.ticket);
    return visitCallback(app, callback, cookie);
  }

  async function refusesToStart(begun: { body: { ticket: string } }) {
    const { ticket } = begun.body;
    const start = await postForm(app, '/oauth/start', { ticket });
    expect(start.status).toBe(409);
    expect(start.headers.get('location')).toBeNull();
    expect(await start.text()).toContain('The approval request has ended');
  }

  async function finish(
    person: ApiClient,
    begun: { body: { id: string; ticket: string } },
  ) {
    const completion = fragmentOf(await visit(begun)).get('completion');
    return person('POST', `/authorizations/${begun.body.id}/completion`, {
      completion,
    });
  }

  const stateOf = async (name: string) =>
    (await platform('GET', `/datasources/${name}`)).body.status.state;

  async function change(name: string, part: any) {
    const { body } = await platform('GET', `/datasources/${name}`);
    const settings = { ...web(name, provider.url), title: 'Sales CRM' };
    const answer = await platform(
      'PUT',
      `/datasources/${name}`,
      {
        ...settings,
        consumers: ['consumer-a'],
        ...part,
        auth: { ...settings.auth, ...part.auth },
      },
      { 'if-match': `"${body.version}"` },
    );
    expect(answer.status).toBe(200);
  }

  const hidden = { status: 404, body: { error: { code: 'not_found' } } };
  const over = { status: 409, body: { error: { code: 'request_ended' } } };

  it('threats 31: shows scopes as they are sent, with templates filled', async () => {
    const settings = web('any', provider.url);
    const name = await datasource({
      instance: { level: 'read', login: 'openid' },
      auth: {
        ...settings.auth,
        scopes: ['{{instance.login}}', '{{instance.level}}'],
      },
    });
    const { secret } = await asked(name);
    expect((await open(bob, secret)).body.approval.scopes).toEqual([
      { scope: 'openid' },
      { scope: 'read' },
    ]);
    const begun = await begin(bob, secret);
    const start = await postForm(app, '/oauth/start', {
      ticket: begun.body.ticket,
    });
    const { searchParams } = new URL(start.headers.get('location')!);
    expect(searchParams.get('scope')).toBe('openid read');
    expect(searchParams.get('nonce')).toMatch(/^[\w-]{20,}$/);
  });

  it('lets a user without permissions approve, once, and notifies both', async () => {
    const name = await datasource();
    const { id, secret } = await asked(name, { message: 'Needed for Q4' });
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['user:default/bob'] },
        payload: expect.objectContaining({
          title: 'jane asks you to authorize Sales CRM',
          link: `http://localhost:3000/datasource-auth/authorize#${secret}`,
          scope: `request:${id}`,
        }),
      },
    ]);

    const page = await open(bob, secret);
    expect(page).toMatchObject({ status: 200 });
    expect(page.body).toEqual({
      state: 'pending',
      mayAnswer: true,
      title: 'Sales CRM',
      askedBy: 'user:default/jane',
      askedAt: expect.any(Number),
      expiresAt: page.body.askedAt + 72 * 60 * 60_000,
      message: 'Needed for Q4',
      approval: {
        providerHost: new URL(provider.url).host,
        scopes: [
          { scope: 'openid' },
          { scope: 'offline_access' },
          { scope: 'read' },
        ],
        consumers: ['consumer-a'],
      },
    });

    const begun = await begin(bob, secret);
    expect(begun).toMatchObject({
      status: 201,
      body: {
        status: 'pending',
        commit: true,
        display: 'page',
        requested: true,
        startUrl: expect.stringMatching(/\/oauth\/start$/),
        ticket: expect.any(String),
      },
    });
    expect(await finish(bob, begun)).toMatchObject({
      status: 200,
      body: { status: 'consumed', requested: true },
    });
    expect(await stateOf(name)).toBe('AUTHORIZED');
    expect((await app.consume('consumer-a', name)).status).toBe(200);

    expect(await begin(bob, secret)).toMatchObject(over);
    expect(await open(bob, secret)).toMatchObject({
      body: { state: 'approved', decidedBy: 'user:default/bob' },
    });
    const told = sent
      .slice(1)
      .map(({ recipients, payload }) => [
        (recipients as { entityRef: string[] }).entityRef,
        payload.title,
      ]);
    expect(told).toEqual([
      [['user:default/jane'], 'bob authorized Sales CRM'],
      [['user:default/bob'], 'Sales CRM is authorized'],
    ]);
  });

  it('finds nothing without a secret, or with an invalid one, and responds the same to each', async () => {
    const { secret } = await asked(await datasource());
    const unknown = await open(bob, 'x'.repeat(43));
    expect(unknown).toMatchObject(hidden);
    const { path } = callOf(secret);
    const header = 'datasource-auth-request';
    expect((await bob('GET', path)).body).toEqual(unknown.body);
    for (const wrong of [
      '',
      secret.slice(1),
      `${secret}, ${secret}`,
      'x'.repeat(10_000),
    ]) {
      const answer = await bob('GET', path, undefined, { [header]: wrong });
      expect(answer).toMatchObject({ status: 404, body: unknown.body });
    }
    expect((await bob('GET', `${path}?secret=${secret}`)).status).toBe(404);
    expect((await open(bob, secret)).status).toBe(200);
  });

  it('never shows the recipient any configuration', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    const begun = await begin(bob, secret);
    const answers = [
      await open(bob, secret),
      begun,
      await bob('GET', `/authorizations/${begun.body.id}`),
      await bob('POST', `/authorizations/${begun.body.id}/test`),
      await finish(bob, begun),
      await bob('GET', `/authorizations/${begun.body.id}`),
    ];
    for (const { body } of answers) {
      expect(JSON.stringify(body)).not.toMatch(
        /demo-web|settings|clientId|\/token|\/authorize"|baseUrl|crm-\d/,
      );
    }
    for (const path of ['', '/activity', '/consumers', '/export', '/impact']) {
      expect(await bob('GET', `/datasources/${name}${path}`)).toMatchObject(
        hidden,
      );
    }
    expect(
      await bob('GET', `/datasources/${name}/authorization-requests`),
    ).toMatchObject(hidden);
    expect(
      (await bob('POST', '/authorizations', { datasource: name, commit: true }))
        .status,
    ).toBe(404);
  });

  it('tells a recipient that it failed, but not with which settings', async () => {
    const name = await datasource({
      auth: {
        ...web('x', provider.url).auth,
        clientSecret: 'wrong-secret-wrong-secret',
      },
    });
    const { secret } = await asked(name);
    const begun = await begin(bob, secret);
    expect(fragmentOf(await visit(begun)).get('completion')).toBeNull();
    const { body } = await bob('GET', `/authorizations/${begun.body.id}`);
    expect(body).toMatchObject({
      status: 'failed',
      error: {
        code: 'invalid_client',
        cause: 'Nothing was changed.',
        details: {},
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/demo-web|localhost/);
    // A failure isn't a response: the request is still open.
    expect((await begin(bob, secret)).status).toBe(201);
  });

  it('is for members of the group that is asked, and no one else', async () => {
    const name = await datasource();
    const { secret } = await asked(name, { recipient: 'Group:Default/Sales' });
    for (const stranger of [eve, rita, platform]) {
      expect(await open(stranger, secret)).toMatchObject(hidden);
      expect(await begin(stranger, secret)).toMatchObject(hidden);
      expect(await decline(stranger, secret)).toMatchObject(hidden);
    }
    const second = await app.user('user:default/carol', [SALES]);
    expect((await begin(second, secret)).status).toBe(201);
    expect((await finish(bob, await begin(bob, secret))).status).toBe(200);
    expect(await stateOf(name)).toBe('AUTHORIZED');
    expect(sent.at(-2)!.recipients).toMatchObject({ entityRef: [SALES] });
  });

  it('accepts one of two simultaneous approvals, and discards the result of the other', async () => {
    const name = await datasource();
    const { secret } = await asked(name, { recipient: SALES });
    const carol = await app.user('user:default/carol', [SALES]);
    const [first, second] = [
      await begin(bob, secret),
      await begin(carol, secret),
    ];
    const completions = await Promise.all(
      [first, second].map(async begun =>
        fragmentOf(await visit(begun)).get('completion'),
      ),
    );
    const complete = (person: ApiClient, index: number) =>
      person(
        'POST',
        `/authorizations/${[first, second][index].body.id}/completion`,
        { completion: completions[index] },
      );
    expect((await complete(carol, 1)).status).toBe(200);
    expect(await complete(bob, 0)).toMatchObject(over);
    expect((await bob('GET', `/authorizations/${first.body.id}`)).status).toBe(
      404,
    );
    const { body } = await platform('GET', `/datasources/${name}/activity`);
    expect(
      body.items.filter(({ kind }: any) => kind === 'authorized'),
    ).toMatchObject([
      {
        actor: 'user:default/carol',
        details: { askedBy: 'user:default/jane' },
      },
    ]);
  });

  it('a link without a recipient is for users who may authorize, without any other permission', async () => {
    const name = await datasource();
    const { secret } = await asked(name, { recipient: undefined });
    for (const stranger of [bob, eve, rita]) {
      expect(await open(stranger, secret)).toMatchObject(hidden);
      expect(await begin(stranger, secret)).toMatchObject(hidden);
    }
    const otto = await app.user('user:default/otto');
    expect(await otto('GET', `/datasources/${name}`)).toMatchObject(hidden);
    expect((await finish(otto, await begin(otto, secret))).status).toBe(200);
    expect(await stateOf(name)).toBe('AUTHORIZED');
    expect(await begin(otto, secret)).toMatchObject(over);
  });

  it("a user who may not authorize can't get access by asking themselves or their group", async () => {
    const name = await datasource();
    const janeInSales = await app.user('user:default/jane', [SALES]);
    for (const recipient of ['user:default/jane', SALES, undefined]) {
      const { secret } = await asked(name, { recipient });
      expect(await open(janeInSales, secret)).toMatchObject({
        status: 200,
        body: { mayAnswer: false },
      });
      expect(await begin(janeInSales, secret)).toMatchObject({
        status: 403,
        body: { error: { code: 'not_allowed' } },
      });
    }
    expect(
      await jane('POST', '/authorizations', { datasource: name, commit: true }),
    ).toMatchObject({ status: 403 });
    const own = await platform('POST', '/authorization-requests', {
      datasource: name,
      recipient: PLATFORM,
    });
    expect((await begin(platform, secretOf(own))).status).toBe(201);
  });

  it('threats 10: neither a plugin nor an external token can respond or, unless it names a datasource, ask', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    for (const token of [
      await app.pluginToken('consumer-a'),
      'static-token-1',
      'static-token-2',
    ]) {
      const service = app.bearer(token);
      expect(await open(service, secret)).toMatchObject({
        body: { error: { code: 'not_a_person' } },
      });
      expect(await begin(service, secret)).toMatchObject({ status: 403 });
      const ask = await service('POST', '/authorization-requests', {
        datasource: name,
        recipient: 'user:default/bob',
      });
      expect([403, 404]).toContain(ask.status);
    }
    expect((await begin(app.anonymous, secret)).status).toBe(401);
  });

  it("requires update to ask, to see recipients, and to withdraw another user's request", async () => {
    const name = await datasource();
    const ask = { datasource: name, recipient: 'user:default/bob' };
    expect(await rita('POST', '/authorization-requests', ask)).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
    expect(await eve('POST', '/authorization-requests', ask)).toMatchObject(
      hidden,
    );
    const { id, secret } = await asked(name);
    expect(
      (await rita('GET', `/datasources/${name}/authorization-requests`)).status,
    ).toBe(403);
    expect((await rita('DELETE', `/authorization-requests/${id}`)).status).toBe(
      403,
    );
    const refused = await eve('DELETE', `/authorization-requests/${id}`);
    expect(refused).toMatchObject(hidden);
    expect(JSON.stringify(refused.body)).not.toContain(name);
    // The link isn't the id, and the id isn't the link.
    expect(
      await jane('DELETE', `/authorization-requests/${secret}`),
    ).toMatchObject(hidden);
    expect(await open(bob, id)).toMatchObject(hidden);

    const list = await jane(
      'GET',
      `/datasources/${name}/authorization-requests`,
    );
    expect(list.body.items).toEqual([
      expect.objectContaining({
        id,
        state: 'pending',
        recipient: 'user:default/bob',
        askedBy: 'user:default/jane',
      }),
    ]);
    expect(JSON.stringify(list.body)).not.toContain(secret);
    expect(
      (await platform('DELETE', `/authorization-requests/${id}`)).status,
    ).toBe(204);
    expect(await begin(bob, secret)).toMatchObject(over);
    expect(sent.at(-1)!.payload.title).toBe(
      'The request to authorize Sales CRM was withdrawn',
    );
  });

  describe('a withdrawn request ends the attempt in progress', () => {
    const begunAndWithdrawn = async () => {
      const name = await datasource();
      const { id, secret } = await asked(name);
      const begun = await begin(bob, secret);
      const withdraw = async () =>
        expect(
          (await jane('DELETE', `/authorization-requests/${id}`)).status,
        ).toBe(204);
      return { name, begun, withdraw };
    };

    it('before it has gone to the provider', async () => {
      const { name, begun, withdraw } = await begunAndWithdrawn();
      await withdraw();
      await refusesToStart(begun);
      expect(await stateOf(name)).toBe('NOT_AUTHORIZED');
    });

    it("while the user is at the provider: the code isn't exchanged", async () => {
      const { name, begun, withdraw } = await begunAndWithdrawn();
      const issued = provider.issued.length;
      const { callback, cookie } = await visitProvider(app, begun.body.ticket);
      await withdraw();
      const back = await visitCallback(app, callback, cookie);
      expect(fragmentOf(back).get('completion')).toBeNull();
      expect(provider.issued).toHaveLength(issued);
      expect(await stateOf(name)).toBe('NOT_AUTHORIZED');
    });

    it('after the user returned: the result is destroyed', async () => {
      const { name, begun, withdraw } = await begunAndWithdrawn();
      const completion = fragmentOf(await visit(begun)).get('completion');
      await withdraw();
      const path = `/authorizations/${begun.body.id}`;
      expect(
        await bob('POST', `${path}/completion`, { completion }),
      ).toMatchObject(over);
      expect(await knex('authorizations').where({ id: begun.body.id })).toEqual(
        [],
      );
      expect(await stateOf(name)).toBe('NOT_AUTHORIZED');
    });
  });

  it('says when a request expired, but only to its recipient', async () => {
    const name = await datasource();
    const { id, secret } = await asked(name, { validForHours: 1 });
    const begun = await begin(bob, secret);
    const completion = fragmentOf(await visit(begun)).get('completion');
    await knex('authorization_requests')
      .where({ id })
      .update({ expires_at: databaseNowPlus(knex, -1) });
    expect(
      await bob('POST', `/authorizations/${begun.body.id}/completion`, {
        completion,
      }),
    ).toMatchObject(over);
    const page = await open(bob, secret);
    expect(page.body).toMatchObject({
      state: 'expired',
      askedBy: 'user:default/jane',
    });
    expect(page.body.approval).toBeUndefined();
    expect(await begin(bob, secret)).toMatchObject({
      status: 409,
      body: {
        error: {
          message: expect.stringMatching(
            /^The request of jane expired on \d{4}-\d\d-\d\d\.$/,
          ),
        },
      },
    });
    expect(await open(eve, secret)).toMatchObject(hidden);
    expect(await jane('DELETE', `/authorization-requests/${id}`)).toMatchObject(
      over,
    );
    expect(
      (await jane('GET', `/datasources/${name}/authorization-requests`)).body
        .items,
    ).toEqual([]);
    expect(await stateOf(name)).toBe('NOT_AUTHORIZED');
  });

  it('deletes requests a month after they expired', async () => {
    const name = await datasource();
    const [recent, old] = [await asked(name), await asked(name)];
    const DAY = 24 * 60 * 60_000;
    for (const [{ id }, days] of [
      [recent, 29],
      [old, 31],
    ] as const) {
      await knex('authorization_requests')
        .where({ id })
        .update({ expires_at: databaseNowPlus(knex, -days * DAY) });
    }
    await app.runTask('datasource-auth-requests-cleanup');
    const ids = await knex('authorization_requests').pluck('id');
    expect(ids).toContain(recent.id);
    expect(ids).not.toContain(old.id);
  });

  it.each([
    ['the client', { auth: { clientId: 'demo-other' } }],
    ['the scopes', { auth: { scopes: ['openid', 'read', 'write'] } }],
    ['who may take tokens', { consumers: ['consumer-a', 'consumer-b'] }],
    ['where tokens go', { allowedHosts: ['other.example'] }],
  ])('is no longer valid after this changed: %s', async (_, part) => {
    const name = await datasource();
    const { id, secret } = await asked(name);
    const begun = await begin(bob, secret);
    const completion = fragmentOf(await visit(begun)).get('completion');
    await change(name, part);

    const page = await open(bob, secret);
    expect(page.body.state).toBe('void');
    expect(page.body.approval).toBeUndefined();
    expect(await begin(bob, secret)).toMatchObject(over);
    expect(
      (
        await bob('POST', `/authorizations/${begun.body.id}/completion`, {
          completion,
        })
      ).status,
    ).toBe(409);
    expect(await stateOf(name)).toBe('NOT_AUTHORIZED');
    expect(
      (await jane('GET', `/datasources/${name}/authorization-requests`)).body
        .items,
    ).toMatchObject([{ id, state: 'void' }]);
    expect((await jane('DELETE', `/authorization-requests/${id}`)).status).toBe(
      204,
    );
  });

  it.each([
    ['a secret in the base URL', { instance: { tenant: 'b' } }],
    ['a secret parameter', { auth: { token: { params: { team: 'b' } } } }],
  ])(
    'threats 31: is no longer valid after this was entered again: %s',
    async (_, { instance, auth }: any) => {
      const value = (entered?: string) => ({ secret: true, value: entered });
      const part = (tenant?: string, team?: string) => ({
        baseUrl: `${provider.url}/api/{{instance.tenant}}`,
        instance: { tenant: value(tenant) },
        auth: {
          token: {
            url: `${provider.url}/token`,
            params: { team: value(team) },
          },
        },
      });
      const name = await datasource();
      await change(name, part('a', 'a'));
      const { secret } = await asked(name);
      await change(name, part());
      expect((await open(bob, secret)).body.state).toBe('pending');
      await change(name, part(instance?.tenant, auth?.token.params.team));
      expect((await open(bob, secret)).body.state).toBe('void');
      const rows = await knex('authorization_requests').select();
      expect(JSON.stringify(rows)).not.toContain('tenant');
    },
  );

  it('is still valid after the client secret was entered again', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    const { clientSecret } = web(name, provider.url).auth;
    await change(name, { auth: { clientSecret } });
    expect((await finish(bob, await begin(bob, secret))).status).toBe(200);
  });

  it('is still valid after only descriptions changed', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    await change(name, { title: 'CRM of sales', description: 'New words' });
    expect((await finish(bob, await begin(bob, secret))).status).toBe(200);
  });

  it('threats 13: no one else can use the attempt, nor save it in another way', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    const begun = await begin(bob, secret);
    const { id } = begun.body;
    for (const other of [jane, eve, platform]) {
      expect(await other('GET', `/authorizations/${id}`)).toMatchObject(hidden);
      expect(await other('DELETE', `/authorizations/${id}`)).toMatchObject(
        hidden,
      );
    }
    const completion = fragmentOf(await visit(begun)).get('completion');
    expect(
      await platform('POST', `/authorizations/${id}/completion`, {
        completion,
      }),
    ).toMatchObject({ status: 403, body: { error: { code: 'other_user' } } });
    expect(
      (await bob('POST', `/authorizations/${id}/completion`, { completion }))
        .status,
    ).toBe(409);
    expect(await stateOf(name)).toBe('NOT_AUTHORIZED');

    // Even if granted by a user with all permissions, it serves only the request.
    const own = await platform('POST', '/authorization-requests', {
      datasource: name,
      recipient: PLATFORM,
    });
    const attempt = await begin(platform, secretOf(own));
    await visit(attempt);
    await knex('authorizations')
      .where({ id: attempt.body.id })
      .update({ status: 'granted', state_expires_at: null });
    const { body } = await platform('GET', `/datasources/${name}`);
    expect(
      await platform(
        'PUT',
        `/datasources/${name}`,
        {
          ...web(name, provider.url),
          consumers: ['consumer-a'],
          credential: { action: 'replace', authorizationId: attempt.body.id },
        },
        { 'if-match': `"${body.version}"` },
      ),
    ).toMatchObject({
      status: 409,
      body: { error: { code: 'credential_out_of_date' } },
    });
  });

  it('can be declined, which ends it and notifies the requester', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    const begun = await begin(bob, secret);
    expect(await decline(bob, secret)).toMatchObject({
      status: 200,
      body: { state: 'declined', decidedBy: 'user:default/bob' },
    });
    expect(await decline(bob, secret)).toMatchObject(over);
    expect(await begin(bob, secret)).toMatchObject(over);
    await refusesToStart(begun);
    expect(
      sent.find(({ payload }) => payload.title.includes('declined'))!
        .recipients,
    ).toMatchObject({ entityRef: ['user:default/jane'] });
  });

  it('a declined or ignored request leaves the credential in use unchanged', async () => {
    const name = await datasource();
    const first = await asked(name);
    await finish(bob, await begin(bob, first.secret));
    const before = await app.consume('consumer-a', name);
    const { secret } = await asked(name);
    await begin(bob, secret);
    await decline(bob, secret);
    expect(await app.consume('consumer-a', name)).toEqual(
      expect.objectContaining({ status: 200, body: before.body }),
    );
  });

  it('asks only for what a user can approve now', async () => {
    const incomplete = await datasource({
      auth: { ...web('x', provider.url).auth, clientSecret: undefined },
    });
    const ask = (name: string, more: object = {}) =>
      platform('POST', '/authorization-requests', {
        datasource: name,
        ...more,
      });
    expect(await ask(incomplete)).toMatchObject({
      status: 409,
      body: { error: { code: 'datasource_not_configured' } },
    });
    await platform('POST', '/datasources', machine('robot', provider.url));
    expect(await ask('robot')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
    const name = await datasource();
    for (const wrong of [
      { recipient: 'component:default/x' },
      { validForHours: 337 },
      { message: 'x'.repeat(501) },
      { commit: true },
    ]) {
      expect((await ask(name, wrong)).status).toBe(400);
    }
    for (let count = 0; count < 20; count++) await ask(name);
    expect((await ask(name)).body.error.message).toContain('20 open requests');
  });

  it('records who asked whom and how it ended, without the link', async () => {
    const name = await datasource();
    const first = await asked(name, { recipient: SALES });
    await decline(bob, first.secret);
    const second = await asked(name);
    await finish(bob, await begin(bob, second.secret));
    const third = await asked(name);
    await jane('DELETE', `/authorization-requests/${third.id}`);

    const { body } = await platform('GET', `/datasources/${name}/activity`);
    const kinds = body.items
      .map(({ kind, actor, details }: any) => ({ kind, actor, details }))
      .filter(({ kind }: any) => /request|authorized/.test(kind))
      .reverse();
    expect(kinds).toMatchObject([
      {
        kind: 'authorization_requested',
        actor: 'user:default/jane',
        details: { recipient: SALES },
      },
      {
        kind: 'request_declined',
        actor: 'user:default/bob',
        details: { askedBy: 'user:default/jane' },
      },
      { kind: 'authorization_requested' },
      {
        kind: 'authorized',
        actor: 'user:default/bob',
        details: { askedBy: 'user:default/jane' },
      },
      { kind: 'authorization_requested' },
      { kind: 'request_withdrawn', actor: 'user:default/jane' },
    ]);
    expect(
      audit.events
        .filter(({ eventId }) => eventId === 'authorization')
        .map(({ meta, outcome }) => [meta.actionType, meta.actor, outcome]),
    ).toEqual([
      ['ask', 'user:default/jane', 'succeeded'],
      ['decline', 'user:default/bob', 'succeeded'],
      ['ask', 'user:default/jane', 'succeeded'],
      ['begin', 'user:default/bob', 'succeeded'],
      ['start', undefined, 'succeeded'],
      ['callback', undefined, 'succeeded'],
      ['complete', 'user:default/bob', 'succeeded'],
      ['ask', 'user:default/jane', 'succeeded'],
      ['withdraw', 'user:default/jane', 'succeeded'],
    ]);
    const written = JSON.stringify([
      body,
      audit.events,
      await knex('authorization_requests'),
      await knex('activity'),
    ]);
    for (const { secret } of [first, second, third]) {
      expect(written).not.toContain(secret);
    }
  });

  it('is deleted with its datasource', async () => {
    const name = await datasource();
    const { secret } = await asked(name);
    await platform('DELETE', `/datasources/${name}`);
    expect(await open(bob, secret)).toMatchObject(hidden);
  });
});

describe('delegated authorization where permissions are off', () => {
  it('managers ask, and the recipient needs no permission', async () => {
    const provider = await createDemoProvider();
    const app = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        datasources: {
          declared: { ...web('x', provider.url), name: undefined },
        },
      },
    });
    try {
      const jane = await app.user('user:default/jane');
      const eve = await app.user('user:default/eve');
      const ask = (person: ApiClient, recipient?: string) =>
        person('POST', '/authorization-requests', {
          datasource: 'declared',
          recipient,
        });
      expect((await ask(eve, 'user:default/bob')).status).toBe(403);
      const secret = secretOf(await ask(jane, 'user:default/eve'));
      const begun = await begin(eve, secret);
      expect(begun.status).toBe(201);
      const { callback, cookie } = await visitProvider(app, begun.body.ticket);
      const back = await visitCallback(app, callback, cookie);
      const done = await eve(
        'POST',
        `/authorizations/${begun.body.id}/completion`,
        { completion: fragmentOf(back).get('completion') },
      );
      expect(done.body.status).toBe('consumed');
      expect(
        (await jane('GET', '/datasources/declared')).body.status.state,
      ).toBe('AUTHORIZED');

      const unnamed = secretOf(await ask(jane));
      expect(await begin(eve, unnamed)).toMatchObject({ status: 404 });
      expect((await eve('GET', '/datasources/declared')).body.allowed).toEqual(
        expect.objectContaining({ ask: false, authorize: false }),
      );
      expect((await jane('GET', '/datasources/declared')).body.allowed).toEqual(
        expect.objectContaining({ ask: true, update: false }),
      );
    } finally {
      await app.stop();
      await provider.close();
    }
  });
});

describe('the header with the secret of a link', () => {
  it('is accepted from a page of another origin if `backend.cors` names no headers', async () => {
    const origin = 'http://localhost:3000';
    const middleware = MiddlewareFactory.create({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({
        data: { backend: { cors: { origin } } },
      }),
    });
    const server = createServer(express().use(middleware.cors())).listen(0);
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const { path, headers } = callOf('x'.repeat(43));
      const [header] = Object.keys(headers);
      const preflight = await fetch(`http://localhost:${port}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': `authorization,${header}`,
        },
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-headers')).toContain(
        header,
      );
    } finally {
      server.close();
    }
  });
});
