import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoProvider, demoClients, DemoProvider } from 'demo-provider';
import { fragmentOf, visitProvider } from '../__testUtils__/browser';
import { web } from '../__testUtils__/demoSettings';
import { EmptyDatabase } from './__testUtils__/EmptyDatabase';
import { LoadBalancer } from './__testUtils__/LoadBalancer';
import { postgresUrl } from './__testUtils__/postgresUrl';
import { Replica } from './__testUtils__/Replica';

const POSTGRES = postgresUrl();

jest.setTimeout(120_000);

const GUEST = 'user:development/guest';
const BASE = '/api/datasource-auth';

/** The requests of one approval. Each may reach another replica. */
const STEPS = ['begin', 'start', 'callback', 'completion', 'look', 'Save'];

/** Every way to distribute them over two replicas. */
const SPREADS = Array.from({ length: 2 ** STEPS.length }, (_, number) =>
  STEPS.map((_step, place) => Math.floor(number / 2 ** place) % 2),
);

/*
 * Two real backends on one PostgreSQL behind a load balancer without sticky sessions. Users, plugins and the provider
 * know only the load balancer.
 */
describe('two replicas behind a load balancer on POSTGRES_18', () => {
  const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-balanced-'));
  let database: EmptyDatabase;
  let balancer: LoadBalancer;
  let provider: DemoProvider;
  const replicas: Replica[] = [];
  let app: { url: string };
  let guest: string;
  let saved = 0;

  beforeAll(async () => {
    database = await EmptyDatabase.create(POSTGRES!);
    balancer = await LoadBalancer.start();
    app = { url: `${balancer.url}${BASE}` };
    provider = await createDemoProvider({
      accessTokenSeconds: 3_600,
      clients: demoClients({ redirectUris: [`${app.url}/oauth/callback`] }),
    });
    for (const name of ['first', 'second']) {
      const replica = await Replica.start({
        ...{ name, folder, leaseMilliseconds: 4_000, signIn: true },
        baseUrl: balancer.url,
        config: {
          app: { baseUrl: 'http://localhost:3000' },
          auth: { providers: { guest: { userEntityRef: GUEST } } },
          backend: { database: database.configFor(database.server) },
          datasourceAuth: {
            encryption: {
              keys: [
                { id: 'k1', secret: 'test-secret-test-secret-test-secret' },
              ],
            },
            access: { managers: [GUEST] },
            egress: { allow: ['localhost'], allowHttp: ['localhost'] },
          },
        },
      });
      replicas.push(replica);
      balancer.use(replicas.map(({ url }) => url));
      // The first one creates the tables.
      await replica.ready;
    }
    guest = await signIn();
  });

  afterAll(async () => {
    await Promise.all(replicas.map(each => each.kill()));
    balancer?.close();
    await provider?.close();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn(): Promise<string> {
    const response = await fetch(`${balancer.url}/api/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
  }

  async function asGuest(method: string, path: string, body?: object) {
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${guest}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Redirects the browser from the provider, and completes the attempt in the editor. */
  async function finish(id: string, callback: URL, cookie: string) {
    const returned = await fetch(callback, {
      headers: { cookie },
      redirect: 'manual',
    });
    expect(returned.status).toBe(303);
    return asGuest('POST', `/authorizations/${id}/completion`, {
      completion: fragmentOf(returned).get('completion'),
    });
  }

  /** Returns whether the API accepts a token. */
  async function accepts(accessToken?: string): Promise<boolean> {
    const answer = await fetch(`${provider.url}/api/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return answer.ok;
  }

  it.each(SPREADS)(
    'S0.11–S0.15: an approval works with its six steps at replicas %i %i %i %i %i %i',
    async (...spread) => {
      const name = `crm-${(saved += 1)}`;
      const settings = web(name, provider.url);
      const before = [...balancer.calls];
      balancer.sendTo(spread);
      const begun = await asGuest('POST', '/authorizations', { settings });
      const { id, ticket } = begun.body;
      const { callback, cookie } = await visitProvider(app, ticket);
      const granted = await finish(id, callback, cookie);
      expect(granted.body).toMatchObject({ status: 'granted' });
      const seen = await asGuest('GET', `/authorizations/${id}`);
      expect(seen.body).toMatchObject({ status: 'granted' });
      const created = await asGuest('POST', '/datasources', {
        ...settings,
        credential: { action: 'replace', authorizationId: id },
      });
      expect(created).toMatchObject({
        status: 201,
        body: { status: { state: 'AUTHORIZED' } },
      });

      // Each step was handled by the replica it was sent to.
      for (const index of [0, 1]) {
        expect(balancer.calls[index] - before[index]).toBe(
          spread.filter(step => step === index).length,
        );
      }
      const taken = await Promise.all(
        replicas.map(each => each.take({ name })),
      );
      expect(taken.map(({ status }) => status)).toEqual([200, 200]);
      expect(taken[0].accessToken).toBe(taken[1].accessToken);
      expect(await accepts(taken[0].accessToken)).toBe(true);
    },
  );

  it("accepts the provider's response when the replica that started is gone", async () => {
    const name = `crm-${(saved += 1)}`;
    const settings = web(name, provider.url);
    balancer.sendTo([1, 1]);
    const begun = await asGuest('POST', '/authorizations', { settings });
    const { callback, cookie } = await visitProvider(app, begun.body.ticket);
    await replicas[1].kill();
    balancer.use([replicas[0].url]);
    expect(await finish(begun.body.id, callback, cookie)).toMatchObject({
      status: 200,
      body: { status: 'granted' },
    });
  });
});
