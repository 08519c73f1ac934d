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

  it('gives the same token until it expires by the clock, then another one', async () => {
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

  it('serves a token that still lives after the provider refused to renew, then nothing', async () => {
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
  ])('throws what the service throws in the state %s', async (state, Type) => {
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
    await expect(mock.getToken({ datasource: 'jira' })).resolves.toHaveProperty(
      'accessToken',
      'mock-token.jira.1',
    );
  });

  it('knows no other datasources', async () => {
    await expect(
      mockDatasourceAuthService().getToken({ datasource }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets those users in who may use a datasource', async () => {
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

  it('serves the plugins of a test backend by their own rights', async () => {
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

  it('calls the API by the global fetch, where mocking libraries see it', async () => {
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

  it('stands in for the API, which accepts the token of the moment only', async () => {
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

  it('tells of changes of status', async () => {
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
