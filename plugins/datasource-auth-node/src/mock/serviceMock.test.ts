import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthServiceRef } from '../service/datasourceAuthServiceRef';
import { mockDatasourceAuthService } from './serviceMock';

const datasource = 'pagerduty';
const accessTokenOf = async (
  mock: ReturnType<typeof mockDatasourceAuthService>,
) => (await mock.getToken({ datasource })).accessToken!;

describe('mockDatasourceAuthService', () => {
  afterEach(() => jest.useRealTimers());

  it('N11: delegates as the backend does, once the user agreed', async () => {
    const mock = mockDatasourceAuthService({
      datasources: {
        jira: {
          connected: ['user:default/ann', 'user:default/bob'],
          delegating: ['user:default/ann'],
        },
      },
    });
    const ask = (user: string, more: { askAgain?: boolean } = {}) =>
      mock.delegate({
        ...{ datasource: 'jira', purpose: 'Run', context: { task: '42' } },
        credentials: mockCredentials.user(user),
        ...more,
      });
    const poll = (user: string) => ask(user, { askAgain: false });
    await expect(poll('user:default/bob')).rejects.toMatchObject({
      code: 'delegation_ended',
    });
    await expect(ask('user:default/eve')).rejects.toMatchObject({
      code: 'user_not_connected',
    });
    await expect(ask('user:default/bob')).rejects.toMatchObject({
      code: 'user_consent_needed',
    });
    await expect(poll('user:default/bob')).rejects.toMatchObject({
      code: 'user_consent_needed',
    });
    const leave = {
      ...{ datasource: 'jira', context: { task: '42' } },
      delegation: await ask('user:default/ann'),
    };
    const ended = { code: 'delegation_ended', statusCode: 409 };
    expect((await mock.getToken(leave)).subject).toBe('user:default/ann');
    await expect(
      mock.getToken({ ...leave, context: { task: '43' } }),
    ).rejects.toMatchObject(ended);
    await expect(mock.forPlugin('other').getToken(leave)).rejects.toMatchObject(
      ended,
    );
    expect(await mock.getStatus(leave)).toMatchObject({ name: 'jira' });
    mock.endDelegations('jira');
    await expect(mock.getStatus(leave)).rejects.toMatchObject(ended);
    await expect(poll('user:default/bob')).rejects.toMatchObject(ended);
  });

  it('returns the same token until it expires by the clock, then another one', async () => {
    jest.useFakeTimers();
    const mock = mockDatasourceAuthService({
      datasources: { pagerduty: { lifetime: { minutes: 10 } } },
    });
    const first = await accessTokenOf(mock);
    jest.advanceTimersByTime(9 * 60_000);
    expect(await accessTokenOf(mock)).toBe(first);
    jest.advanceTimersByTime(60_000);
    expect(await accessTokenOf(mock)).not.toBe(first);
    expect(mock.issuedTokens(datasource)).toHaveLength(2);
  });

  it('expires a token when the test says so', async () => {
    const mock = mockDatasourceAuthService({ datasources: { pagerduty: {} } });
    const first = await accessTokenOf(mock);
    mock.expire(datasource);
    expect(mock.accepts(datasource, first)).toBe(false);
    expect(await accessTokenOf(mock)).not.toBe(first);
  });

  it('serves a valid token after the provider refused to refresh it, then none', async () => {
    jest.useFakeTimers();
    const mock = mockDatasourceAuthService({
      datasources: { pagerduty: { lifetime: { minutes: 10 } } },
    });
    const first = await accessTokenOf(mock);
    mock.refuseRenewal(datasource);
    expect(await accessTokenOf(mock)).toBe(first);
    jest.advanceTimersByTime(10 * 60_000);
    await expect(mock.getToken({ datasource })).rejects.toThrow(
      DatasourceNotAuthorizedError,
    );
    mock.setState(datasource, 'AUTHORIZED');
    expect(await accessTokenOf(mock)).not.toBe(first);
  });

  it.each([
    ['NOT_CONFIGURED' as const, DatasourceNotConfiguredError],
    ['NOT_AUTHORIZED' as const, DatasourceNotAuthorizedError],
    ['ERROR' as const, DatasourceUnavailableError],
  ])(
    'throws the same error as the service in the state %s',
    async (state, Type) => {
      const mock = mockDatasourceAuthService({
        datasources: { pagerduty: {}, jira: {} },
      });
      await mock.getToken({ datasource });
      mock.setState(datasource, state, 'because');
      const failure = await mock.getToken({ datasource }).catch(error => error);
      expect(failure).toBeInstanceOf(Type);
      expect(failure.message).toContain('because');
      expect(failure.link).toMatch(/\/datasource-auth\/pagerduty$/);
      expect(await mock.getStatus({ datasource })).toEqual({
        name: 'pagerduty',
        status: { state, reason: 'because' },
      });
      await expect(
        mock.getToken({ datasource: 'jira' }),
      ).resolves.toHaveProperty('accessToken', 'mock-token.jira.1');
    },
  );

  it('rejects unknown datasources', async () => {
    await expect(
      mockDatasourceAuthService().getToken({ datasource }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('allows only users who may use a datasource', async () => {
    const mock = mockDatasourceAuthService({
      datasources: { pagerduty: { users: ['user:default/ann'] } },
    });
    const as = (ref: string) =>
      mock.getToken({ datasource, credentials: mockCredentials.user(ref) });
    await expect(as('user:default/ann')).resolves.toBeDefined();
    await expect(as('user:default/bob')).rejects.toMatchObject({
      code: 'consumer_not_allowed',
    });
  });

  it('gives each plugin of a test backend its own access', async () => {
    const mock = mockDatasourceAuthService({
      datasources: { pagerduty: { consumers: ['friend'] }, jira: {} },
    });
    const outcomes: Record<string, unknown> = {};
    const plugin = (pluginId: string) =>
      createBackendPlugin({
        pluginId,
        register(env) {
          env.registerInit({
            deps: {
              tokens: datasourceAuthServiceRef,
              lifecycle: coreServices.lifecycle,
            },
            async init({ tokens }) {
              const names = (await tokens.list()).map(({ name }) => name);
              const token = await tokens
                .getToken({ datasource })
                .catch(error => error);
              outcomes[pluginId] = { names, token };
            },
          });
        },
      });
    const backend = await startTestBackend({
      features: [
        plugin('friend'),
        plugin('stranger'),
        mockDatasourceAuthService.factory(mock),
      ],
    });
    await backend.stop();
    expect(outcomes).toEqual({
      friend: {
        names: ['pagerduty', 'jira'],
        token: expect.objectContaining({
          accessToken: 'mock-token.pagerduty.1',
        }),
      },
      stranger: {
        names: ['jira'],
        token: expect.any(DatasourceConsumerNotAllowedError),
      },
    });
  });

  it('calls the API with the global fetch, which mocking libraries intercept', async () => {
    const spy = jest
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(Response.json({ ok: true }));
    const mock = mockDatasourceAuthService({ datasources: { pagerduty: {} } });
    const response = await mock.fetch({ datasource }, '/me');
    expect(await response.json()).toEqual({ ok: true });
    expect(spy).toHaveBeenCalledWith(
      'https://pagerduty.example.com/me',
      expect.objectContaining({
        headers: [['authorization', 'Bearer mock-token.pagerduty.1']],
      }),
    );
    spy.mockRestore();
  });

  it('replaces the API, which accepts only the current token', async () => {
    const api = jest.fn(async (received: Request) =>
      Response.json({ at: received.url, sent: await received.text() }),
    );
    const mock = mockDatasourceAuthService({
      datasources: { pagerduty: { api } },
    });
    const call = () =>
      mock.fetch({ datasource }, '/x', { method: 'POST', body: 'b' });
    expect(await (await call()).json()).toEqual({
      at: 'https://pagerduty.example.com/x',
      sent: 'b',
    });
    mock.revoke(datasource);
    expect((await call()).status).toBe(200);
    expect(mock.issuedTokens(datasource)).toHaveLength(2);
    expect(api).toHaveBeenCalledTimes(2);
  });

  describe('of an API that requires a client certificate', () => {
    const api = async (received: Request) =>
      Response.json({
        authorization: received.headers.get('authorization'),
        sent: await received.text(),
      });
    const mockBound = () =>
      mockDatasourceAuthService({
        datasources: {
          pagerduty: { api, boundToBackend: true, consumers: ['friend'] },
        },
      });

    it('rejects getToken with bound_to_backend', async () => {
      await expect(
        mockBound().forPlugin('friend').getToken({ datasource }),
      ).rejects.toMatchObject({ code: 'bound_to_backend', statusCode: 409 });
    });

    it('calls the API with fetch, also after the token was revoked', async () => {
      const mock = mockBound();
      const call = async () =>
        (
          await mock
            .forPlugin('friend')
            .fetch({ datasource }, '/x', { method: 'POST', body: 'b' })
        ).json();
      expect(await call()).toEqual({
        authorization: 'Bearer mock-token.pagerduty.1',
        sent: 'b',
      });
      mock.revoke(datasource);
      expect(await call()).toEqual({
        authorization: 'Bearer mock-token.pagerduty.2',
        sent: 'b',
      });
    });

    it('still rejects plugins that may not use the datasource', async () => {
      await expect(
        mockBound().forPlugin('stranger').fetch({ datasource }, '/x'),
      ).rejects.toMatchObject({ code: 'consumer_not_allowed' });
    });
  });

  it('reports changes of status', async () => {
    jest.useFakeTimers();
    const mock = mockDatasourceAuthService({ datasources: { pagerduty: {} } });
    const listener = jest.fn();
    const subscription = mock.onStatusChange(
      { datasource, every: { seconds: 5 } },
      listener,
    );
    await jest.advanceTimersByTimeAsync(0);
    mock.setState(datasource, 'ERROR');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(listener).toHaveBeenCalledTimes(1);
    subscription.unsubscribe();
  });
});
