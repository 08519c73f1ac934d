import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- all of them run in the one backend of this test
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- all of them run in the one backend of this test
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import {
  createDemoProvider,
  demoAccounts,
  DemoPerson,
  DemoProvider,
  LeakDetector,
} from 'demo-provider';
import createKnex, { Knex } from 'knex';
import { peopleModule } from './__testUtils__/peopleModule';
import scaffolderModuleDatasourceAuth from './index';

jest.setTimeout(120_000);

/** After so many milliseconds, the scaffolder notices that it lost a task. */
const HEARTBEAT = 1_000;

const TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'long', namespace: 'default' },
  spec: {
    owner: 'platform-team',
    type: 'service',
    parameters: [],
    steps: [
      {
        ...{ id: 'delegate', name: 'Ask', action: 'datasource:delegate' },
        input: { datasource: 'demo-people' },
      },
      { id: 'hold', name: 'Work for long', action: 'test:hold' },
      {
        ...{ id: 'me', name: 'Read', action: 'datasource:fetch' },
        input: { datasource: 'demo-people', as: 'user', path: '/things/mine' },
      },
    ],
    output: { account: '${{ steps.me.output.body.account }}' },
  },
};

describe('N11: a template that takes longer than the session of its user, with real tokens', () => {
  let provider: DemoProvider;
  let backend: TestBackend;
  let folder: string;
  /** Whether the long step goes on. */
  let held: boolean;
  let processes = 0;

  const hold = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'hold',
    register(env) {
      env.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          const own = processes;
          actions.addActions(
            createTemplateAction({
              id: 'test:hold',
              schema: { input: {}, output: {} },
              async handler({ signal }) {
                while (held) await sleep(50, undefined, { signal });
                // A process that was killed does nothing more
                if (own !== processes) await new Promise(() => {});
              },
            }),
          );
        },
      });
    },
  });

  /** Starts a process on the databases of the previous one. */
  async function start() {
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleDatasourceAuth,
        hold,
        datasourceAuthPlugin,
        authPlugin,
        peopleModule,
        catalogServiceMock.factory({ entities: [TEMPLATE] }),
        authServiceFactory,
        httpAuthServiceFactory,
        databaseServiceFactory,
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              database: {
                client: 'better-sqlite3',
                connection: { directory: folder },
              },
            },
            auth: { providers: { people: {} } },
            scaffolder: {
              taskRecovery: { enabled: true },
            },
            datasourceAuth: {
              callbackUrl:
                'http://localhost:7007/api/datasource-auth/oauth/callback',
              encryption: { keys: [{ id: 'k1', secret: 'k'.repeat(40) }] },
              access: { managers: ['user:default/admin'] },
              egress: { allow: ['localhost'], allowHttp: ['localhost'] },
              datasources: {
                'demo-people': {
                  baseUrl: `${provider.url}/api`,
                  consumers: ['scaffolder'],
                  subjects: 'user',
                  auth: {
                    grantType: 'authorization_code',
                    clientId: 'demo-web',
                    clientSecret: 'demo-only-web-secret',
                    issuer: provider.url,
                    authorize: {
                      url: `${provider.url}/authorize`,
                      params: { prompt: 'consent' },
                    },
                    token: { url: `${provider.url}/token` },
                    revoke: { url: `${provider.url}/revoke` },
                    scopes: ['openid', 'read', 'offline_access'],
                  },
                },
              },
            },
          },
        }),
      ],
    });
  }

  /** Kills the process during the long step. The task is open again, as when its heartbeat is late. */
  async function kill(task: string) {
    processes += 1;
    await backend.stop();
    await onScaffolderDatabase(knex =>
      knex('tasks').where({ id: task }).update({ status: 'open' }),
    );
    await sleep(HEARTBEAT + 500);
    held = false;
  }

  beforeEach(async () => {
    held = false;
    folder = mkdtempSync(join(tmpdir(), 'datasource-auth-delegated-run-'));
    provider = await createDemoProvider({ recordIssued: true });
    await start();
  });

  afterEach(async () => {
    await backend?.stop();
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  type Call = (method: string, path: string, body?: object) => Promise<any>;

  /** Signs in, and returns how to call the backend. */
  async function person(name: string): Promise<Call> {
    const at = (path: string) =>
      `http://localhost:${backend.server.port()}/api/${path}`;
    const signIn = await fetch(at('auth/people/refresh'), {
      headers: { 'x-requested-with': 'XMLHttpRequest', 'x-person': name },
    });
    const { backstageIdentity } = await signIn.json();
    return async (method, path, body) => {
      const response = await fetch(at(path), {
        method,
        headers: {
          authorization: `Bearer ${backstageIdentity.token}`,
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return text && JSON.parse(text);
    };
  }

  /** Connects the person's own account, in a browser. */
  async function connect(call: Call) {
    const begun = await call('POST', 'datasource-auth/authorizations', {
      ...{ datasource: 'demo-people', subject: 'user' },
    });
    const base = `http://localhost:${backend.server.port()}`;
    const started = await fetch(`${base}/api/datasource-auth/oauth/start`, {
      ...{ method: 'POST', redirect: 'manual' },
      body: new URLSearchParams({ ticket: begun.ticket }),
    });
    const { callback } = await new DemoPerson(demoAccounts[0]).authorize(
      started.headers.get('location')!,
    );
    const returned = await fetch(
      `${base}${callback.pathname}${callback.search}`,
      {
        redirect: 'manual',
        headers: { cookie: started.headers.get('set-cookie')!.split(';')[0] },
      },
    );
    const { hash } = new URL(returned.headers.get('location')!);
    const path = `datasource-auth/authorizations/${begun.id}`;
    const completion = new URLSearchParams(hash.slice(1)).get('completion');
    await call('POST', `${path}/completion`, { completion });
    const { status } = await call('POST', `${path}/confirmation`, {
      acknowledged: ['other_email', 'account_taken'],
    });
    expect(status).toBe('consumed');
  }

  const runTemplate = async (call: Call): Promise<string> => {
    const { id } = await call('POST', 'scaffolder/v2/tasks', {
      ...{ templateRef: 'template:default/long', values: {} },
    });
    return id;
  };

  /** Waits for what a task logs. Returns the match. */
  async function logged(call: Call, task: string, text: RegExp) {
    for (let left = 600; left > 0; left -= 1) {
      const events = await call('GET', `scaffolder/v2/tasks/${task}/events`);
      const match = text.exec(JSON.stringify(events));
      if (match) return match;
      await sleep(100);
    }
    const events = await call('GET', `scaffolder/v2/tasks/${task}/events`);
    throw new Error(`It never logged ${text}: ${JSON.stringify(events)}`);
  }

  /** Waits until the task asks. Returns the path of what its user decides about. */
  async function asked(call: Call, task: string): Promise<string> {
    const [, id] = await logged(call, task, /\/delegations\/([0-9a-f-]+)/);
    return `datasource-auth/delegations/${id}`;
  }

  async function agree(call: Call, task: string): Promise<void> {
    const path = await asked(call, task);
    const { version, purpose, context } = await call('GET', path);
    expect({ purpose, context }).toEqual({
      purpose: `Run the task ${task} of template:default/long`,
      context: {
        ...{ task, template: 'template:default/long' },
        initiator: 'user:default/jane',
      },
    });
    const { state } = await call('POST', `${path}/approval`, { version });
    expect(state).toBe('live');
  }

  async function ended(call: Call, task: string) {
    for (;;) {
      const { status } = await call('GET', `scaffolder/v2/tasks/${task}`);
      if (['completed', 'failed'].includes(status)) break;
      await sleep(100);
    }
    const events = await call('GET', `scaffolder/v2/tasks/${task}/events`);
    return { events, last: events.at(-1).body };
  }

  async function onScaffolderDatabase<T>(action: (knex: Knex) => Promise<T>) {
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'scaffolder.sqlite') },
      useNullAsDefault: true,
    });
    try {
      return await action(knex);
    } finally {
      await knex.destroy();
    }
  }

  /** Ends the session with which a task was started: its token has expired. */
  const expireSession = (task: string) =>
    onScaffolderDatabase(async knex => {
      const { secrets } = await knex('tasks').where({ id: task }).first();
      const all = JSON.parse(secrets);
      const initiator = JSON.parse(all.__initiatorCredentials);
      const [header, payload, signature] = initiator.token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const late = { ...claims, exp: Math.floor(Date.now() / 1000) - 60 };
      initiator.token = [
        header,
        Buffer.from(JSON.stringify(late)).toString('base64url'),
        signature,
      ].join('.');
      all.__initiatorCredentials = JSON.stringify(initiator);
      await knex('tasks')
        .where({ id: task })
        .update({ secrets: JSON.stringify(all) });
    });

  it('acts as its user after a restart and the end of their session, and tells nobody the handle', async () => {
    const jane = await person('jane');
    await connect(jane);
    held = true;
    const task = await runTemplate(jane);
    await agree(jane, task);
    await logged(jane, task, /Beginning step Work for long/);
    await kill(task);
    await expireSession(task);
    await start();

    const janeLater = await person('jane');
    const { events, last } = await ended(janeLater, task);
    expect(last).toMatchObject({
      message: 'Run completed with status: completed',
      output: { account: 'jane' },
    });
    const stored = await onScaffolderDatabase(async knex => ({
      handles: await knex('datasource_auth_delegations').pluck('handle'),
      rest: await knex('tasks').where({ id: task }),
    }));
    expect(stored.handles).toHaveLength(1);
    const detector = LeakDetector.create([
      ...stored.handles,
      ...provider.issued.map(({ value }) => value),
    ]);
    const told = JSON.stringify([events, stored.rest]);
    expect(detector.leaks(told)).toEqual([]);
  });

  it('fails without a delegation once the session of its user has ended', async () => {
    const jane = await person('jane');
    await connect(jane);
    held = true;
    const task = await runTemplate(jane);
    await agree(jane, task);
    await logged(jane, task, /Beginning step Work for long/);
    await kill(task);
    await expireSession(task);
    await onScaffolderDatabase(knex =>
      knex('datasource_auth_delegations').delete(),
    );
    await start();
    const { last } = await ended(await person('jane'), task);
    expect(last.message).toBe('Run completed with status: failed');
  });

  it('fails when its user declines, and asks nothing more', async () => {
    const jane = await person('jane');
    await connect(jane);
    const declined = await runTemplate(jane);
    await jane('DELETE', await asked(jane, declined));
    expect((await ended(jane, declined)).last.error.message).toBe(
      "You declined to let this task act as you at datasource 'demo-people'",
    );
    const { items } = await jane('GET', 'datasource-auth/connections');
    expect(items[0].delegations ?? []).toEqual([]);
  });
});
