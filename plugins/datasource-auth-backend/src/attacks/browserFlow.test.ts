import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(120_000);

describe('attacks on the browser flow', () => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let bob: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
    });
    jane = await app.user('user:default/jane');
    bob = await app.user('user:default/bob');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const begin = async (client: ApiClient, name = 'flow') =>
    (
      await client('POST', '/authorizations', {
        settings: web(name, provider.url),
      })
    ).body;
  const visit = (begun: { ticket: string }) => visitProvider(app, begun.ticket);
  const back = (callback: URL, cookie: string) =>
    visitCallback(app, callback, cookie);
  const complete = (client: ApiClient, id: string, completion: string | null) =>
    client('POST', `/authorizations/${id}/completion`, { completion });
  const statusOf = async (id: string) =>
    (await knex('authorizations').where({ id }).first()).status;
  const exchanges = () => provider.counts.accessTokens['demo-web']?.issued ?? 0;

  it.each([
    ['made up', () => 'x'.repeat(43)],
    ['empty', () => ''],
    ['the id of an attempt', (begun: any) => begun.id],
    [
      'the hash that is stored',
      async (begun: any) =>
        (await knex('authorizations').where({ id: begun.id }).first())
          .ticket_hash,
    ],
  ])('refuses a ticket that is %s', async (_, forge) => {
    const begun = await begin(jane);
    const ticket = await forge(begun);
    expect((await postForm(app, '/oauth/start', { ticket })).status).toBe(400);
    expect(await statusOf(begun.id)).toBe('pending');
  });

  it('refuses the state of one attempt with the cookie of another, and neither is lost', async () => {
    const [one, two] = [await begin(jane), await begin(bob)];
    const first = await visit(one);
    const second = await visit(two);
    expect((await back(first.callback, second.cookie)).status).toBe(400);
    // Also under the right cookie name: each value belongs to its attempt.
    const renamed = `${first.cookie.split('=')[0]}=${
      second.cookie.split('=')[1]
    }`;
    expect((await back(first.callback, renamed)).status).toBe(400);
    for (const { callback, cookie } of [first, second]) {
      expect((await back(callback, cookie)).status).toBe(303);
    }
  });

  it("login CSRF: a link with an attacker's response does nothing in a victim's browser", async () => {
    const attack = await visit(await begin(bob));
    const before = exchanges();
    const victim = await visit(await begin(jane));
    expect((await back(attack.callback, victim.cookie)).status).toBe(400);
    expect((await back(attack.callback, '')).status).toBe(400);
    expect(exchanges()).toBe(before);
  });

  it("login CSRF: an attacker's finished approval can't be completed by a victim, and is lost to both", async () => {
    const begun = await begin(bob);
    const { callback, cookie } = await visit(begun);
    const completion = fragmentOf(await back(callback, cookie)).get(
      'completion',
    );
    expect(await complete(jane, begun.id, completion)).toMatchObject({
      status: 403,
      body: { error: { code: 'other_user' } },
    });
    expect((await complete(bob, begun.id, completion)).status).toBe(409);
    const row = await knex('authorizations').where({ id: begun.id }).first();
    expect(row).toMatchObject({ status: 'failed', sealed_result: null });
  });

  it('code injection: a code of another attempt is refused by its PKCE challenge, and nothing is stored', async () => {
    const stolen = await visit(await begin(jane));
    const attack = await begin(bob);
    const own = await visit(attack);
    own.callback.searchParams.set(
      'code',
      stolen.callback.searchParams.get('code')!,
    );
    await back(own.callback, own.cookie);
    expect(
      (await bob('GET', `/authorizations/${attack.id}`)).body,
    ).toMatchObject({ status: 'failed', error: { code: 'invalid_grant' } });
  });

  it('mix-up: the response of another provider is refused before its code is sent anywhere', async () => {
    const begun = await begin(jane);
    const { callback, cookie } = await visit(begun);
    callback.searchParams.set('iss', 'https://evil.example');
    const before = exchanges();
    await back(callback, cookie);
    expect(exchanges()).toBe(before);
    expect(
      (await jane('GET', `/authorizations/${begun.id}`)).body,
    ).toMatchObject({ status: 'failed', error: { code: 'callback_invalid' } });
  });

  it("replay: a used value doesn't work again", async () => {
    const begun = await begin(jane);
    const { callback, cookie } = await visit(begun);
    const completion = fragmentOf(await back(callback, cookie)).get(
      'completion',
    );
    const before = exchanges();
    const again = await back(callback, cookie);
    expect(fragmentOf(again).get('completion')).toBe(completion);
    expect((await back(callback, '')).status).toBe(400);
    expect((await complete(jane, begun.id, completion)).status).toBe(200);
    expect((await complete(jane, begun.id, completion)).status).toBe(409);
    expect(exchanges()).toBe(before);
  });

  it('another user can neither continue, test, discard nor save an attempt', async () => {
    const begun = await begin(jane);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/test'],
      ['DELETE', ''],
    ]) {
      expect(
        (await bob(method, `/authorizations/${begun.id}${path}`)).status,
      ).toBe(404);
    }
    const saved = await bob('POST', '/datasources', {
      ...web('stolen', provider.url),
      credential: { action: 'replace', authorizationId: begun.id },
    });
    expect(saved.status).toBe(409);
    expect(await statusOf(begun.id)).toBe('pending');
  });

  it("another user's attempt gives no secrets to an attempt", async () => {
    const begun = await begin(jane);
    const settings = web('borrower', provider.url);
    delete settings.auth.clientSecret;
    const again = { settings, authorizationId: begun.id };
    expect((await jane('POST', '/authorizations', again)).status).toBe(201);
    expect(await bob('POST', '/authorizations', again)).toMatchObject({
      status: 409,
      body: { error: { code: 'datasource_not_configured' } },
    });
  });

  it("another user's attempt gives no secrets to a save", async () => {
    const begun = await begin(jane);
    const settings = web('borrower', provider.url);
    delete settings.auth.clientSecret;
    const saved = await bob('POST', '/datasources', {
      ...settings,
      authorizationId: begun.id,
    });
    expect(saved.body.status.state).toBe('NOT_CONFIGURED');
  });
});
