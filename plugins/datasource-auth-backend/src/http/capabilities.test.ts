import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import { begin, callOf, secretOf } from '../__testUtils__/invitation';
import { permissionFramework } from '../__testUtils__/permissionFramework';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { createOpenApiDocument } from './openapi';

jest.setTimeout(120_000);

const PLATFORM = 'user:default/platform';
const JANE = 'user:default/jane';
const BOB = 'user:default/bob';
const OTTO = 'user:default/otto';
const NO_GRANT = /\.(read|create|update|authorize|clear)$/;
const GROUP = 'group:default/sales';
/** Policy: the permissions of each user, by name of the datasource. */
type Rights = { may: RegExp; only?: string };

const WEB_SECRET = 'demo-only-web-secret';
const out = {
  status: 409,
  body: { error: { code: 'credential_out_of_date' } },
};
const denied = { status: 403, body: { error: { code: 'not_allowed' } } };
const hidden = { status: 404, body: { error: { code: 'not_found' } } };
const incomplete = {
  status: 409,
  body: { error: { code: 'datasource_not_configured' } },
};

describe('what an attempt, request, ticket, handle or cursor can be used for', () => {
  let provider: DemoProvider;
  let api: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let platform: ApiClient;
  /** May create, change and authorize, but not grant. */
  let jane: ApiClient;
  /** May create and change datasources named mine…, and nothing else. */
  let bob: ApiClient;
  /** Has the permissions of each test. */
  let otto: ApiClient;
  const rights = new Map<string, Rights>();

  beforeAll(async () => {
    provider = await createDemoProvider();
    api = await LocalServer.start(json({}));
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      config: { permission: { enabled: true } },
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
      features: permissionFramework(async ({ permission }, user) => {
        const { may, only } = rights.get(user?.info.userEntityRef ?? '') ?? {};
        if (!may?.test(permission.name))
          return { result: AuthorizeResult.DENY };
        if (!only || permission.name.endsWith('.create')) {
          return { result: AuthorizeResult.ALLOW };
        }
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'datasource-auth',
          resourceType: 'datasource-auth-datasource',
          conditions: {
            rule: 'HAS_NAME',
            resourceType: 'datasource-auth-datasource',
            params: { names: [only] },
          },
        } as PolicyDecision;
      }),
    });
    platform = await app.user(PLATFORM);
    jane = await app.user(JANE);
    bob = await app.user(BOB, [GROUP]);
    otto = await app.user(OTTO, [GROUP]);
  });

  afterAll(async () => {
    await app?.stop();
    await api?.stop();
    await provider?.close();
  });

  beforeEach(() => {
    rights.clear();
    rights.set(PLATFORM, { may: /./ });
    rights.set(JANE, { may: NO_GRANT });
    rights.set(BOB, { may: NO_GRANT });
    rights.set(OTTO, { may: NO_GRANT });
  });

  let made = 0;
  const fresh = (word: string) => `${word}-${(made += 1)}`;

  async function create(settings: any, by = platform): Promise<string> {
    const created = await by('POST', '/datasources', settings);
    expect(created.status).toBe(201);
    return settings.name;
  }
  const crm = (more: object = {}) =>
    create({ ...web(fresh('crm'), provider.url), ...more });
  const robot = (more: object = {}) =>
    create({
      ...machine(fresh('robot'), provider.url, ['consumer-a']),
      ...more,
    });

  const withoutSecret = (settings: any) => {
    const { clientSecret, ...auth } = settings.auth;
    return { ...settings, auth };
  };
  /** The page's request for a saved datasource. */
  async function formOf(name: string, kind = web, change: any = {}) {
    const { body } = await platform('GET', `/datasources/${name}`);
    const { consumers, baseUrl, gateway } = body;
    const form = withoutSecret(kind(name, provider.url));
    return {
      version: body.version,
      settings: {
        ...form,
        ...{ consumers, baseUrl, gateway },
        ...change,
        auth: { ...form.auth, ...change.auth },
      },
    };
  }
  async function save(
    by: ApiClient,
    name: string,
    more: object,
    form = formOf(name),
  ) {
    const { settings, version } = await form;
    return by(
      'PUT',
      `/datasources/${name}`,
      { ...settings, ...more },
      { 'if-match': `"${version}"` },
    );
  }

  const attempt = async (by: ApiClient, body: object) => {
    const begun = await by('POST', '/authorizations', body);
    expect(begun.status).toBe(201);
    return begun.body as { id: string; ticket: string; status: string };
  };
  const replace = (authorizationId: string) => ({
    credential: { action: 'replace', authorizationId },
  });
  const secretsOf = async (name: string): Promise<boolean> =>
    (await platform('GET', `/datasources/${name}`)).body.auth.clientSecret
      ?.set ?? false;
  const scopeOf = async (name: string) =>
    (await platform('GET', `/datasources/${name}`)).body.status.scope;

  async function asked(name: string, recipient: string = BOB) {
    const answer = await platform('POST', '/authorization-requests', {
      ...{ datasource: name, recipient },
    });
    expect(answer.status).toBe(201);
    return { id: answer.body.id, secret: secretOf(answer) };
  }
  async function visit(begun: { ticket: string }) {
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    const back = await visitCallback(app, callback, cookie);
    return { callback, cookie, completion: fragmentOf(back).get('completion') };
  }
  const complete = (by: ApiClient, id: string, completion: string | null) =>
    by('POST', `/authorizations/${id}/completion`, { completion });
  /** A delegation that waits for the platform team. */
  async function delegation(): Promise<string> {
    const datasource = await crm({
      ...{ subjects: 'user', consumers: ['consumer-a'] },
    });
    const begun = await attempt(platform, { datasource, subject: 'user' });
    const { completion } = await visit(begun);
    await complete(platform, begun.id, completion);
    const path = `/authorizations/${begun.id}/confirmation`;
    expect((await platform('POST', path, {})).status).toBe(200);
    const token = await app.pluginToken('consumer-a', { userRef: PLATFORM });
    const { body } = await app.bearer(token)('POST', '/delegations', {
      ...{ datasource, purpose: 'Run 42', context: { task: '42' } },
    });
    return body.error.link.split('/').at(-1);
  }
  const statusOf = async (id: string) =>
    (await knex('authorizations').where({ id }).first())?.status;

  describe('threats 27: an attempt for an approval request', () => {
    it('does not lend the client secret of its datasource to a save of its recipient', async () => {
      const { secret } = await asked(await crm());
      const { id } = (await begin(bob, secret)).body;
      const mine = withoutSecret(web(fresh('mine'), provider.url));
      const own = { ...mine, consumers: [] };
      await create(own, bob);

      const form = { settings: own, version: 1 };
      const saved = await save(
        bob,
        own.name,
        { authorizationId: id },
        Promise.resolve(form),
      );
      expect(saved.status).toBe(200);
      expect(await secretsOf(own.name)).toBe(false);
      const copy = { ...own, name: fresh('copy'), authorizationId: id };
      expect((await bob('POST', '/datasources', copy)).status).toBe(201);
      expect(await secretsOf(copy.name)).toBe(false);
      expect(
        await bob('POST', '/authorizations', {
          settings: { ...own, name: fresh('draft') },
          authorizationId: id,
        }),
      ).toMatchObject(incomplete);
    });

    it('does not lend it to the datasource itself either', async () => {
      const name = await crm();
      const { secret } = await asked(name);
      const { id } = (await begin(bob, secret)).body;
      await platform(
        'PUT',
        `/datasources/${name}`,
        {
          ...(
            await formOf(name, web, { auth: { clientSecret: null } })
          ).settings,
        },
        { 'if-match': '"1"' },
      );
      expect(await secretsOf(name)).toBe(false);
      await save(bob, name, { authorizationId: id });
      expect(await secretsOf(name)).toBe(false);
    });
  });

  describe('threats 27: an attempt for a saved datasource', () => {
    it('lends no secrets to an attempt without one, so nobody gets more scopes without grant', async () => {
      const name = await robot({
        auth: { ...machine('x', provider.url).auth, scopes: ['read'] },
      });
      const first = await attempt(jane, { datasource: name });
      const { settings } = await formOf(name, machine, {
        auth: { scopes: ['read', 'write'] },
      });
      expect(
        await jane('POST', '/authorizations', { datasource: name, settings }),
      ).toMatchObject(denied);
      expect(
        await jane('POST', '/authorizations', {
          settings: { ...settings, name: fresh('draft') },
          authorizationId: first.id,
        }),
      ).toMatchObject(incomplete);
    });

    it('is the only one that can be saved there: one without a datasource is for a new one', async () => {
      const name = await robot();
      const foreign = await attempt(jane, {
        settings: machine(fresh('draft'), provider.url, []),
      });
      expect(foreign.status).toBe('granted');
      const form = () => formOf(name, machine);
      expect(await save(jane, name, replace(foreign.id), form())).toMatchObject(
        out,
      );
      const own = await attempt(jane, { datasource: name });
      expect((await save(jane, name, replace(own.id), form())).status).toBe(
        200,
      );
    });

    it('cannot be saved with settings that request less', async () => {
      const name = await robot();
      const wide = await formOf(name, machine, {
        auth: { scopes: ['read', 'write'] },
      });
      const { id } = await attempt(platform, {
        datasource: name,
        settings: wide.settings,
      });
      const narrow = formOf(name, machine);
      expect(await save(jane, name, replace(id), narrow)).toMatchObject(out);
      expect(
        await save(platform, name, replace(id), formOf(name, machine)),
      ).toMatchObject(out);
      expect(
        (await save(platform, name, replace(id), Promise.resolve(wide))).status,
      ).toBe(200);
      expect(await scopeOf(name)).toContain('write');
    });

    it('lends no secrets to an attempt for another API, to which a test would send the token', async () => {
      const name = await robot();
      const first = await attempt(jane, { datasource: name });
      const { settings } = await formOf(name, machine, {
        baseUrl: `http://localhost:${api.port}`,
      });
      expect(
        await jane('POST', '/authorizations', { datasource: name, settings }),
      ).toMatchObject(denied);
      expect(
        await jane('POST', '/authorizations', {
          settings: { ...settings, name: fresh('draft'), consumers: [] },
          authorizationId: first.id,
        }),
      ).toMatchObject(incomplete);
      expect(api.requests).toHaveLength(0);
    });

    it('lends no secrets to a new datasource', async () => {
      const name = await crm();
      const { id } = await attempt(jane, { datasource: name });
      const copy = { ...(await formOf(name)).settings, name: fresh('copy') };
      const created = await jane('POST', '/datasources', {
        ...copy,
        consumers: [],
        authorizationId: id,
      });
      expect(created.body.status.state).toBe('NOT_CONFIGURED');
      expect(await secretsOf(copy.name)).toBe(false);
    });

    it('lends its secrets to that datasource, and one without to a new one', async () => {
      const name = await crm();
      const { settings } = await formOf(name);
      const entered = {
        ...settings,
        auth: { ...settings.auth, clientSecret: WEB_SECRET },
      };
      const first = await attempt(jane, {
        datasource: name,
        settings: entered,
      });
      await attempt(jane, {
        ...{ datasource: name, settings },
        authorizationId: first.id,
      });
      const draft = { ...web(fresh('draft'), provider.url), consumers: [] };
      const { id } = await attempt(jane, { settings: draft });
      await create({ ...withoutSecret(draft), authorizationId: id }, jane);
      expect(await secretsOf(draft.name)).toBe(true);
    });

    it('has the name of its datasource in its form', async () => {
      const name = await crm();
      const { settings } = await formOf(name);
      expect(
        await jane('POST', '/authorizations', {
          datasource: name,
          settings: { ...settings, name: 'another' },
        }),
      ).toMatchObject({
        status: 400,
        body: { error: { fields: { 'settings.name': `Enter '${name}'.` } } },
      });
    });
  });

  /** An attempt of Jane whose client was refused. */
  async function failedAttempt() {
    const draft = machine(fresh('draft'), provider.url, []);
    const settings = {
      ...draft,
      auth: { ...draft.auth, clientSecret: 'a-wrong-secret' },
    };
    const { id, status } = await attempt(jane, { settings });
    expect(status).toBe('failed');
    return { id, settings };
  }
  async function expectNoFailedTest(name: string, id: string) {
    const { body } = await platform('GET', `/datasources/${name}`);
    expect(body.name).toBe(name);
    expect(body.failedTest).toBeUndefined();
    expect(await statusOf(id)).toBe('failed');
  }

  /**
   * Places where a request names something that the API returned, each with a test that it can't be used for
   * anything else.
   */
  const PLACES: Record<string, () => Promise<void>> = {
    'POST /datasources credential.authorizationId': async () => {
      const { id } = await attempt(jane, { datasource: await robot() });
      const settings = machine(fresh('mine'), provider.url, []);
      expect(
        await jane('POST', '/datasources', { ...settings, ...replace(id) }),
      ).toMatchObject(out);
    },
    'POST /datasources authorizationId': async () => {
      const { id } = await attempt(jane, { datasource: await crm() });
      const copy = withoutSecret(web(fresh('copy'), provider.url));
      await create({ ...copy, consumers: [], authorizationId: id }, jane);
      expect(await secretsOf(copy.name)).toBe(false);
    },
    'PUT /datasources/{name} credential.authorizationId': async () => {
      const { id } = await attempt(jane, { datasource: await robot() });
      const other = await robot();
      expect(
        await save(jane, other, replace(id), formOf(other, machine)),
      ).toMatchObject(out);
    },
    'PUT /datasources/{name} authorizationId': async () => {
      const { id } = await attempt(jane, { datasource: await crm() });
      const mine = withoutSecret(web(fresh('mine'), provider.url));
      await create({ ...mine, consumers: [] }, jane);
      await save(jane, mine.name, { authorizationId: id });
      expect(await secretsOf(mine.name)).toBe(false);
    },
    'POST /authorizations authorizationId': async () => {
      const { id } = await attempt(jane, { datasource: await crm() });
      const other = await create(
        withoutSecret(web(fresh('crm'), provider.url)),
      );
      const { settings } = await formOf(other);
      const borrow = { settings, authorizationId: id };
      expect(
        await jane('POST', '/authorizations', { datasource: other, ...borrow }),
      ).toMatchObject(incomplete);
      expect(await jane('POST', '/authorizations', borrow)).toMatchObject(
        incomplete,
      );
    },
    'GET /authorizations/{id} id': async () => {
      const { id } = await attempt(jane, { datasource: await crm() });
      expect(await platform('GET', `/authorizations/${id}`)).toMatchObject(
        hidden,
      );
    },
    'DELETE /authorizations/{id} id': async () => {
      const { id } = await attempt(jane, { datasource: await crm() });
      expect(await platform('DELETE', `/authorizations/${id}`)).toMatchObject(
        hidden,
      );
      expect(await statusOf(id)).toBe('pending');
    },
    'POST /authorizations/{id}/test id': async () => {
      const { id } = await attempt(jane, { datasource: await robot() });
      expect(
        await platform('POST', `/authorizations/${id}/test`),
      ).toMatchObject(hidden);
      const { secret } = await asked(await crm());
      const answering = (await begin(bob, secret)).body;
      const { completion } = await visit(answering);
      await complete(bob, answering.id, completion);
      const tested = await bob('POST', `/authorizations/${answering.id}/test`);
      expect(tested.body.ok).toBe(false);
    },
    'POST /authorizations/{id}/completion id': async () => {
      const [one, two] = [
        await attempt(jane, { datasource: await crm() }),
        await attempt(jane, { datasource: await crm() }),
      ];
      const { completion } = await visit(one);
      await visit(two);
      expect((await complete(jane, two.id, completion)).status).toBe(409);
      expect(await statusOf(two.id)).toBe('returned');
      expect((await complete(jane, one.id, completion)).status).toBe(200);
    },
    'POST /authorizations/{id}/completion completion': async () => {
      const begun = await attempt(jane, { datasource: await crm() });
      const { completion } = await visit(begun);
      // The ID alone lets nobody finish or end an attempt.
      for (const guess of ['x'.repeat(43), begun.ticket]) {
        expect((await complete(bob, begun.id, guess)).status).toBe(409);
      }
      expect((await complete(jane, begun.id, begun.ticket)).status).toBe(409);
      expect((await complete(jane, begun.id, completion)).status).toBe(200);
    },
    'POST /authorizations/{id}/confirmation id': async () => {
      const begun = await attempt(jane, { datasource: await crm() });
      const { completion } = await visit(begun);
      expect((await complete(jane, begun.id, completion)).status).toBe(200);
      const confirm = (by: ApiClient) =>
        by('POST', `/authorizations/${begun.id}/confirmation`, {});
      expect(await confirm(platform)).toMatchObject(hidden);
      // The credential of all plugins becomes nobody's own.
      expect((await confirm(jane)).status).toBe(409);
      expect(await statusOf(begun.id)).toBe('granted');
    },
    'GET /delegations/{id} id': async () => {
      const path = `/delegations/${await delegation()}`;
      expect(await jane('GET', path)).toMatchObject(hidden);
      expect((await platform('GET', path)).status).toBe(200);
    },
    'POST /delegations/{id}/approval id': async () => {
      const path = `/delegations/${await delegation()}`;
      const { body } = await platform('GET', path);
      const { version } = body;
      expect(await jane('POST', `${path}/approval`, { version })).toMatchObject(
        hidden,
      );
      expect((await platform('GET', path)).body.state).toBe('pending');
    },
    'DELETE /delegations/{id} id': async () => {
      const path = `/delegations/${await delegation()}`;
      expect(await jane('DELETE', path)).toMatchObject(hidden);
      expect((await platform('GET', path)).body.state).toBe('pending');
    },
    'POST /datasources testedAuthorizationId': async () => {
      const { id, settings } = await failedAttempt();
      const mine = { ...settings, name: fresh('mine') };
      await create({ ...mine, testedAuthorizationId: id }, bob);
      await expectNoFailedTest(mine.name, id);
    },
    'PUT /datasources/{name} testedAuthorizationId': async () => {
      const { id, settings } = await failedAttempt();
      const mine = { ...settings, name: fresh('mine') };
      await create(mine, bob);
      const form = formOf(mine.name, machine);
      const saved = await save(
        bob,
        mine.name,
        { testedAuthorizationId: id },
        form,
      );
      expect(saved.status).toBe(200);
      await expectNoFailedTest(mine.name, id);
    },
    'DELETE /authorization-requests/{id} id': async () => {
      const { id, secret } = await asked(await crm());
      rights.set(JANE, { may: NO_GRANT, only: 'another' });
      expect(
        await jane('DELETE', `/authorization-requests/${id}`),
      ).toMatchObject(hidden);
      expect((await begin(bob, secret)).status).toBe(201);
    },
    'GET /authorization-requests/invitation Datasource-Auth-Request':
      async () => onlyForBob('GET'),
    'POST /authorization-requests/invitation/authorization Datasource-Auth-Request':
      async () => onlyForBob('POST', '/authorization'),
    'POST /authorization-requests/invitation/decline Datasource-Auth-Request':
      async () => onlyForBob('POST', '/decline'),
    'GET /datasources cursor': async () => {
      const mine = fresh('seen');
      await create(machine(mine, provider.url));
      const all = await platform('GET', '/datasources?limit=1');
      rights.set(JANE, { may: NO_GRANT, only: mine });
      const page = await jane(
        'GET',
        `/datasources?limit=50&cursor=${all.body.nextCursor}`,
      );
      expect(page.body.items.filter(({ name }: any) => name !== mine)).toEqual(
        [],
      );
    },
    'GET /datasources/{name}/activity before': async () => {
      const [one, two] = [await robot(), await robot()];
      const { body } = await platform('GET', `/datasources/${one}/activity`);
      const before = body.items[0].at + 1_000_000;
      const other = await platform(
        'GET',
        `/datasources/${two}/activity?before=${before}`,
      );
      expect(other.body.items.map(({ details }: any) => details.name)).toEqual([
        two,
      ]);
    },
    'POST /datasources/{name}/token rejectedVersion': async () => {
      const [one, two] = [await robot(), await robot()];
      for (const name of [one, two]) {
        const { id } = await attempt(jane, { datasource: name });
        await save(jane, name, replace(id), formOf(name, machine));
      }
      const taken = await app.consume('consumer-a', one);
      const other = await app.consume('consumer-a', two);
      const again = await app.consume('consumer-a', two, {
        rejectedVersion: taken.body.version,
      });
      expect(again.body.accessToken).toBe(other.body.accessToken);
    },
    'POST /datasources/{name}/token acceptedVersion': async () => {
      const [one, two] = [await robot(), await robot()];
      for (const name of [one, two]) {
        const { id } = await attempt(jane, { datasource: name });
        await save(jane, name, replace(id), formOf(name, machine));
      }
      const at = Date.now();
      const noted = JSON.stringify({ code: 'rejected_by_api', at });
      const ofTwo = () =>
        knex('credentials').whereIn(
          'datasource_id',
          knex('datasources').select('id').where({ name: two }),
        );
      await ofTwo().update({ last_error: noted });
      const versionOf = async (name: string, need?: object) =>
        (await app.consume('consumer-a', name, need)).body.version;
      await versionOf(two, { acceptedVersion: await versionOf(one) });
      expect(await ofTwo().first()).toMatchObject({ last_error: noted });
      await versionOf(two, { acceptedVersion: await versionOf(two) });
      expect(await ofTwo().first()).toMatchObject({ last_error: null });
    },
    'POST /oauth/start ticket': async () => {
      const begun = await attempt(jane, { datasource: await crm() });
      const { id } = begun;
      const request = await asked(await crm());
      for (const ticket of [id, request.id, request.secret]) {
        const start = await postForm(app, '/oauth/start', { ticket });
        expect(start.status).toBe(400);
      }
      const { secret } = request;
      const { path, headers } = callOf(begun.ticket);
      expect(secret).not.toBe(begun.ticket);
      expect(await jane('GET', path, undefined, headers)).toMatchObject(hidden);
    },
    'GET /oauth/callback state': async () => {
      const [one, two] = [
        await attempt(jane, { datasource: await crm() }),
        await attempt(jane, { datasource: await crm() }),
      ];
      const [first, second] = [
        await visitProvider(app, one.ticket),
        await visitProvider(app, two.ticket),
      ];
      expect(
        (await visitCallback(app, first.callback, second.cookie)).status,
      ).toBe(400);
      expect(await statusOf(one.id)).toBe('redirected');
    },
    'GET /oauth/callback handle': async () => {
      const [one, two] = [
        await attempt(jane, { datasource: await crm() }),
        await attempt(jane, { datasource: await crm() }),
      ];
      const [first, second] = [
        await visitProvider(app, one.ticket),
        await visitProvider(app, two.ticket),
      ];
      const posted = await postForm(
        app,
        '/oauth/callback',
        Object.fromEntries(first.callback.searchParams),
      );
      const { search } = new URL(posted.headers.get('location')!);
      const withHandle = new URL(search, first.callback);
      expect((await visitCallback(app, withHandle, second.cookie)).status).toBe(
        400,
      );
      expect(await statusOf(one.id)).toBe('redirected');
      expect((await visitCallback(app, withHandle, first.cookie)).status).toBe(
        303,
      );
    },
  };

  async function onlyForBob(method: string, rest?: string) {
    const { secret, id } = await asked(await crm());
    const { path, headers, body } = callOf(secret, rest, rest ? {} : undefined);
    for (const other of [jane, otto]) {
      expect(await other(method, path, body, headers)).toMatchObject(hidden);
    }
    // The ID is for users who see the list, and grants no access.
    const byId = callOf(id, rest, rest ? {} : undefined);
    expect(await bob(method, path, body, byId.headers)).toMatchObject(hidden);
    expect((await bob(method, path, body, headers)).status).toBeLessThan(300);
  }

  describe('threats 27: each ID, secret and cursor that a request can contain', () => {
    it('is in the list below, including browser routes', () => {
      const browser = [
        ...['POST /oauth/start ticket', 'GET /oauth/callback state'],
        'GET /oauth/callback handle',
      ];
      expect(Object.keys(PLACES).sort()).toEqual(
        [...placesOfTheApi(), ...browser].sort(),
      );
    });

    it.each(Object.entries(PLACES))('%s', async (_, holds) => {
      expect.hasAssertions();
      await holds();
    });
  });

  describe('threats 31: a base URL that leaves its path', () => {
    const routes = { gateway: { routes: [{ methods: ['GET'], path: '/**' }] } };
    const baseUrl = (path: string) => `http://localhost:${api.port}${path}`;
    const served = async () =>
      robot({ baseUrl: baseUrl('/v1/public'), ...routes });

    it('opens no gateway route without grant', async () => {
      const name = await served();
      for (const path of ['/v1', '', '/v1/public/..', '/v1/publicity']) {
        const moved = formOf(name, machine, { baseUrl: baseUrl(path) });
        expect(await save(jane, name, {}, moved)).toMatchObject(denied);
      }
      const { settings } = await formOf(name, machine, {
        baseUrl: baseUrl(''),
      });
      expect(
        await jane('POST', '/authorizations', { datasource: name, settings }),
      ).toMatchObject(denied);
      const below = formOf(name, machine, {
        baseUrl: baseUrl('/v1/public/items'),
      });
      expect((await save(jane, name, {}, below)).status).toBe(200);
      const granted = formOf(name, machine, { baseUrl: baseUrl('') });
      expect((await save(platform, name, {}, granted)).status).toBe(200);
    });

    it('voids open approval requests', async () => {
      const name = await crm();
      const { secret } = await asked(name);
      const moved = formOf(name, web, { baseUrl: provider.url });
      expect((await save(platform, name, {}, moved)).status).toBe(200);
      expect(await begin(bob, secret)).toMatchObject({
        status: 409,
        body: { error: { code: 'request_ended' } },
      });
    });
  });

  describe('threats 34: permissions that were withdrawn', () => {
    const without = (permission: string) =>
      rights.set(OTTO, {
        may: new RegExp(`\\.(?!${permission}$)\\w+$`),
      });
    const uses = (id: string, completion: string | null) => [
      () => otto('GET', `/authorizations/${id}`),
      () => otto('POST', `/authorizations/${id}/test`),
      () => complete(otto, id, completion),
    ];

    it.each([
      ['authorize', denied],
      ['read', hidden],
    ])(
      "%s: an attempt can't be read, tested or completed",
      async (permission, answer) => {
        const name = await crm({ baseUrl: `http://localhost:${api.port}` });
        const begun = await attempt(otto, { datasource: name, commit: true });
        const { completion } = await visit(begun);
        const { expires_at: before } = await knex('authorizations')
          .where({ id: begun.id })
          .first();
        without(permission);
        const sent = api.requests.length;
        for (const use of uses(begun.id, completion)) {
          expect(await use()).toMatchObject(answer);
        }
        expect(api.requests).toHaveLength(sent);
        const row = await knex('authorizations')
          .where({ id: begun.id })
          .first();
        expect(row).toMatchObject({ status: 'returned', expires_at: before });
        rights.set(OTTO, { may: NO_GRANT });
        expect((await complete(otto, begun.id, completion)).body.status).toBe(
          'consumed',
        );
      },
    );

    it('create and authorize, for a new datasource', async () => {
      for (const permission of ['create', 'authorize']) {
        rights.set(OTTO, { may: NO_GRANT });
        const { id } = await attempt(otto, {
          settings: machine(fresh('new'), provider.url, []),
        });
        without(permission);
        expect(await otto('GET', `/authorizations/${id}`)).toMatchObject(
          denied,
        );
        expect(await otto('POST', `/authorizations/${id}/test`)).toMatchObject(
          denied,
        );
      }
    });

    it('grant: a staged token is no longer sent to another API', async () => {
      const name = await robot();
      rights.set(OTTO, { may: /./ });
      const { settings } = await formOf(name, machine, {
        baseUrl: `http://localhost:${api.port}`,
      });
      const { id } = await attempt(otto, { datasource: name, settings });
      const path = `/authorizations/${id}/test`;
      expect((await otto('POST', path)).status).toBe(200);
      const sent = api.requests.length;
      expect(sent).toBeGreaterThan(0);
      without('grant');
      expect(await otto('POST', path)).toMatchObject(denied);
      expect(api.requests).toHaveLength(sent);
    });

    it('membership of the recipient group', async () => {
      const { secret } = await asked(await crm(), GROUP);
      rights.set(OTTO, { may: /nothing/ });
      const begun = (await begin(otto, secret)).body;
      const { completion } = await visit(begun);
      const former = await app.user(OTTO, []);
      expect(await complete(former, begun.id, completion)).toMatchObject(
        hidden,
      );
      expect(await former('GET', `/authorizations/${begun.id}`)).toMatchObject(
        hidden,
      );
      expect((await complete(otto, begun.id, completion)).body.status).toBe(
        'consumed',
      );
    });

    it('the datasource, if another one has its name', async () => {
      const name = await crm();
      const { id } = await attempt(otto, { datasource: name });
      await knex('datasources')
        .where({ name })
        .update({ name: `${name}@withdrawn`, withdrawn_at: 1 });
      await create(web(name, provider.url));
      expect(await otto('GET', `/authorizations/${id}`)).toMatchObject(hidden);
    });
  });
});

