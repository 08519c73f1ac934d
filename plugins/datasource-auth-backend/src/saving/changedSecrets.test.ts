import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Knex } from 'knex';
import { databases } from '../__testUtils__/databases';
import { assemble, changingConfig } from '../__testUtils__/assemble';
import { eventually } from '../__testUtils__/eventually';
import { Caller } from '../access/caller';
import { openDatabase } from '../database/database';

jest.setTimeout(60_000);

const CALLER: Caller = {
  kind: 'user',
  userRef: 'user:default/jane',
  credentials: mockCredentials.user('user:default/jane'),
};

type Parts = Awaited<ReturnType<typeof assemble>>;
/** `auth` settings that differ from the refused ones. */
type Change = Record<string, unknown>;

/** A datasource whose account changed at the provider, and a way to change its settings. */
interface ApiRoute {
  parts: Parts;
  change: (auth: Change, title?: string) => Promise<void>;
}

describe('a rejected password grant', () => {
  let server: Server;
  let url: string;
  let knex: Knex;
  /** Credentials of the account. Like some providers, this one explains little. */
  let account: Record<string, string>;
  let requests: URLSearchParams[];

  beforeAll(async () => {
    server = createServer(async (req, res) => {
      const form = new URLSearchParams(await text(req));
      requests.push(form);
      const isRight = Object.entries(account).every(
        ([name, value]) => form.get(name) === value,
      );
      res.statusCode = isRight ? 200 : 400;
      res.setHeader('content-type', 'application/json');
      const token = { access_token: 'token-1', token_type: 'Bearer' };
      res.end(JSON.stringify(isRight ? token : { error: 'invalid_request' }));
    });
    // A connection that the server closes while it is idle could still be chosen for the next request.
    server.keepAliveTimeout = 0;
    await new Promise<void>(done => server.listen(0, 'localhost', done));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(async () => {
    account = {};
    requests = [];
    knex = await openDatabase({
      getClient: async () => databases.init('SQLITE_3'),
    });
  });

  afterAll(() => {
    server?.close();
  });

  const robot = (auth: Change = {}, title?: string) => ({
    ...(title && { title }),
    auth: {
      ...{ grantType: 'password', clientId: 'app', username: 'robot' },
      ...{ password: 'old-word', clientSecret: 'old-secret' },
      clientAuthentication: 'client_secret_post',
      token: { url: `${url}/token` },
      ...auth,
    },
  });
  const configOf = (datasources: object) => ({
    app: { baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007' },
    datasourceAuth: {
      encryption: { keys: [{ id: 'k1', secret: 'x'.repeat(32) }] },
      access: { managers: ['user:default/jane'] },
      egress: { allow: ['localhost'], allowHttp: ['localhost'] },
      datasources,
    },
  });
  const saved = async (parts: Parts) =>
    (await parts.datasources.get('robot', { caller: CALLER })) as any;
  const logger = mockServices.logger.mock();

  const ways: Record<
    string,
    (permissions?: PermissionsService) => Promise<ApiRoute>
  > = {
    'in the form': async permissions => {
      const { config } = changingConfig({
        ...configOf({}),
        ...(permissions && { permission: { enabled: true } }),
      });
      const parts = await assemble(config, logger, knex, permissions);
      const form = (auth?: Change, title?: string) => ({
        settings: datasourceSettingsSchema.parse({
          name: 'robot',
          ...robot(auth, title),
        }),
        credential: { action: 'keep' as const },
      });
      await parts.datasources.create(form(), { caller: CALLER });
      await parts.authorizations.create(
        { datasource: 'robot', commit: true },
        { caller: CALLER },
      );
      return {
        parts,
        change: async (auth, title) => {
          const { version } = await saved(parts);
          await parts.datasources.update('robot', version, form(auth, title), {
            caller: CALLER,
          });
        },
      };
    },
    'in app-config': async () => {
      const { config, change } = changingConfig(configOf({ robot: robot() }));
      const parts = await assemble(config, logger, knex);
      await parts.authorizeDeclared();
      return {
        parts,
        change: async (auth, title) =>
          change(configOf({ robot: robot(auth, title) })),
      };
    },
    'in app-config, with a restart': async () => {
      const { config } = changingConfig(configOf({ robot: robot() }));
      const way: ApiRoute = {
        parts: await assemble(config, logger, knex),
        change: async (auth, title) => {
          const next = changingConfig(configOf({ robot: robot(auth, title) }));
          way.parts = await assemble(next.config, logger, knex);
          await way.parts.authorizeDeclared();
        },
      };
      await way.parts.authorizeDeclared();
      return way;
    },
  };
  const refused = async (way: ApiRoute, now: Record<string, string>) => {
    expect((await saved(way.parts)).status.state).toBe('AUTHORIZED');
    await knex('credentials').update({
      obtained_at: knex.raw('obtained_at - 3600000'), // older than the limiter asks for
    });
    account = now;
    await way.parts.verification
      .rehearse('robot', { caller: CALLER })
      .catch(() => {});
    expect((await saved(way.parts)).status.reasonCode).toBe('refused');
    requests = [];
  };

  describe.each(Object.keys(ways))('and changed %s', name => {
    it.each([
      ['password', { password: 'new-word' }, { password: 'new-word' }],
      [
        'client secret',
        { clientSecret: 'new-secret' },
        { client_secret: 'new-secret' },
      ],
      ['user name', { username: 'robot-2' }, { username: 'robot-2' }],
      ['client ID', { clientId: 'app-2' }, { client_id: 'app-2' }],
    ])(
      'moment 19: is retried at once only with another %s',
      async (_, auth: Change, now: Record<string, string>) => {
        const way = await ways[name]();
        await refused(way, now);
        await way.change({}, 'Another title');
        await eventually(async () =>
          expect((await saved(way.parts)).title).toBe('Another title'),
        );
        await way.parts.sweeper.sweep();
        expect(requests).toHaveLength(0);
        expect((await saved(way.parts)).status.reasonCode).toBe('refused');

        await way.change(auth, 'Another title');
        await eventually(async () => expect(requests).toHaveLength(1));
        await eventually(async () =>
          expect(await knex('credentials').first()).toMatchObject({
            ...{ state: 'live', last_error: null },
            generation: 'clientSecret' in auth || 'password' in auth ? 2 : 1,
          }),
        );
      },
    );

    it('moment 19: is retried once with another wrong password', async () => {
      const way = await ways[name]();
      await refused(way, { password: 'new-word' });
      await way.change({ password: 'wrong-word' });
      await eventually(async () => expect(requests).toHaveLength(1));
      await eventually(async () =>
        expect((await saved(way.parts)).status.reasonCode).toBe('refused'),
      );
      await way.change({ password: 'wrong-word' }, 'Another title');
      await eventually(async () =>
        expect((await saved(way.parts)).title).toBe('Another title'),
      );
      await way.parts.sweeper.sweep();
      expect(requests).toHaveLength(1);
    });

    it('threats 38: leaves no trace of the secrets outside the encrypted columns', async () => {
      const way = await ways[name]();
      await refused(way, { password: 'new-word' });
      const rows = JSON.stringify(await knex('credentials').select());
      expect(rows).toContain('inputsHash');
      expect(rows).not.toMatch(/old-word|old-secret/);
      expect(JSON.stringify(await saved(way.parts))).not.toContain(
        'inputsHash',
      );
    });
  });

  it('threats 31: waits for a user when someone who may not authorize changes its user name', async () => {
    let denied = /never/;
    const decide = async (asked: Array<{ permission: { name: string } }>) =>
      asked.map(({ permission }) => ({
        result: denied.test(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      }));
    const way = await ways['in the form'](
      mockServices.permissions.mock({
        authorize: decide as PermissionsService['authorize'],
        authorizeConditional: decide as (
          asked: QueryPermissionRequest[],
        ) => ReturnType<PermissionsService['authorizeConditional']>,
      }),
    );
    await refused(way, { username: 'robot-2' });
    denied = /authorize$/;
    await way.change({ username: 'robot-2' });
    await way.parts.sweeper.sweep();
    expect(requests).toHaveLength(0);
    expect((await saved(way.parts)).status.reasonCode).toBe('settings_changed');
  });
});
