import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { connectAccount } from '../__testUtils__/connectAccount';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(120_000);

/** An underscore and a percent sign are wildcards in a database. */
const ANN = 'user:default/ann_1';
const NEARLY_ANN = 'user:default/ann-1';
const JANE = 'user:default/jane';
const KIOSK = 'user:default/kiosk';

const TABLES = [
  ...['datasources', 'credentials', 'authorizations', 'revocations'],
  ...['delegations', 'delegation_handles'],
  'people',
  ...['authorization_requests', 'notices', 'activity', 'usage', 'consumers'],
];

describe.each(databaseIds())("a person's own data on %s", databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let ann: ApiClient;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        access: { managers: [ANN, NEARLY_ANN, JANE] },
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        people: { sharedUsers: [KIOSK] },
      },
    });
    ann = await app.user(ANN);
    jane = await app.user(JANE);
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  let count = 0;
  async function saved(user: ApiClient, subjects: string): Promise<string> {
    count += 1;
    const settings = {
      ...web(`own-${count}`, provider.url),
      ...{ consumers: ['consumer-a'], subjects },
    };
    expect((await user('POST', '/datasources', settings)).status).toBe(201);
    return settings.name;
  }
  /** Every row of the database that contains a text, as JSON. */
  async function rowsWith(text: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of TABLES) {
      const rows: object[] = await knex(table);
      found.push(
        ...rows
          .map(row => `${table} ${JSON.stringify(row)}`)
          .filter(row => row.includes(text)),
      );
    }
    return found;
  }
  /** Names a person in every place that names people. */
  async function leaveTraces(user: ApiClient, userRef: string) {
    const name = await saved(user, 'both');
    await connectAccount(app, user, name);
    await user('DELETE', `/datasources/${name}/credential`);
    const asked = await user('POST', '/authorization-requests', {
      datasource: name,
    });
    expect(asked.status).toBe(201);
    await jane('POST', '/authorization-requests', {
      ...{ datasource: name, recipient: userRef },
    });
    await user('DELETE', `/authorization-requests/${asked.body.id}`);
    await user('POST', '/authorizations', {
      datasource: name,
      subject: 'user',
    });
    await user('POST', `/datasources/${name}/test`);
    return name;
  }

  it('covers every table', async () => {
    const known = await knex(
      databaseId.startsWith('SQLITE') ? 'sqlite_master' : 'pg_tables',
    ).select('*');
    const names = known
      .filter(row => row.type === 'table' || row.schemaname === 'public')
      .map(row => row.name ?? row.tablename)
      .filter(
        name =>
          !/^(knex_|sqlite_|backstage_|instance|encryption_keys)/.test(name),
      );
    expect(names.sort()).toEqual([...TABLES].sort());
  });

  it('is exported: connections, accounts, terms, last use, and where else they are named', async () => {
    const name = await leaveTraces(ann, ANN);
    const { status, body, headers } = await ann('GET', '/connections/export');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      user: ANN,
      connections: [
        {
          ...{ datasource: name, state: 'connected' },
          account: expect.stringMatching(/^jane/),
          agreed: { consumers: ['consumer-a'] },
          connectedAt: expect.any(Number),
        },
      ],
    });
    for (const mentions of Object.values(body.mentions)) {
      expect(mentions).toBeGreaterThan(0);
    }
    for (const { value } of provider.issued) {
      expect(JSON.stringify(body)).not.toContain(value);
    }
    const other = await jane('GET', '/connections/export');
    expect(other.body.connections).toEqual([]);
  });

  it('threats 49: is removed: connections end, tokens are revoked, and a pseudonym stays elsewhere', async () => {
    const name = await leaveTraces(ann, ANN);
    await leaveTraces(await app.user(NEARLY_ANN), NEARLY_ANN);
    const others = (await rowsWith(NEARLY_ANN)).length;
    const { status, body } = await ann('DELETE', '/connections');
    expect(status).toBe(200);
    expect(body).toEqual({
      disconnected: expect.any(Number),
      revoked: true,
      pseudonym: expect.stringMatching(/^user:deleted\/[0-9a-f]{16}$/),
    });
    // The rows that tell other replicas stay for a day.
    const left = await rowsWith(ANN);
    for (const row of left) {
      expect(row).toMatch(/^credentials .*"state":"cleared"/);
      expect(row).toContain('"account":null');
    }
    await knex('credentials').update({ state_changed_at: 1 });
    await app.runTask('datasource-auth-cleanup');
    expect(await rowsWith(ANN)).toEqual([]);
    expect(await rowsWith(body.pseudonym)).not.toEqual([]);
    expect((await rowsWith(NEARLY_ANN)).length).toBe(others);
    const taken = await app.consume('consumer-a', name, {
      ...{ userRef: ANN, subject: 'user' },
    });
    expect(taken.body.error.code).toBe('user_not_connected');
    const read = await jane('GET', `/datasources/${name}`);
    expect(read.body.createdBy).toBe(body.pseudonym);
    const again = await ann('GET', '/connections/export');
    expect(again.body).toMatchObject({
      connections: [],
      mentions: { timeline: 0, datasources: 0, requests: 0, attempts: 0 },
    });
  });

  it('threats 49: is exported and removed by the person alone, not for a user that several people share', async () => {
    const kiosk = await app.user(KIOSK);
    await saved(ann, 'user');
    for (const [method, path] of [
      ['GET', '/connections/export'],
      ['DELETE', '/connections'],
    ] as const) {
      const shared = await kiosk(method, path);
      expect(shared.body.error.code).toBe('shared_user');
      for (const token of [
        await app.pluginToken('consumer-a', { userRef: ANN }),
        'static-token-1',
      ]) {
        const answer = await app.bearer(token)(method, path);
        expect(answer.body.error.code).toBe('person_only');
      }
    }
    expect(await rowsWith(ANN)).not.toEqual([]);
  });
});