/**
 * Places where the OpenAPI document accepts something that the API returned: by its name, or because it is a
 * UUID.
 */
function placesOfTheApi(): string[] {
  const OPAQUE =
    /(^|[a-z-])(Id|id|Ticket|ticket|completion|cursor|before|handle|Token|Version|Request)$/;
  const named = (schema: any, prefix = ''): string[] =>
    [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(part =>
      Object.entries<any>(part.properties ?? {})
        // People enter these for providers and APIs.
        .filter(([name]) => name !== 'settings' && name !== 'auth')
        .flatMap(([name, inner]) => [
          ...(OPAQUE.test(name) || inner.format === 'uuid'
            ? [`${prefix}${name}`]
            : []),
          ...named(inner, `${prefix}${name}.`),
        ]),
    );
  const { paths } = createOpenApiDocument('https://backstage.example.com') as {
    paths: Record<string, Record<string, any>>;
  };
  const places = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const body = operation.requestBody?.content['application/json'].schema;
      return [
        ...operation.parameters
          .map(({ name }: { name: string }) => name)
          .filter((name: string) => OPAQUE.test(name)),
        ...named(body ?? {}),
      ].map(name => `${method.toUpperCase()} ${path} ${name}`);
    }),
  );
  return [...new Set(places)];
}
