import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { connectAccount } from '../__testUtils__/connectAccount';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { recordAudit } from '../__testUtils__/recordAudit';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const MANAGE = 'datasource-auth.connection.manage';

describe.each(databaseIds())(
  'managing connections of people on %s',
  databaseId => {
    const audit = recordAudit();
    const denied = new Set<string>();
    const decide = async (requests: any[]) =>
      requests.map(({ permission }) => ({
        result: denied.has(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })) as never;
    let provider: DemoProvider;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;
    let joe: ApiClient;

    beforeAll(async () => {
      provider = await createDemoProvider({ recordIssued: true });
      knex = await databases.init(databaseId);
      app = await startDatasourceAuth({
        knex,
        permissions: mockServices.permissions.mock({
          authorize: decide,
          authorizeConditional: decide,
        }),
        features: [audit.feature],
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
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
    async function connected(...people: ApiClient[]): Promise<string> {
      count += 1;
      const settings = {
        ...web(`managed-${count}`, provider.url),
        ...{ consumers: ['consumer-a'], subjects: 'user' },
      };
      expect((await jane('POST', '/datasources', settings)).status).toBe(201);
      for (const person of people) {
        await connectAccount(app, person, settings.name);
      }
      return settings.name;
    }
    const path = (name: string, user?: string) =>
      `/datasources/${name}/connections${
        user === undefined ? '' : `/${encodeURIComponent(user)}`
      }`;

    it('threats 48: lists who is connected since when and used it when, and nothing of their accounts', async () => {
      const name = await connected(jane, joe);
      await app.consume('consumer-a', name, {
        ...{ userRef: JOE, subject: 'user' },
      });
      await app.flush();
      const { status, body, headers } = await jane('GET', path(name));
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      const connectedAt = expect.any(Number);
      expect(body).toEqual({
        items: [
          { user: JANE, connectedAt },
          { user: JOE, connectedAt, lastUsedAt: expect.any(Number) },
        ],
        totalItems: 2,
      });
      const first = await jane('GET', `${path(name)}?limit=1`);
      expect(first.body).toMatchObject({
        items: [{ user: JANE }],
        nextAfter: JANE,
        totalItems: 2,
      });
      const next = await jane(
        'GET',
        `${path(name)}?limit=1&after=${encodeURIComponent(JANE)}`,
      );
      expect(next.body.items).toMatchObject([{ user: JOE }]);
      expect((await jane('GET', `${path(name)}?limit=0`)).status).toBe(400);
    });

    it('counts them for everyone who may see the datasource', async () => {
      const name = await connected(jane);
      denied.add(MANAGE);
      const { body } = await joe('GET', `/datasources/${name}`);
      expect(body).toMatchObject({
        connections: 1,
        allowed: { connections: false },
      });
      const shared = web('managed-shared', provider.url);
      await jane('POST', '/datasources', shared);
      const read = await jane('GET', `/datasources/${shared.name}`);
      expect(read.body).not.toHaveProperty('connections');
    });

    it('threats 48: needs the permission', async () => {
      const name = await connected(jane);
      denied.add(MANAGE);
      const answers = [
        await joe('GET', path(name)),
        await joe('DELETE', path(name)),
        await joe('DELETE', path(name, JANE)),
        // Their own, but not as a manager.
        await jane('DELETE', path(name, JANE)),
      ];
      expect(answers.map(({ body }) => body.error.code)).toEqual(
        answers.map(() => 'not_allowed'),
      );
      denied.clear();
      denied.add('datasource-auth.datasource.read');
      expect((await joe('GET', path(name))).status).toBe(404);
      const token = app.bearer(await app.pluginToken('consumer-a'));
      expect((await token('GET', path(name))).status).toBe(404);
      denied.clear();
      expect((await jane('GET', path(name))).body.totalItems).toBe(1);
    });

    it('disconnects one person, in any spelling of their name, and audits it', async () => {
      const name = await connected(jane, joe);
      expect(
        await jane('DELETE', path(name, 'User:Default/Joe')),
      ).toMatchObject({ status: 200, body: { revoked: true } });
      const { body } = await jane('GET', path(name));
      expect(body.items).toMatchObject([{ user: JANE }]);
      for (const user of [JOE, 'user:default/nobody', 'group:default/x', 'x y'])
        expect((await jane('DELETE', path(name, user))).status).toBe(404);
      expect(audit.events).toContainEqual(
        expect.objectContaining({
          eventId: 'connection',
          meta: expect.objectContaining({
            ...{ actionType: 'disconnect-other', actor: JANE },
            ...{ datasource: name, user: JOE },
          }),
        }),
      );
    });
  },
);
