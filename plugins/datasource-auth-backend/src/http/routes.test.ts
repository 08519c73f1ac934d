import { randomUUID } from 'node:crypto';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { parse } from 'yaml';
import { databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

describe('other routes', () => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        datasources: {
          machine: {
            title: 'Machine',
            baseUrl: `${provider.url}/api`,
            testPath: '/me',
            consumers: ['consumer-a', 'consumer-never'],
            auth: {
              grantType: 'client_credentials',
              clientId: 'demo-machine',
              clientSecret: 'demo-only-machine-secret',
              token: {
                url: `${provider.url}/token`,
                headers: { 'X-Key': { secret: true, value: 'header-secret' } },
              },
              scopes: ['read'],
            },
          },
        },
      },
    });
    jane = await app.user('user:default/jane');
    await app.consume('consumer-a', 'machine');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  it("[checklist 46]: returns tokens that can't be stored, compressed, or recognized by an ETag", async () => {
    const answer = await fetch(`${app.url}/datasources/machine/token`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await app.pluginToken('consumer-a')}`,
        'accept-encoding': 'gzip',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('etag')).toBeNull();
  });

  it('rehearses a real refresh, and returns the result', async () => {
    const before = provider.counts.accessTokens['demo-machine'].issued;
    const rehearsed = await jane('POST', '/datasources/machine/rehearsal');
    expect(rehearsed).toMatchObject({
      status: 200,
      body: { ok: true, verdict: 'renewed' },
    });
    expect(provider.counts.accessTokens['demo-machine'].issued).toBe(
      before + 1,
    );

    provider.setFaults({ tokenStatus: 503 });
    const failed = await jane('POST', '/datasources/machine/rehearsal');
    provider.setFaults({});
    expect(failed.body).toMatchObject({
      ok: false,
      verdict: 'failed',
      diagnosis: { code: 'server' },
    });
    const { body: served } = await app.consume('consumer-a', 'machine');
    // A refresh in the background, of a token that the API rejected.
    await knex('credentials').update({ obtained_at: 0, next_attempt_at: null });
    await app.consume('consumer-a', 'machine', {
      rejectedVersion: served.version,
    });
    const { body } = await jane(
      'GET',
      '/datasources/machine/activity?kind=refreshed,refresh_failed',
    );
    expect(
      body.items.slice(0, 3).map(({ kind, actor }: any) => [kind, actor]),
    ).toEqual([
      ['refreshed', undefined],
      ['refresh_failed', 'user:default/jane'],
      ['refreshed', 'user:default/jane'],
    ]);
  });

  it('returns the timeline with its actors, newest first', async () => {
    await jane('POST', '/datasources/machine/test');
    const { body } = await jane('GET', '/datasources/machine/activity?limit=3');
    expect(body.items[0]).toMatchObject({
      kind: 'tested',
      actor: 'user:default/jane',
      details: { ok: true, status: 200 },
    });
    const next = await jane(
      'GET',
      `/datasources/machine/activity?before=${body.nextBefore}`,
    );
    const ids = [...body.items, ...next.body.items].map(({ id }: any) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(3);
  });

  it('filters the timeline by kind and actor', async () => {
    await jane('POST', '/datasources/machine/test');
    const kinds = async (query: string) => {
      const { body } = await jane(
        'GET',
        `/datasources/machine/activity?${query}`,
      );
      return [...new Set(body.items.map(({ kind }: any) => kind))].sort();
    };
    expect(await kinds('kind=tested,refreshed')).toEqual([
      'refreshed',
      'tested',
    ]);
    expect(await kinds('kind=tested&actor=user:default/nobody')).toEqual([]);
    expect(await kinds('actor=user:default/jane')).toContain('tested');
  });

  it('returns the plugins that used it, never used it, and were rejected', async () => {
    expect((await app.consume('consumer-b', 'machine')).status).toBe(403);
    await app.flush();
    const { body } = await jane('GET', '/datasources/machine/consumers');
    expect(body.items).toEqual([
      expect.objectContaining({
        plugin: 'consumer-a',
        allowed: true,
        lastUsedAt: expect.any(Number),
        refusals24h: 0,
      }),
      expect.objectContaining({
        plugin: 'consumer-b',
        allowed: false,
        handOuts24h: 0,
        refusals24h: 1,
      }),
      expect.objectContaining({ plugin: 'consumer-never', handOuts24h: 0 }),
    ]);
    // There are two if an hour has just begun.
    const sum = (count: string) =>
      body.hours.reduce((total: number, hour: any) => total + hour[count], 0);
    expect(sum('refusals')).toBe(1);
    expect(sum('handOuts')).toBeGreaterThan(0);
    expect(
      (await jane('GET', '/datasources/machine')).body.status.lastUsedAt,
    ).toEqual(expect.any(Number));
  });

  it('returns the plugins affected by a change, in advance and when a delete is rejected', async () => {
    await app.flush();
    const { body } = await jane('GET', '/datasources/machine/impact');
    expect(body).toEqual({
      consumers: [
        {
          plugin: 'consumer-a',
          handOuts24h: expect.any(Number),
          lastUsedAt: expect.any(Number),
        },
      ],
      handOuts24h: body.consumers[0].handOuts24h,
    });
    expect(body.handOuts24h).toBeGreaterThan(0);

    const settings = {
      name: 'doomed',
      consumers: ['consumer-a'],
      auth: {
        grantType: 'client_credentials',
        clientId: 'demo-machine',
        clientSecret: 'demo-only-machine-secret',
        token: { url: `${provider.url}/token` },
      },
    };
    const begun = await jane('POST', '/authorizations', { settings });
    await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: begun.body.id },
    });
    expect((await app.consume('consumer-a', 'doomed')).status).toBe(200);
    expect(await jane('DELETE', '/datasources/doomed')).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'in_use',
          message: expect.stringContaining('consumer-a got tokens'),
        },
      },
    });
    expect((await jane('DELETE', '/datasources/doomed?force=1')).status).toBe(
      204,
    );
  });

  it('exports settings as YAML without defaults and secrets', async () => {
    const { body } = await jane('GET', '/datasources/machine/export');
    expect(body).not.toContain('demo-only-machine-secret');
    expect(body).not.toContain('header-secret');
    const { machine } = parse(body).datasourceAuth.datasources;
    expect(machine.auth).toEqual({
      grantType: 'client_credentials',
      clientId: 'demo-machine',
      clientSecret: '${MACHINE_CLIENT_SECRET}',
      token: {
        url: `${provider.url}/token`,
        headers: {
          'X-Key': { secret: true, value: '${MACHINE_TOKEN_HEADERS_X_KEY}' },
        },
      },
      scopes: ['read'],
    });
  });

  it('proposes settings from an issuer, and saves nothing', async () => {
    const { body, status } = await jane('POST', '/imports/issuer', {
      issuer: provider.issuer,
    });
    expect(status).toBe(200);
    expect(body.set).toMatchObject({
      'auth.token.url': `${provider.url}/token`,
      'auth.authorize.url': `${provider.url}/authorize`,
    });
    const wrong = await jane('POST', '/imports/issuer', {
      issuer: `${provider.url}/elsewhere`,
    });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { fields: { issuer: expect.any(String) } } },
    });
    const eve = await app.user('user:default/eve');
    expect(
      (await eve('POST', '/imports/issuer', { issuer: provider.issuer }))
        .status,
    ).toBe(403);
  });

  it('lists the plugins of this backend, and consumers of datasources', async () => {
    const { items } = (await jane('GET', '/plugins')).body;
    expect(items).toEqual(expect.arrayContaining(['consumer-a', 'consumer-b']));
    expect(items).not.toContain('datasource-auth');
    const eve = await app.user('user:default/eve');
    expect((await eve('GET', '/plugins')).status).toBe(403);
  });

  it('serves presets, health and its own description', async () => {
    const { items } = (await jane('GET', '/providers')).body;
    expect(items.length).toBeGreaterThanOrEqual(30);
    const keys = (await jane('GET', '/providers?way=static')).body.items;
    expect(keys.map((preset: any) => preset.id)).toContain('grafana');
    expect(keys.every(({ ways }: any) => ways.includes('static'))).toBe(true);
    expect(
      (await jane('GET', '/providers?way=magic')).body.error,
    ).toMatchObject({ code: 'invalid_request' });
    const health = (await jane('GET', '/health')).body;
    expect(health.checks.map((check: any) => check.id)).toEqual([
      ...['encryption-key', 'callback-https', 'quarantine', 'egress'],
      ...['storage', 'secrets', 'access'],
      ...[
        'declarations',
        'lease',
        'sweep',
        'clock',
        'datasources',
        'authorizers',
      ],
      ...['notifications', 'signals', 'events'],
    ]);
    const unexplained = health.checks.filter(
      ({ state, detail }: any) => state === 'ok' && !detail,
    );
    expect(unexplained).toEqual([]);
    const document = (await jane('GET', '/openapi.json')).body;
    expect(document.openapi).toBe('3.1.0');
    expect(
      document.paths['/datasources/{name}'].put.requestBody.content[
        'application/json'
      ].schema.properties.auth,
    ).toBeDefined();
  });

  it('names the allowed hosts only to users who may create a datasource', async () => {
    const detailFor = async (client: typeof jane) =>
      (await client('GET', '/health')).body.checks.find(
        ({ id }: any) => id === 'egress',
      ).detail;
    expect(await detailFor(jane)).toMatch(/Internal: localhost/);
    const eve = await app.user('user:default/eve');
    expect(await detailFor(eve)).toBe(
      "A call to an address that isn't allowed is rejected.",
    );
  });

  it('describes all its routes', async () => {
    const document = (await jane('GET', '/openapi.json')).body;
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const method of Object.keys(methods)) {
        const concrete = path
          .replace('{id}', randomUUID())
          .replace(/\{\w+\}/g, 'x');
        const answer = await jane(
          method.toUpperCase(),
          concrete,
          method === 'post' || method === 'put' ? {} : undefined,
        );
        const text = JSON.stringify(answer.body);
        expect(text).not.toContain(`No handler`);
        expect([200, 400, 403, 404, 409, 428]).toContain(answer.status);
        const code = answer.body?.error?.code;
        expect([`${method} ${path}`, answer.status, code]).not.toEqual([
          `${method} ${path}`,
          404,
          undefined,
        ]);
        if (answer.status < 400) continue;
        const described = methods[method].responses[answer.status];
        expect([`${method} ${path}`, codesOf(described)]).toEqual([
          `${method} ${path}`,
          expect.arrayContaining([code]),
        ]);
      }
    }
  });
});

/** The codes that the description has for a status. */
function codesOf(response: any): string[] {
  const [, { properties }] = response.content['application/json'].schema.allOf;
  return properties.error.properties.code.enum;
}
