import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  DatasourceAuthError,
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { Connections } from '../calls/Connections';
import { LocalServer } from '../calls/__testUtils__/LocalServer';
import { HttpDatasourceAuthBackend } from './HttpDatasourceAuthBackend';
import { PluginRequestTokens } from './PluginRequestTokens';

const ANSWER = {
  accessToken: 'secret-token',
  expiresAt: 1_800_000_000_000,
  scope: 'read',
  headers: { Authorization: 'Bearer secret-token' },
  query: { tenant: 't 1' },
  secrets: ['secret-token'],
  kept: { instance_url: 'https://i.example.com' },
  baseUrl: 'https://api.example.com',
  allowedHosts: ['a.example.com'],
  rejectedStatuses: [401, 498],
  egress: { allow: ['*.corp.example'], allowHttp: [], only: ['a.example.com'] },
  version: '7',
  subject: 'service',
};
const link = 'https://backstage.example.com/datasource-auth/pagerduty';

describe('HttpDatasourceAuthBackend', () => {
  let server: LocalServer;
  let backend: HttpDatasourceAuthBackend;

  beforeEach(async () => {
    server = await LocalServer.start();
    backend = new HttpDatasourceAuthBackend({
      discovery: {
        getBaseUrl: async id => `${server.url}/api/${id}`,
        getExternalBaseUrl: async () => 'https://not.used',
      },
      tokens: new PluginRequestTokens({
        auth: mockServices.auth({ pluginId: 'consumer' }),
      }),
      fetch: Connections.shared().toBackend,
    });
  });
  afterEach(() => server.stop());

  const answer = (status: number, body: unknown, type = 'application/json') => {
    server.handler = (_req, res) =>
      res
        .writeHead(status, { 'content-type': type })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const ask = () => backend.requestToken({ datasource: 'pagerduty' });

  it('S3.25: requests the token of a datasource by name, as the plugin itself', async () => {
    answer(200, ANSWER);
    expect(await ask()).toEqual(ANSWER);
    const [{ method, url, body, headers }] = server.received;
    expect({ method, url, body }).toEqual({
      method: 'POST',
      url: '/api/datasource-auth/datasources/pagerduty/token',
      body: '{"throughBackend":true}',
    });
    expect(headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('plugin:consumer'),
        targetPluginId: 'datasource-auth',
      }),
    );
  });

  it('requests a token for a user, with a validity, and to replace a rejected one', async () => {
    answer(200, ANSWER);
    await backend.requestToken({
      datasource: 'pagerduty',
      credentials: mockCredentials.user('user:default/ann'),
      minValiditySeconds: 60,
      rejectedVersion: 'old',
    });
    const [{ body, headers }] = server.received;
    expect(JSON.parse(body)).toEqual({
      minValiditySeconds: 60,
      rejectedVersion: 'old',
      throughBackend: true,
    });
    expect(headers.authorization).toContain('user:default/ann');
  });

  it('N11, threats 45: sends the handle of a delegation as the plugin itself, and only in a header', async () => {
    answer(200, ANSWER);
    const leave = {
      ...{ datasource: 'pagerduty', delegation: 'secret-handle' },
      context: { task: 'é 42' },
    };
    await backend.requestToken(leave);
    await backend
      .callApi({
        ...leave,
        url: 'https://api.example.com/x',
        init: {},
      })
      .catch(() => {});
    answer(200, { name: 'pagerduty', status: { state: 'AUTHORIZED' } });
    await backend.readDatasource(leave);
    expect(server.received).toHaveLength(3);
    for (const { url, body, headers } of server.received) {
      expect(headers['datasource-delegation']).toBe('secret-handle');
      const sent = headers['datasource-delegation-context'] as string;
      expect(Buffer.from(sent, 'base64url').toString()).toBe('{"task":"é 42"}');
      expect(headers['datasource-subject']).toBeUndefined();
      expect(headers.authorization).toContain('plugin:consumer');
      expect(`${url}${body}`).not.toContain('secret-handle');
    }
  });

  it('N11: asks for a delegation on behalf of its user', async () => {
    answer(200, { delegation: 'secret-handle', until: 1 });
    const asked = {
      ...{ datasource: 'pagerduty', purpose: 'Run', context: { task: '42' } },
    };
    const credentials = mockCredentials.user('user:default/ann');
    expect(await backend.delegate({ ...asked, credentials })).toBe(
      'secret-handle',
    );
    const [{ url, body, headers }] = server.received;
    expect(url).toBe('/api/datasource-auth/delegations');
    expect(JSON.parse(body)).toEqual(asked);
    expect(headers.authorization).toContain('user:default/ann');
    answer(200, {});
    await expect(backend.delegate({ ...asked, credentials })).rejects.toThrow(
      'unexpected response',
    );
  });

  it('freezes the token that all callers share', async () => {
    answer(200, ANSWER);
    const token = await ask();
    const { headers, query, secrets, kept, allowedHosts, egress } = token;
    const maps = [headers, query, secrets, kept];
    for (const part of [token, ...maps, allowedHosts, egress])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('threats 32: accepts the egress rules only as a whole', async () => {
    answer(200, ANSWER);
    expect((await ask()).egress).toEqual(ANSWER.egress);
    for (const egress of [
      undefined,
      null,
      { allow: [] },
      { ...ANSWER.egress, only: undefined },
      { ...ANSWER.egress, only: 'a.example.com' },
      { ...ANSWER.egress, allowHttp: [1] },
    ]) {
      answer(200, { ...ANSWER, egress });
      expect((await ask()).egress).toBeUndefined();
    }
  });

  it.each([
    'version',
    'headers',
    'query',
    'secrets',
    'allowedHosts',
    'rejectedStatuses',
  ])('rejects a response without %s', async part => {
    answer(200, { ...ANSWER, [part]: undefined });
    await expect(ask()).rejects.toThrow(DatasourceAuthError);
  });

  it.each([
    DatasourceNotConfiguredError,
    DatasourceNotAuthorizedError,
    DatasourceConsumerNotAllowedError,
    DatasourceUnavailableError,
  ])('restores %p by name, with code, message, and link', async Type => {
    const original = new Type('Said the backend', { link });
    answer(original.statusCode, {
      error: { ...original, name: original.name, message: original.message },
    });
    const failure = await ask().catch(error => error);
    expect(failure).toBeInstanceOf(Type);
    expect(failure).toMatchObject({
      message: 'Said the backend',
      code: original.code,
      statusCode: original.statusCode,
      link,
    });
  });

  it('restores diagnosis and retry time', async () => {
    const diagnosis = { code: 'dns', title: 't', cause: 'c', remedy: 'r' };
    answer(503, {
      error: {
        name: 'DatasourceUnavailableError',
        message: 'm',
        code: 'datasource_unavailable',
        diagnosis,
        retryAt: 1_800_000_000_000,
      },
    });
    await expect(ask()).rejects.toMatchObject({
      diagnosis,
      retryAt: 1_800_000_000_000,
    });
  });

  it('keeps the code of errors without their own type', async () => {
    answer(404, {
      error: { name: 'NotFoundError', message: 'No x', code: 'not_found' },
    });
    const failure = await ask().catch(error => error);
    expect(failure).toBeInstanceOf(DatasourceAuthError);
    expect(failure).toMatchObject({ code: 'not_found', statusCode: 404 });
  });

  it("drops a link that isn't an HTTP(S) URL", async () => {
    answer(409, {
      error: {
        name: 'DatasourceNotAuthorizedError',
        message: 'm',
        code: 'datasource_not_authorized',
        link: 'data:text/html,x',
      },
    });
    expect((await ask().catch(error => error)).link).toBeUndefined();
  });

  it.each([
    ['a 404 without our code', 404, '{"error":{"name":"NotFoundError"}}'],
    ['a page of an app', 200, '<!doctype html><html></html>'],
  ])('treats %s as a missing backend plugin', async (_, status, body) => {
    answer(status, body, 'text/html');
    await expect(ask()).rejects.toMatchObject({
      code: 'not_installed',
      statusCode: 501,
      message: expect.stringContaining('is not installed'),
    });
  });

  it("never throws 401: if the plugin's own token is rejected twice, it is an outage, with a new token in between", async () => {
    answer(401, { error: { name: 'AuthenticationError', message: 'no' } });
    await expect(ask()).rejects.toMatchObject({ statusCode: 503 });
    expect(server.received).toHaveLength(2);

    server.received.length = 0;
    server.handler = (_req, res) =>
      server.received.length === 1
        ? res.writeHead(401).end()
        : res.end(JSON.stringify(ANSWER));
    expect((await ask()).accessToken).toBe('secret-token');
  });

  it('tries a newly signed token after the kept one was rejected, because keys may have changed', async () => {
    let signed = 0;
    const claims = Buffer.from(JSON.stringify({ exp: 9_999_999_999 }));
    const auth = mockServices.auth.mock({
      getPluginRequestToken: async () => {
        signed += 1;
        return { token: `${signed}.${claims.toString('base64url')}.x` };
      },
    });
    const keeping = new HttpDatasourceAuthBackend({
      discovery: {
        getBaseUrl: async () => server.url,
        getExternalBaseUrl: async () => 'https://not.used',
      },
      tokens: new PluginRequestTokens({ auth }),
      fetch: Connections.shared().toBackend,
    });
    server.handler = (req, res) =>
      req.headers.authorization!.startsWith('Bearer 2.')
        ? res.end(JSON.stringify(ANSWER))
        : res.writeHead(401).end();
    await keeping.requestToken({ datasource: 'pagerduty' });
    await keeping.requestToken({ datasource: 'pagerduty' });
    expect(signed).toBe(2);
    expect(server.received).toHaveLength(3);
  });

  it('never throws 401: rejected credentials of a user become a 403 without a retry', async () => {
    const credentials = mockCredentials.user();
    const call = () =>
      backend.requestToken({ datasource: 'pagerduty', credentials });
    answer(401, { error: { name: 'AuthenticationError', message: 'no' } });
    await expect(call()).rejects.toMatchObject({ statusCode: 403 });
    expect(server.received).toHaveLength(1);
    answer(401, { error: { name: 'X', message: 'no', code: 'not_allowed' } });
    await expect(call()).rejects.toMatchObject({ statusCode: 403 });
    await expect(
      backend.requestToken({
        datasource: 'pagerduty',
        credentials: mockCredentials.none(),
      }),
    ).rejects.toMatchObject({ statusCode: 403 });
  });

  it.each([429, 500, 502, 503, 504])(
    'treats a %s from a proxy as an outage',
    async status => {
      answer(status, 'oops', 'text/plain');
      await expect(ask()).rejects.toThrow(DatasourceUnavailableError);
    },
  );

  it("says which backend couldn't be reached, without a cause", async () => {
    const { url } = server;
    await server.stop();
    const failure = await ask().catch(error => error);
    expect(failure).toBeInstanceOf(DatasourceUnavailableError);
    expect(failure.message).toContain(url);
    expect(failure.cause).toBeUndefined();
    server = await LocalServer.start();
  });

  it('retries when a kept connection turns out to be closed', async () => {
    let calls = 0;
    server.handler = (req, res) => {
      calls += 1;
      if (calls === 1) req.socket.destroy();
      else res.end(JSON.stringify(ANSWER));
    };
    expect((await ask()).accessToken).toBe('secret-token');
  });

  it.each([{}, { accessToken: 'secret-token' }, [], 'text', null])(
    "rejects a response that isn't a token: %j",
    async body => {
      answer(200, body === 'text' ? '"text"' : body ?? 'null');
      const failure = await ask().catch(error => error);
      expect(failure).toBeInstanceOf(DatasourceUnavailableError);
      expect(failure.message).not.toContain('secret-token');
    },
  );

  it('does not follow a redirect with its own token', async () => {
    server.handler = (_req, res) =>
      res.writeHead(307, { location: `${server.url}/stolen` }).end();
    await expect(ask()).rejects.toThrow(DatasourceUnavailableError);
    expect(server.received.map(({ url }) => url)).not.toContain('/stolen');
  });

  it('S3.25: lists the datasources that the plugin may use, page by page', async () => {
    const item = (name: string) => ({
      name,
      title: 'T',
      status: { state: 'AUTHORIZED', reason: 'Valid', more: 1 },
      more: 1,
    });
    server.handler = (_req, res, { url }) => {
      const isFirst = !url.includes('cursor=');
      res.end(
        JSON.stringify(
          isFirst
            ? { items: [item('a')], nextCursor: 'c&1' }
            : { items: [item('b')] },
        ),
      );
    };
    expect(await backend.listDatasources({})).toEqual(
      ['a', 'b'].map(name => ({
        name,
        title: 'T',
        status: { state: 'AUTHORIZED', reason: 'Valid' },
      })),
    );
    expect(server.received[1].url).toContain('cursor=c%261');
  });

  it('reads the status of one datasource', async () => {
    answer(200, {
      name: 'pagerduty',
      status: { state: 'NOT_AUTHORIZED', reason: 'Nobody authorized it yet' },
    });
    expect(await backend.readDatasource({ datasource: 'pagerduty' })).toEqual({
      name: 'pagerduty',
      status: { state: 'NOT_AUTHORIZED', reason: 'Nobody authorized it yet' },
    });
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      url: '/api/datasource-auth/datasources/pagerduty',
    });
  });
});
