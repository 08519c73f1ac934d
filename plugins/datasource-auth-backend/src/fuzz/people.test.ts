import { Knex } from 'knex';
import { fragmentOf, postForm, visitCallback } from '../__testUtils__/browser';
import { Chance } from '../__testUtils__/Chance';
import { databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { SERVICE } from '../database/CredentialKey';
import {
  Label,
  LabelingProvider,
  labelOf,
} from './__testUtils__/LabelingProvider';

/*
 * Calls of several people and plugins for several datasources, interleaved with refreshes, new connections and
 * disconnections. The provider's tokens say whose they are, so each one is checked. The kinds of calls are seeded; how
 * they interleave isn't. `make test` makes 2,000 calls, `make fuzz` 50,000. FUZZ_SEED and FUZZ_REQUESTS repeat a run.
 */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const CALLS = Number(process.env.FUZZ_REQUESTS ?? 2_000);
/** Calls in progress at once. */
const AT_ONCE = 24;

const HOUR = 3_600_000;
const MANAGER = 'user:default/jane';
const PEOPLE = [MANAGER, 'user:default/joe', 'user:default/ann'];

/** Datasources, by whose credentials they have. Each has a scope of its own. */
const DATASOURCES = {
  crm: 'both',
  tickets: 'both',
  personal: 'user',
  shared: SERVICE,
};
type Name = keyof typeof DATASOURCES;

jest.setTimeout(60_000 + CALLS * 100);

/** A credential, and which tokens a call may get. */
class Credential {
  readonly name: Name;
  readonly subject: string;
  readonly isPersonal: boolean;
  isConnected = false;
  /** Calls get no token of an earlier approval. */
  atLeast = 0;
  /** +1 whenever a connection or disconnection begins or ends. */
  changes = 0;
  isChanging = false;

  constructor(name: Name, subject: string) {
    this.name = name;
    this.subject = subject;
    this.isPersonal = subject !== SERVICE;
  }
}

describe('calls of people', () => {
  let provider: LabelingProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  const ids = new Map<string, string>();
  /** Each person, and each plugin that acts for them or for nobody. */
  const people = new Map<string, ApiClient>();
  const plugins = new Map<string, ApiClient>();
  const counts = new Map<string, number>();

  const credentials = Object.entries(DATASOURCES).flatMap(([name, subjects]) =>
    [
      ...(subjects === SERVICE ? [] : PEOPLE),
      ...(subjects === 'user' ? [] : [SERVICE]),
    ].map(subject => new Credential(name as Name, subject)),
  );

  beforeAll(async () => {
    provider = await LabelingProvider.start();
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
    });
    for (const user of PEOPLE) {
      people.set(user, await app.user(user));
      const token = await app.pluginToken('consumer-a', { userRef: user });
      plugins.set(user, app.bearer(token));
    }
    plugins.set(SERVICE, app.bearer(await app.pluginToken('consumer-a')));
    for (const name of Object.keys(DATASOURCES)) await create(name as Name);
    for (const credential of credentials) await connect(credential);
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });

  async function create(name: Name): Promise<void> {
    const created = await people.get(MANAGER)!('POST', '/datasources', {
      ...{ name, subjects: DATASOURCES[name] },
      baseUrl: `${provider.url}/api`,
      consumers: ['consumer-a'],
      gateway: { routes: [{ methods: ['GET'], path: '/me' }] },
      auth: {
        grantType: 'authorization_code',
        clientId: name,
        clientSecret: 'only-for-tests',
        authorize: { url: `${provider.url}/authorize` },
        token: { url: `${provider.url}/token` },
        scopes: [`scope-of-${name}`],
      },
    });
    expect(created.status).toBe(201);
    const row = await knex('datasources').where({ name }).first('id');
    ids.set(name, row.id);
  }

  /** Approves at the provider and confirms, as the person does; the shared one as a manager. */
  async function connect(credential: Credential): Promise<void> {
    const { name, subject, isPersonal } = credential;
    const user = people.get(isPersonal ? subject : MANAGER)!;
    const begun = await user('POST', '/authorizations', {
      datasource: name,
      ...(isPersonal ? { subject: 'user' } : { commit: true }),
    });
    const { id, ticket } = begun.body;
    const start = await postForm(app, '/oauth/start', { ticket });
    const cookie = start.headers.get('set-cookie')!.split(';')[0];
    const authorizeUrl = start.headers.get('location')!;
    const callback = new URL(
      `http://localhost/oauth/callback?${provider.approve(
        authorizeUrl,
        subject,
      )}`,
    );
    const returned = await visitCallback(app, callback, cookie);
    const path = `/authorizations/${id}`;
    const completed = await user('POST', `${path}/completion`, {
      completion: fragmentOf(returned).get('completion'),
    });
    expect(completed.status).toBe(200);
    if (isPersonal) {
      const confirmed = await user('POST', `${path}/confirmation`, {});
      expect(confirmed.status).toBeLessThan(300);
    }
    credential.isConnected = true;
    credential.atLeast = provider.latestGrant({ subject, client: name });
  }

  async function disconnect(credential: Credential): Promise<void> {
    const { name, subject } = credential;
    const ended = await people.get(subject)!('DELETE', `/connections/${name}`);
    expect(ended.status).toBeLessThan(300);
    credential.isConnected = false;
  }

  /** Changes a credential, unless another call is changing it. */
  async function change(
    credential: Credential,
    work: (credential: Credential) => Promise<void>,
  ): Promise<void> {
    if (credential.isChanging) return;
    credential.isChanging = true;
    credential.changes += 1;
    try {
      await work(credential);
    } finally {
      credential.changes += 1;
      credential.isChanging = false;
    }
  }

  /** Makes its token expire, so that the next callers refresh it. */
  async function expire({ name, subject }: Credential): Promise<void> {
    const id = ids.get(name)!;
    await knex('credentials')
      .where({ datasource_id: id, subject })
      .decrement('expires_at', 2 * HOUR)
      .decrement('obtained_at', 2 * HOUR)
      .decrement('refresh_due_at', 2 * HOUR);
    app.tellChange(id);
  }

  /** Gets a token as a plugin, or calls the API through the gateway as a person. */
  async function use(
    { name, subject, isPersonal }: Credential,
    way: 'token' | 'gateway',
  ): Promise<{ status: number; code?: string; label?: Label }> {
    if (way === 'token') {
      const plugin = plugins.get(subject)!;
      const { status, body } = await plugin(
        'POST',
        `/datasources/${name}/token`,
        isPersonal ? { subject: 'user' } : {},
      );
      const label = status === 200 ? labelOf(body.accessToken) : undefined;
      expect(body.subject ?? subject).toBe(subject);
      return { status, code: body.error?.code, label };
    }
    const caller = isPersonal ? people.get(subject)! : plugins.get(SERVICE)!;
    const { status, body } = await caller(
      'GET',
      `/gateway/${name}/me`,
      undefined,
      isPersonal ? { 'datasource-subject': 'user' } : {},
    );
    return {
      ...{ status, code: body.error?.code },
      label: status === 200 ? body : undefined,
    };
  }

  async function useAndCheck(
    credential: Credential,
    way: 'token' | 'gateway',
  ): Promise<void> {
    const { isConnected, atLeast, changes, name, subject } = credential;
    const { status, code, label } = await use(credential, way);
    if (label) {
      expect(label).toMatchObject({
        ...{ subject, client: name, scope: `scope-of-${name}` },
      });
      expect(label.grant).toBeGreaterThanOrEqual(atLeast);
    }
    if (credential.isChanging || credential.changes !== changes) return;
    // Nothing changed during the call.
    expect({ status, code }).toEqual(
      isConnected
        ? { status: 200, code: undefined }
        : { status: 409, code: 'user_not_connected' },
    );
  }

  it(`threats 42, 44: ${CALLS} calls at random get the token of their own person, datasource and scope`, async () => {
    const chance = Chance.of(SEED);
    const owned = credentials.filter(({ isPersonal }) => isPersonal);
    const kinds: Array<[number, string, () => Promise<void>]> = [
      [60, 'tokens', () => useAndCheck(chance.oneOf(credentials), 'token')],
      [
        25,
        'gateway calls',
        () => useAndCheck(chance.oneOf(credentials), 'gateway'),
      ],
      [8, 'expiries', () => expire(chance.oneOf(credentials))],
      [5, 'connections', () => change(chance.oneOf(owned), connect)],
      [
        2,
        'disconnections',
        () =>
          change(chance.oneOf(owned), async credential => {
            if (credential.isConnected) await disconnect(credential);
          }),
      ],
    ];
    const drawn = kinds.flatMap(([times, ...kind]) =>
      Array.from({ length: times }, () => kind),
    );
    let left = CALLS;
    const caller = async () => {
      while (left > 0) {
        left -= 1;
        const [what, work] = chance.oneOf(drawn);
        counts.set(what, (counts.get(what) ?? 0) + 1);
        await work();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));

    const summary = [...counts].map(([what, times]) => `${times} ${what}`);
    process.stderr.write(
      `seed ${SEED}: ${summary.join(', ')}, ${provider.rotations} refreshes\n`,
    );
    expect(provider.rotations).toBeGreaterThan(CALLS / 100);
    // One refresh for each token: none was sent twice.
    expect(provider.reuses).toBe(0);
  });
});
