import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { databases } from '../__testUtils__/databases';
import { machine } from '../__testUtils__/demoSettings';
import { recordAudit } from '../__testUtils__/recordAudit';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { Audit } from './Audit';
import { Caller } from './caller';

jest.setTimeout(60_000);

// Refusals and hand-outs are summed up by the hour, and a test stays within one.
beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
});
afterEach(() => jest.restoreAllMocks());

describe('the audit log', () => {
  const { events, feature } = recordAudit();
  let provider: DemoProvider;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let eve: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    app = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
      features: [feature],
    });
    jane = await app.user('user:default/jane');
    eve = await app.user('user:default/eve');
    await jane(
      'POST',
      '/datasources',
      machine('crm', provider.url, ['consumer-a']),
    );
  });

  beforeEach(() => {
    events.length = 0;
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const saved = async () => (await jane('GET', '/datasources/crm')).body;
  const change = async (client: ApiClient, more: object) =>
    client(
      'PUT',
      '/datasources/crm',
      { ...machine('crm', provider.url, ['consumer-a']), ...more },
      { 'if-match': `"${(await saved()).version}"` },
    );

  it('has each write with its actor and result', async () => {
    await change(jane, { title: 'CRM' });
    await change(eve, { title: 'Mine' });
    await jane('POST', '/datasources', machine('crm', provider.url));
    await jane('DELETE', '/datasources/crm/credential');
    expect(events).toEqual([
      {
        eventId: 'datasource-mutate',
        severityLevel: 'medium',
        meta: {
          actionType: 'update',
          actor: 'user:default/jane',
          datasource: 'crm',
          credential: 'keep',
        },
        outcome: 'succeeded',
      },
      expect.objectContaining({
        meta: expect.objectContaining({
          actor: 'user:default/eve',
          code: 'not_allowed',
        }),
        outcome: 'failed',
        error: 'not_allowed',
      }),
      expect.objectContaining({
        meta: expect.objectContaining({
          actionType: 'create',
          code: 'name_taken',
        }),
        outcome: 'failed',
      }),
      expect.objectContaining({
        eventId: 'credential-mutate',
        meta: expect.objectContaining({ actionType: 'clear', revoke: false }),
        outcome: 'succeeded',
      }),
    ]);
  });

  it('threats 29: has each rejected change of a signed-in user, under their name and without other text', async () => {
    for (const title of ['a', 'b', 'c']) await change(eve, { title });
    await eve('DELETE', '/datasources/crm');
    await eve('POST', '/datasources/crm/test');
    expect(
      events.map(({ meta, error }) => [meta.actionType, meta.actor, error]),
    ).toEqual(
      ['update', 'update', 'update', 'delete', 'test'].map(action => [
        ...[action, 'user:default/eve', 'not_allowed'],
      ]),
    );
  });

  it('has each attempt at a credential, and each browser without a valid ticket or state', async () => {
    await jane('POST', '/authorizations', { datasource: 'crm', commit: true });
    const wrong = machine('crm', provider.url);
    wrong.auth.clientSecret = 'wrong-secret';
    await jane('POST', '/authorizations', {
      datasource: 'crm',
      settings: wrong,
    });
    await app.anonymous('GET', '/oauth/callback?code=stolen&state=forged');
    await app.flush();
    expect(
      events.map(({ meta, outcome, error }) => [
        ...[meta.actionType, meta.actor, meta.status, outcome],
        ...[meta.code ?? error],
      ]),
    ).toEqual([
      ['begin', 'user:default/jane', 'consumed', 'succeeded', undefined],
      ['begin', 'user:default/jane', 'failed', 'succeeded', 'invalid_client'],
      ['callback', undefined, undefined, 'failed', 'counted'],
    ]);
  });

  it('names the plugin that acts for a user', async () => {
    const token = await app.pluginToken('consumer-b', {
      userRef: 'user:default/jane',
    });
    await app.bearer(token)('POST', '/datasources/crm/test');
    expect(events[0].meta).toMatchObject({
      actor: 'user:default/jane',
      through: 'plugin:consumer-b',
    });
  });

  it('has a refusal once an hour, however often it repeats, as does the timeline', async () => {
    for (let time = 0; time < 3; time++) {
      expect((await app.consume('consumer-b', 'crm')).status).toBe(403);
      expect((await jane('POST', '/datasources/crm/token')).status).toBe(403);
    }
    expect(
      events.map(({ eventId, meta, error }) => [eventId, meta.actor, error]),
    ).toEqual([
      ['access-refused', 'plugin:consumer-b', 'consumer_not_allowed'],
      ['access-refused', 'user:default/jane', 'not_a_plugin'],
    ]);
    const { body } = await jane(
      'GET',
      '/datasources/crm/activity?kind=consumer_denied',
    );
    expect(body.items).toHaveLength(1);
  });

  it('sums the tokens that were returned', async () => {
    await app.flush();
    events.length = 0;
    for (let time = 0; time < 3; time++) {
      expect((await app.consume('consumer-a', 'crm')).status).toBe(200);
    }
    await app.flush();
    expect(events).toEqual([
      expect.objectContaining({
        eventId: 'token-hand-out',
        severityLevel: 'low',
        meta: {
          actionType: 'summary',
          datasourceId: expect.any(String),
          ...{ plugin: 'consumer-a', handOuts: 3, rejections: 0, refusals: 0 },
        },
      }),
    ]);
  });

  it('[checklist 46] contains no secret, no message that quotes one, and no URL', async () => {
    const secret = 'planted-secret-0b1d';
    const settings = machine(secret, provider.url);
    await jane('POST', '/datasources', { ...settings, name: 'a b' });
    await jane('GET', `/datasources/${secret}!`);
    await jane('DELETE', `/datasources/${secret}!`);
    await jane('POST', '/datasources', {
      ...machine('other', provider.url),
      auth: {
        ...machine('other', provider.url).auth,
        clientSecret: secret,
        token: { url: `https://${secret}.invalid:notaport/` },
      },
    });
    const refused = machine('crm', provider.url);
    refused.auth.clientSecret = secret;
    await jane('POST', '/authorizations', {
      datasource: 'crm',
      settings: refused,
    });
    await app.anonymous(
      'GET',
      `/oauth/callback?code=${secret}&state=${secret}`,
    );
    expect(events.length).toBeGreaterThan(0);
    const text = JSON.stringify(events);
    expect(text).not.toContain(secret);
    for (const { value } of provider.issued) expect(text).not.toContain(value);
    expect(events.every(({ request }) => request === undefined)).toBe(true);
  });
});

describe('refusals', () => {
  it('threats 29: have 10,000 events an hour at most, and the rest is counted', async () => {
    const fail = jest.fn();
    const auditor = mockServices.auditor.mock({
      createEvent: jest.fn(async () => ({ success: jest.fn(), fail })),
    });
    const audit = new Audit({ auditor });
    for (let user = 0; user < 10_003; user++) {
      const caller: Caller = {
        kind: 'user',
        userRef: `user:default/u${user}`,
        credentials: mockCredentials.user(),
      };
      await audit.refused({ action: 'token', caller }, 'not_a_plugin');
    }
    expect(fail).toHaveBeenCalledTimes(10_000);
    await audit.tellCounted();
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({ meta: { actionType: 'more', count: 3 } }),
    );
  });
});
