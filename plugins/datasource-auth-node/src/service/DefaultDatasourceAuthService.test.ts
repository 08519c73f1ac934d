import {
  BackstageCredentials,
  BackstageServicePrincipal,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DatasourceAuthBackend } from '../tokens/DatasourceAuthBackend';
import { readToken } from '../tokens/DatasourceToken';
import { DefaultDatasourceAuthService } from './DefaultDatasourceAuthService';

const datasource = 'pagerduty';
const ann = mockCredentials.user('user:default/ann');
const bob = mockCredentials.user('user:default/bob');

describe('DefaultDatasourceAuthService', () => {
  let count: number;
  let hold: Promise<void> | undefined;
  const requestToken = jest.fn<
    ReturnType<DatasourceAuthBackend['requestToken']>,
    Parameters<DatasourceAuthBackend['requestToken']>
  >();
  const readDatasource = jest.fn();
  const listDatasources = jest.fn();
  const callApi = jest.fn();
  const delegate = jest.fn();
  let service: DefaultDatasourceAuthService;

  const create = () =>
    DefaultDatasourceAuthService.over({
      backend: {
        ...{ requestToken, delegate, callApi },
        ...{ readDatasource, listDatasources },
      },
      fetchUnder: () => async () => new Response(),
    });

  beforeEach(() => {
    jest.resetAllMocks();
    count = 0;
    hold = undefined;
    requestToken.mockImplementation(async () => {
      count += 1;
      const accessToken = `token-${count}`;
      await hold;
      return readToken({
        allowedHosts: [],
        rejectedStatuses: [401],
        accessToken,
        expiresAt: Date.now() + 3_600_000,
        headers: { Authorization: `Bearer ${accessToken}` },
        query: {},
        secrets: [],
        version: accessToken,
      })!;
    });
    service = create();
  });

  it('S3.4: gives all parts of a plugin the same token', async () => {
    const first = await service.getToken({ datasource });
    expect(await service.getToken({ datasource })).toBe(first);
    expect(requestToken).toHaveBeenCalledTimes(1);
    expect(requestToken).toHaveBeenCalledWith({ datasource });
  });

  it('S3.25: keeps datasources apart by name', async () => {
    await service.getToken({ datasource });
    await service.getToken({ datasource: 'jira' });
    expect(requestToken).toHaveBeenLastCalledWith({ datasource: 'jira' });
  });

  it('threats 37: never serves a user a token that only the plugin or another user may get', async () => {
    const tokens = [
      await service.getToken({ datasource }),
      await service.getToken({ datasource, credentials: ann }),
      await service.getToken({ datasource, credentials: bob }),
    ];
    expect(new Set(tokens).size).toBe(3);
    expect(
      requestToken.mock.calls.map(([{ credentials }]) => credentials),
    ).toEqual([undefined, ann, bob]);
    expect(await service.getToken({ datasource, credentials: ann })).toBe(
      tokens[1],
    );
    expect(requestToken).toHaveBeenCalledTimes(3);
  });

  it('does not share one request between callers for different users', async () => {
    let release = () => {};
    hold = new Promise(resolve => {
      release = resolve;
    });
    const asked = [ann, bob, ann, undefined].map(credentials =>
      service.getToken({ datasource, credentials }),
    );
    release();
    await Promise.all(asked);
    expect(requestToken).toHaveBeenCalledTimes(3);
  });

  it("can't be tricked into using another user by the name of a datasource", async () => {
    await service.getToken({ datasource, credentials: ann });
    await expect(
      service.getToken({ datasource: `${datasource} user:default/ann` }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it("N10, threats 44: keeps nothing of a user's own account, and asks the backend each time", async () => {
    const own = { datasource, credentials: ann, subject: 'user' as const };
    const tokens = [
      await service.getToken({ datasource }),
      await service.getToken({ datasource, credentials: ann }),
      await service.getToken(own),
      await service.getToken(own),
    ];
    expect(new Set(tokens).size).toBe(4);
    expect(requestToken).toHaveBeenLastCalledWith({
      ...{ datasource, credentials: ann, subject: 'user' },
    });
    expect(await service.getToken({ datasource })).toBe(tokens[0]);
    await service.reportRejected({ ...own, version: 'old' });
    expect(requestToken).toHaveBeenLastCalledWith({
      ...{ datasource, credentials: ann, subject: 'user' },
      rejectedVersion: 'old',
    });
    await service.getStatus(own);
    expect(readDatasource).toHaveBeenCalledWith(own);
  });

  it("N10: needs a user's credentials to act as one, and never takes the plugin's token instead", async () => {
    await service.getToken({ datasource });
    for (const credentials of [undefined, mockCredentials.service('x')]) {
      const options = { datasource, credentials, subject: 'user' as const };
      const refusal = { code: 'invalid_request', statusCode: 400 };
      await expect(service.getToken(options)).rejects.toMatchObject(refusal);
      await expect(service.fetch(options, '/x')).rejects.toMatchObject(refusal);
      await expect(
        service.reportRejected({ ...options, version: 'v' }),
      ).rejects.toMatchObject(refusal);
      await expect(service.getStatus(options)).rejects.toMatchObject(refusal);
    }
    expect(requestToken).toHaveBeenCalledTimes(1);
    expect(readDatasource).not.toHaveBeenCalled();
  });

  describe('N11: acting as a user who is not there', () => {
    const context = { task: '42' };
    const leave = { datasource, delegation: 'handle', context };

    it('asks the user, and returns the handle', async () => {
      delegate.mockResolvedValue('handle');
      const until = new Date(1_800_000_000_000);
      const asked = { datasource, credentials: ann, purpose: 'Run', context };
      expect(await service.delegate({ ...asked, until })).toBe('handle');
      expect(delegate).toHaveBeenCalledWith({ ...asked, until: +until });
      await service.delegate(asked);
      expect(delegate).toHaveBeenLastCalledWith(asked);
      await expect(
        service.delegate({ ...asked, credentials: service as never }),
      ).rejects.toMatchObject({ code: 'invalid_request' });
    });

    it('threats 45: keeps nothing of a delegation, and asks the backend each time', async () => {
      const own = await service.getToken({ datasource });
      const tokens = [
        await service.getToken(leave),
        await service.getToken(leave),
        await service.reportRejected({ ...leave, version: 'old' }),
      ];
      expect(new Set([own, ...tokens]).size).toBe(4);
      expect(requestToken).toHaveBeenLastCalledWith({
        ...leave,
        rejectedVersion: 'old',
      });
      expect(await service.getToken({ datasource })).toBe(own);
      await service.getStatus(leave);
      expect(readDatasource).toHaveBeenCalledWith(leave);
    });

    it.each([
      { delegation: undefined },
      { delegation: '' },
      { context: undefined },
      { credentials: ann },
      { subject: 'user' as const },
      { subject: 'service' as const },
    ])("never takes the plugin's token for a half of it: %j", async change => {
      await service.getToken({ datasource });
      const options = { ...leave, ...change };
      const refusal = { code: 'invalid_request', statusCode: 400 };
      for (const call of [
        service.getToken(options),
        service.fetch(options, '/x'),
        service.reportRejected({ ...options, version: 'v' }),
        service.getStatus(options),
      ]) {
        await expect(call).rejects.toMatchObject(refusal);
      }
      expect(requestToken).toHaveBeenCalledTimes(1);
    });
  });

  it('treats credentials of a service as the plugin itself', async () => {
    const own = await service.getToken({ datasource });
    const credentials = mockCredentials.service('external:ci');
    expect(await service.getToken({ datasource, credentials })).toBe(own);
  });

  it('lets the framework decide about every call of an external caller with restrictions', async () => {
    const credentials: BackstageCredentials<BackstageServicePrincipal> =
      mockCredentials.service('external:ci', { permissionNames: ['x'] });
    await service.getToken({ datasource });
    await service.getToken({ datasource, credentials });
    await service.getToken({ datasource, credentials });
    expect(requestToken).toHaveBeenCalledTimes(3);
    expect(requestToken).toHaveBeenLastCalledWith({ datasource, credentials });
  });

  it('does not share remembered tokens with another plugin’s instance', async () => {
    await service.getToken({ datasource });
    await create().getToken({ datasource });
    expect(requestToken).toHaveBeenCalledTimes(2);
  });

  it('I7: a caller that aborts gets its reason; the request continues for the others and for the memory', async () => {
    let release = () => {};
    hold = new Promise(resolve => {
      release = resolve;
    });
    const controller = new AbortController();
    const leaving = service.getToken({ datasource, signal: controller.signal });
    const staying = service.getToken({ datasource });
    controller.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    release();
    const token = await staying;
    expect(await service.getToken({ datasource })).toBe(token);
    expect(requestToken).toHaveBeenCalledTimes(1);
    expect(requestToken.mock.calls[0][0]).not.toHaveProperty('signal');
  });

  it('sends nothing for a caller that aborted before', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    for (const options of [
      { datasource, signal },
      { datasource, signal, credentials: ann },
    ])
      await expect(service.getToken(options)).rejects.toThrow('gone');
    expect(requestToken).not.toHaveBeenCalled();
  });

  it('I7: keeps the response even if the only caller aborted', async () => {
    let release = () => {};
    hold = new Promise(resolve => {
      release = resolve;
    });
    const signal = AbortSignal.timeout(5);
    await expect(service.getToken({ datasource, signal })).rejects.toThrow(
      /timeout/,
    );
    release();
    await service.getToken({ datasource });
    expect(requestToken).toHaveBeenCalledTimes(1);
  });

  it.each([
    [90, 90],
    [{ minutes: 2 }, 120],
    [{ milliseconds: 1_500 }, 2],
  ])(
    'requests a validity of %j as %d seconds',
    async (minValidity, seconds) => {
      await service.getToken({ datasource, minValidity });
      expect(requestToken).toHaveBeenCalledWith({
        datasource,
        minValiditySeconds: seconds,
      });
    },
  );

  it.each([-1, NaN])('rejects a validity of %d', async minValidity => {
    await expect(
      service.getToken({ datasource, minValidity }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each(['', '../x', 'A', 'a/b', 'x'.repeat(64), undefined as any])(
    'rejects %j as a name in every method',
    async name => {
      const refusal = { code: 'invalid_request', statusCode: 400 };
      const options = { datasource: name };
      await expect(service.getToken(options)).rejects.toMatchObject(refusal);
      await expect(service.getStatus(options)).rejects.toMatchObject(refusal);
      await expect(service.fetch(options, '/x')).rejects.toMatchObject(refusal);
      await expect(
        service.reportRejected({ ...options, version: 'v' }),
      ).rejects.toMatchObject(refusal);
      expect(() => service.onStatusChange(options, () => {})).toThrow(
        expect.objectContaining(refusal),
      );
      expect(requestToken).not.toHaveBeenCalled();
    },
  );

  it('reports a rejected token with the credentials of the caller', async () => {
    await service.reportRejected({
      datasource,
      version: 'old',
      credentials: ann,
    });
    expect(requestToken).toHaveBeenCalledWith({
      datasource,
      credentials: ann,
      rejectedVersion: 'old',
    });
  });

  it('requests status and list each time', async () => {
    await service.getStatus({ datasource, credentials: ann });
    await service.list({ credentials: bob });
    await service.list();
    expect(readDatasource).toHaveBeenCalledWith({
      datasource,
      credentials: ann,
    });
    expect(listDatasources.mock.calls).toEqual([
      [{ credentials: bob }],
      [{ credentials: undefined }],
    ]);
  });
});
