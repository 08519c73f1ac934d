import { createServiceFactory } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  notificationService,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { createDemoProvider, DemoProvider, LeakDetector } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds, databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import { eventually } from '../__testUtils__/eventually';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { databaseNow } from '../database/database';
import { MutualTlsServer } from '../egress/__testUtils__/MutualTlsServer';

import { NoticeStore } from './NoticeStore';

jest.setTimeout(120_000);

const OWNER = 'group:default/sales';
const DAY = 24 * 60 * 60_000;
const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe.each(databaseIds())('owners are notified of, on %s', databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  const sent: NotificationSendOptions[] = [];
  const published: Array<{ topic: string; eventPayload: unknown }> = [];
  const counted: unknown[] = [];
  const instrument = {
    add: (...args: unknown[]) => counted.push(args),
    record: (...args: unknown[]) => counted.push(args),
  };
  let installed = true;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            async send(options) {
              if (!installed) throw new Error('Failed to send: 404');
              sent.push(options);
            },
          }),
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => ({
            async publish(event) {
              published.push(event);
            },
            async subscribe() {},
          }),
        }),
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () =>
            metricsServiceMock.mock({
              createCounter: () => instrument,
              createHistogram: () => instrument,
              createObservableGauge: () => ({
                addCallback: () => {},
                removeCallback: () => {},
              }),
            }),
        }),
      ],
    });
    jane = await app.user('user:default/jane');
  });

  beforeEach(() => {
    installed = true;
    sent.length = 0;
    published.length = 0;
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const titles = () => sent.map(({ payload }) => payload.title);
  const deadlines = () => app.runTask('datasource-auth-deadlines');
  const credentialOf = async (name: string) =>
    knex('credentials').where({
      datasource_id: (await knex('datasources').where({ name }).first()).id,
    });

  async function save(settings: any): Promise<void> {
    const begun = (await jane('POST', '/authorizations', { settings })).body;
    if (begun.ticket) {
      const { callback, cookie } = await visitProvider(app, begun.ticket);
      const returned = await visitCallback(app, callback, cookie);
      const completion = fragmentOf(returned).get('completion');
      await jane('POST', `/authorizations/${begun.id}/completion`, {
        completion,
      });
    }
    await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: begun.id },
    });
    sent.length = 0;
    published.length = 0;
  }

  /** Expires the token of a datasource at once. */
  async function expire(name: string): Promise<void> {
    const { id } = await knex('datasources').where({ name }).first();
    await knex('credentials')
      .where({ datasource_id: id })
      .update({
        ...{ obtained_at: 1, expires_at: 1, refresh_due_at: 1 },
        ...{ next_attempt_at: null, changed_at: databaseNow(knex) },
      });
    app.tellChange(id);
  }

  it('a refresh token that may have ended, once', async () => {
    await save({
      ...web('doubtful', provider.url),
      title: 'CRM',
      owner: OWNER,
    });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      provider.setFaults({
        ...{ tokenStatus: 400, tokenError: 'invalid_request', times: 1 },
      });
      await expire('doubtful');
      await app.consume('consumer-a', 'doubtful');
    }
    expect((await app.consume('consumer-a', 'doubtful')).status).toBe(409);
    await deadlines();
    expect(titles()).toEqual(['CRM may have to be authorized again']);
  });

  it('a refused refresh, once, with the page to fix it', async () => {
    await save({ ...web('refused', provider.url), title: 'CRM', owner: OWNER });
    provider.revokeGrants();
    await expire('refused');
    expect((await app.consume('consumer-a', 'refused')).status).toBe(409);
    await app.consume('consumer-a', 'refused');
    await deadlines();
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: [OWNER] },
        payload: expect.objectContaining({
          title: 'CRM must be authorized again',
          severity: 'high',
          link: 'http://localhost:3000/datasource-auth/refused',
          scope: expect.stringMatching(/^[0-9a-f-]{36}:refused$/),
        }),
      },
    ]);
  });

  it('a token that expired with nothing to refresh it, once', async () => {
    await save({ ...web('ended', provider.url), owner: OWNER });
    const { id } = await knex('datasources').where({ name: 'ended' }).first();
    await knex('credentials')
      .where({ datasource_id: id })
      .update({ has_refresh_token: false });
    await expire('ended');
    await deadlines();
    await deadlines();
    expect(titles()).toEqual(['ended must be authorized again']);
    expect(await credentialOf('ended')).toHaveLength(1);
  });

  it('a client secret that expires, 14 and 3 days ahead, once each', async () => {
    const inDays = (days: number) =>
      new Date(Date.now() + days * DAY).toISOString();
    const settings = machine('secret', provider.url);
    settings.owner = OWNER;
    for (const [days, expected] of [
      [20, 0],
      [13, 1],
      [2, 1],
    ]) {
      const read = await jane('GET', '/datasources/secret');
      settings.auth.clientSecretExpiresAt = inDays(days);
      await (read.status === 404
        ? jane('POST', '/datasources', settings)
        : jane('PUT', '/datasources/secret', settings, {
            'if-match': `"${read.body.version}"`,
          }));
      sent.length = 0;
      await deadlines();
      await deadlines();
      expect(titles()).toEqual(
        Array.from({ length: expected }, () =>
          expect.stringMatching(/^The client secret of secret expires on 20/),
        ),
      );
    }
  });

  it.each([
    ['client_secret_basic', {}, 'client secret'],
    ['client_secret_basic_raw', {}, 'client secret'],
    ['client_secret_post', {}, 'client secret'],
    ['private_key_jwt', {}, 'private key'],
    ['private_key_jwt', { certificate: CERTIFICATE }, 'certificate'],
    ['none', {}, 'client'],
  ])(
    'an expiring client credential: %s %j',
    async (clientAuthentication, key, what) => {
      const on = new Date(Date.now() + 2 * DAY).toISOString();
      const name = `expires-${clientAuthentication.replaceAll('_', '-')}-${
        Object.keys(key).length
      }`;
      const settings = machine(name, provider.url);
      Object.assign(settings.auth, {
        clientAuthentication,
        clientSecretExpiresAt: on,
        clientAssertion: { key: 'a key', ...key },
      });
      await jane('POST', '/datasources', { ...settings, owner: OWNER });
      await deadlines();
      expect(titles()).toEqual([
        `The ${what} of ${name} expires on ${on.slice(0, 10)}`,
      ]);
      await jane('DELETE', `/datasources/${name}?force=true`);
    },
  );

  it('an expiring client secret, although the check of another datasource fails', async () => {
    const names = ['fails-1', 'fails-2'];
    for (const name of names) {
      const settings = machine(name, provider.url);
      settings.owner = OWNER;
      settings.auth.clientSecretExpiresAt = new Date(
        Date.now() + 2 * DAY,
      ).toISOString();
      await jane('POST', '/datasources', settings);
    }
    const claim = jest.spyOn(NoticeStore.prototype, 'claim');
    claim.mockRejectedValueOnce(new Error('The datasource was deleted'));
    await deadlines();
    expect(titles()).toHaveLength(1);
    claim.mockRestore();
    await deadlines();
    expect(titles()).toHaveLength(2);
    for (const name of names) {
      await jane('DELETE', `/datasources/${name}?force=true`);
    }
  });

  it('N4 a client certificate, by the date in it', async () => {
    const on = new Date(Date.now() + 2 * DAY).toISOString();
    const expires = `${on.slice(2, 19).replace(/[-T:]/g, '')}Z`;
    await jane('POST', '/datasources', {
      ...machine('certified', provider.url),
      owner: OWNER,
      clientCertificate: MutualTlsServer.client('ours.test', expires),
    });
    await deadlines();
    await deadlines();
    expect(titles()).toEqual([
      `The client certificate of certified expires on ${on.slice(0, 10)}`,
    ]);
    await jane('DELETE', '/datasources/certified?force=true');
  });

  it('a lasting outage, once, and its end', async () => {
    await save({ ...machine('outage', provider.url), owner: OWNER });
    provider.setFaults({ tokenStatus: 503 });
    await expire('outage');
    expect((await app.consume('consumer-a', 'outage')).status).toBe(503);
    await expire('outage');
    expect((await app.consume('consumer-a', 'outage')).status).toBe(503);
    expect(titles()).toEqual(["The token of outage can't be refreshed"]);

    provider.setFaults({});
    await expire('outage');
    await jane('POST', '/datasources/outage/rehearsal');
    await eventually(async () =>
      expect(titles()).toEqual([
        "The token of outage can't be refreshed",
        'outage works again',
      ]),
    );
    expect(new Set(sent.map(({ payload }) => payload.scope)).size).toBe(1);
  });

  it('problems as managers, if there is no owner', async () => {
    await save(web('orphan', provider.url));
    provider.revokeGrants();
    await expire('orphan');
    await app.consume('consumer-a', 'orphan');
    expect(sent[0].recipients).toEqual({
      type: 'entity',
      entityRef: ['user:default/jane', 'user:default/bob'],
    });
  });

  it("nothing, without failing, if the notifications plugin isn't installed", async () => {
    installed = false;
    await save({ ...web('alone', provider.url), owner: OWNER });
    provider.revokeGrants();
    await expire('alone');
    expect((await app.consume('consumer-a', 'alone')).status).toBe(409);
    expect((await jane('GET', '/datasources/alone')).body.status.state).toBe(
      'NOT_AUTHORIZED',
    );
  });

  it('changes by events with ids and states, and by a signal without content', async () => {
    await save({ ...web('event', provider.url), owner: OWNER });
    provider.revokeGrants();
    await expire('event');
    await app.consume('consumer-a', 'event');
    const { id } = await knex('datasources').where({ name: 'event' }).first();
    expect(published).toEqual([
      {
        topic: 'datasource-auth.status',
        eventPayload: {
          datasourceId: id,
          from: 'AUTHORIZED',
          to: 'NOT_AUTHORIZED',
        },
      },
      {
        topic: 'signals',
        eventPayload: {
          recipients: { type: 'broadcast' },
          channel: 'datasource-auth',
          message: {},
        },
      },
    ]);
    const { body } = await jane(
      'GET',
      '/datasources/event/activity?kind=status_changed',
    );
    expect(body.items[0].details).toEqual({
      from: 'AUTHORIZED',
      to: 'NOT_AUTHORIZED',
      reason: 'refused',
    });
  });

  it("nothing after a save that doesn't change the status", async () => {
    await save({ ...machine('quiet', provider.url), owner: OWNER });
    const { version } = (await jane('GET', '/datasources/quiet')).body;
    await jane(
      'PUT',
      '/datasources/quiet',
      { ...machine('quiet', provider.url), title: 'Quiet', owner: OWNER },
      { 'if-match': `"${version}"` },
    );
    expect(published).toEqual([]);
  });

  it('metrics with attributes of few values, and [checklist 46] without any secret', () => {
    const attributes = counted
      .flatMap(args => (args as unknown[]).slice(1))
      .filter(Boolean) as Array<Record<string, unknown>>;
    const values = new Set(
      attributes.flatMap(one => Object.values(one).map(String)),
    );
    expect(values).toContain('refresh');
    expect(values).toContain('invalid_grant');
    expect(values.size).toBeLessThan(12);
    const detector = LeakDetector.create([
      ...provider.issued.map(({ value }) => value),
      'demo-only-web-secret',
      'demo-only-machine-secret',
    ]);
    expect(detector.leaks(JSON.stringify([sent, published, counted]))).toEqual(
      [],
    );
  });
});
