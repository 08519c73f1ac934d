import { Readable } from 'node:stream';
import {
  DatasourceUnavailableError,
  DatasourceNotAuthorizedError,
} from 'backstage-plugin-datasource-auth-common';
import { MockDatasource } from '../mock/MockDatasourceAuthBackend';
import { MockDatasourceAuthService } from '../mock/MockDatasourceAuthService';
import { DatasourceToken, readToken } from '../tokens/DatasourceToken';
import { ApiCaller } from './ApiCaller';
import { Connections } from './Connections';
import { LocalServer } from './__testUtils__/LocalServer';

const datasource = 'api';

const tokenOf = (baseUrl: string) =>
  readToken({
    accessToken: 'token-1',
    headers: { Authorization: 'Bearer token-1' },
    query: {},
    secrets: ['token-1'],
    version: 'version-1',
    baseUrl,
    allowedHosts: [],
    rejectedStatuses: [401],
  })!;

const local = { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] };
const toApis = Connections.shared().toApis(local);

describe('fetch through a datasource', () => {
  let api: LocalServer;
  let elsewhere: LocalServer;
  let service: MockDatasourceAuthService;

  beforeAll(async () => {
    [api, elsewhere] = await Promise.all([
      LocalServer.start(),
      LocalServer.start(),
    ]);
  });
  afterAll(() => Promise.all([api.stop(), elsewhere.stop()]));

  function use(settings: MockDatasource = {}) {
    service = new MockDatasourceAuthService({
      datasources: { api: { baseUrl: `${api.url}/v2`, ...settings } },
      fetch: toApis,
    });
  }

  /** The API responds with 401 to all but the current token. */
  function guard(challenge?: string) {
    api.handler = (req, res) => {
      const token = String(req.headers.authorization).replace('Bearer ', '');
      if (!service.accepts(datasource, token)) {
        res.statusCode = 401;
        if (challenge) res.setHeader('www-authenticate', challenge);
      }
      res.end('{"ok":true}');
    };
  }

  beforeEach(() => {
    use();
    for (const server of [api, elsewhere]) {
      server.received.length = 0;
      server.handler = (_req, res) => res.end('{"ok":true}');
    }
  });

  const tokensSent = () =>
    api.received.map(({ headers }) => headers.authorization);

  describe('N5 an API that reports an expired token with status 200', () => {
    const expired = { path: 'code', equals: [4001] };

    /** The API takes only the current token. */
    const report = (headers: Record<string, string> = {}, sent = true) => {
      api.handler = (req, res) => {
        const token = String(req.headers.authorization).replace('Bearer ', '');
        const isAccepted = service.accepts(datasource, token);
        const body = isAccepted ? '{"ok":true}' : '{"code":4001}';
        res.setHeader('content-type', 'application/json');
        if (sent) res.setHeader('content-length', body.length);
        for (const [name, value] of Object.entries(headers))
          res.setHeader(name, value);
        res.write(body);
        res.end();
      };
    };

    it('gets one new token and one more call', async () => {
      use({ expired });
      report();
      await service.getToken({ datasource });
      service.revoke(datasource);
      const response = await service.fetch({ datasource }, '/incidents');
      expect(await response.json()).toEqual({ ok: true });
      expect(new Set(tokensSent()).size).toBe(2);
      expect(
        api.received.map(({ headers }) => headers['accept-encoding']),
      ).toEqual(['identity', 'identity']);
    });

    it.each<[string, Record<string, string>, boolean]>([
      ['an event stream', { 'content-type': 'text/event-stream' }, true],
      ['a body of unknown length', {}, false],
      ['a compressed body', { 'content-encoding': 'x-own' }, true],
    ])('never looks into %s', async (_, headers, sent) => {
      use({ expired });
      report(headers, sent);
      await service.getToken({ datasource });
      service.revoke(datasource);
      const response = await service.fetch({ datasource }, '/incidents');
      expect(await response.text()).toBe('{"code":4001}');
      expect(api.received).toHaveLength(1);
    });

    it('leaves the encoding of other APIs to fetch', async () => {
      await service.fetch({ datasource }, '/incidents');
      expect(api.received[0].headers['accept-encoding']).not.toBe('identity');
    });
  });

  it('S0.29, [checklist 43]: calls the API below its base URL with the token in its header, and nowhere else', async () => {
    const response = await service.fetch({ datasource }, '/incidents?limit=1');
    expect(await response.json()).toEqual({ ok: true });
    expect(api.received).toEqual([
      expect.objectContaining({
        method: 'GET',
        url: '/v2/incidents?limit=1',
        headers: expect.objectContaining({
          authorization: 'Bearer mock-token.api.1',
        }),
      }),
    ]);
  });

  it('S3.4: calls different endpoints of one API with one token', async () => {
    await service.fetch({ datasource }, '/incidents');
    await service.fetch({ datasource }, '/users');
    expect(new Set(tokensSent()).size).toBe(1);
    expect(service.issuedTokens(datasource)).toHaveLength(1);
  });

  it("puts the token into the datasource's header and replaces the caller's value", async () => {
    use({ header: { name: 'X-Api-Token', prefix: '' } });
    await service.fetch({ datasource }, '/x', {
      headers: { 'x-api-token': 'mine', authorization: 'Basic own' },
    });
    expect(api.received[0].headers).toEqual(
      expect.objectContaining({
        'x-api-token': 'mock-token.api.1',
        authorization: 'Basic own',
      }),
    );
  });

  it('sends method, headers, and body unchanged', async () => {
    await service.fetch({ datasource }, '/x', {
      method: 'post',
      headers: [['content-type', 'application/json']],
      body: '{"a":1}',
    });
    expect(api.received[0]).toEqual(
      expect.objectContaining({ method: 'POST', body: '{"a":1}' }),
    );
    expect(api.received[0].headers['content-type']).toBe('application/json');
  });

  it('S3.3: calls a SOAP endpoint like any other', async () => {
    api.handler = (_req, res) => {
      res.setHeader('content-type', 'text/xml; charset=utf-8');
      res.end('<soap:Envelope/>');
    };
    const envelope = '<soap:Envelope><soap:Body/></soap:Envelope>';
    const response = await service.fetch({ datasource }, '/Service.asmx', {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '"urn:get"' },
      body: envelope,
    });
    expect(await response.text()).toBe('<soap:Envelope/>');
    expect(api.received[0]).toMatchObject({
      body: envelope,
      headers: { soapaction: '"urn:get"', 'content-type': 'text/xml' },
    });
    expect(tokensSent()).toEqual(['Bearer mock-token.api.1']);
  });

  it('sends nothing to a rejected address', async () => {
    for (const path of [elsewhere.url, `//${new URL(elsewhere.url).host}/`]) {
      await expect(service.fetch({ datasource }, path)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    }
    expect(api.received.concat(elsewhere.received)).toEqual([]);
  });

  it('sends the token to an allowed host', async () => {
    use({ allowedHosts: [new URL(elsewhere.url).host] });
    await service.fetch({ datasource }, `${elsewhere.url}/x`);
    expect(elsewhere.received[0].headers.authorization).toBe(
      'Bearer mock-token.api.1',
    );
  });

  it("names the API that can't be reached, in our own error without a cause", async () => {
    use({ baseUrl: 'http://127.0.0.1:1' });
    const failure = await service
      .fetch({ datasource }, '/x')
      .catch(error => error);
    expect(failure).toBeInstanceOf(DatasourceUnavailableError);
    expect(failure.message).toMatch(
      /'api' at http:\/\/127\.0\.0\.1:1 couldn't be called: (ECONNREFUSED|the)/,
    );
    expect(failure.cause).toBeUndefined();
  });

  describe('when the API rejects the token', () => {
    it.each([
      ['no body', undefined],
      ['a text', 'again'],
      ['bytes', new TextEncoder().encode('again')],
      ['parameters', new URLSearchParams({ q: 'again' })],
      ['a blob', new Blob(['again'])],
    ])(
      'refreshes it once and repeats the call once, with %s',
      async (_, body) => {
        guard();
        await service.fetch({ datasource }, '/warm');
        service.revoke(datasource);
        api.received.length = 0;
        const response = await service.fetch({ datasource }, '/x', {
          ...(body && { method: 'POST', body }),
        });
        expect(response.status).toBe(200);
        expect(tokensSent()).toEqual([
          'Bearer mock-token.api.1',
          'Bearer mock-token.api.2',
        ]);
        expect(api.received[1].body).toBe(api.received[0].body);
        expect(api.received[1].body).toContain(body ? 'again' : '');
      },
    );

    it('refreshes it once for all callers whose call was rejected', async () => {
      guard();
      await service.fetch({ datasource }, '/warm');
      service.revoke(datasource);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => service.fetch({ datasource }, '/x')),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      expect(service.issuedTokens(datasource)).toHaveLength(2);
    });

    it('repeats the call only once and returns the second rejection', async () => {
      api.handler = (_req, res) => {
        res.statusCode = 401;
        res.end('no');
      };
      const response = await service.fetch({ datasource }, '/x');
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('no');
      expect(api.received).toHaveLength(2);
    });

    it('reports the route of a rejection, of a second one, and of a later success', async () => {
      const [first, second] = ['version-1', 'version-2'].map(version => ({
        ...tokenOf(`${api.url}/v2`),
        egress: local,
        version,
      }));
      const reportRejected = jest.fn(async () => second);
      const noteAccepted = jest.fn();
      const caller = new ApiCaller({
        callApi: jest.fn(),
        fetchUnder: () => toApis,
        tokens: { getToken: async () => first, reportRejected, noteAccepted },
      });
      const statuses = [401, 401, 401, 200, 500, 200];
      api.handler = (_req, res) => res.writeHead(statuses.shift()!).end();
      const call = async () =>
        (await caller.fetch({ datasource }, '/incidents/7?a=b')).status;

      expect(await call()).toBe(401);
      const report = (version: string) =>
        expect.objectContaining({ version, route: 'GET /incidents' });
      expect(reportRejected.mock.calls).toEqual([
        [report('version-1')],
        [report('version-2')],
      ]);
      expect(noteAccepted).not.toHaveBeenCalled();
      expect(await call()).toBe(200);
      expect(noteAccepted.mock.calls).toEqual([
        [expect.objectContaining({ version: 'version-2' })],
      ]);
      expect(await call()).toBe(500);
      expect(await call()).toBe(200);
      expect(noteAccepted).toHaveBeenCalledTimes(2);
    });

    it('[checklist 44] does not refresh on error="insufficient_scope", because another token has the same permissions', async () => {
      api.handler = (_req, res) => {
        res.statusCode = 401;
        res.setHeader(
          'www-authenticate',
          'Bearer realm="x", error="insufficient_scope", scope="write"',
        );
        res.end();
      };
      const response = await service.fetch({ datasource }, '/x');
      expect(response.status).toBe(401);
      expect(api.received).toHaveLength(1);
      expect(service.issuedTokens(datasource)).toHaveLength(1);
    });

    it('[checklist 44] refreshes on error="invalid_token"', async () => {
      guard('Bearer error="invalid_token"');
      await service.fetch({ datasource }, '/warm');
      service.revoke(datasource);
      expect((await service.fetch({ datasource }, '/x')).status).toBe(200);
    });

    it('[checklist 44] does not refresh on a 403', async () => {
      api.handler = (_req, res) => {
        res.statusCode = 403;
        res.end();
      };
      expect((await service.fetch({ datasource }, '/x')).status).toBe(403);
      expect(api.received).toHaveLength(1);
    });

    it('refreshes only on the statuses with which this API rejects tokens', async () => {
      use({ rejectedStatuses: [498] });
      api.handler = (_req, res) => {
        res.statusCode = api.received.length === 1 ? 498 : 401;
        res.end();
      };
      expect((await service.fetch({ datasource }, '/x')).status).toBe(401);
      expect(api.received).toHaveLength(2);
    });

    it.each([
      ['a web stream', () => new Blob(['once']).stream()],
      ['a Node stream', () => Readable.from([Buffer.from('once')])],
    ])(
      'does not repeat %s, but has the token refreshed for the next caller',
      async (_, body) => {
        guard();
        await service.fetch({ datasource }, '/warm');
        service.revoke(datasource);
        api.received.length = 0;
        const response = await service.fetch({ datasource }, '/x', {
          method: 'POST',
          body: body(),
        });
        expect(response.status).toBe(401);
        expect(api.received).toEqual([
          expect.objectContaining({ method: 'POST', body: 'once' }),
        ]);
        expect((await service.getToken({ datasource })).accessToken).toBe(
          'mock-token.api.2',
        );
      },
    );

    it('throws the typed error if refreshing shows that a user must authorize', async () => {
      guard();
      await service.fetch({ datasource }, '/warm');
      service.revoke(datasource);
      service.refuseRenewal(datasource);
      await expect(service.fetch({ datasource }, '/x')).rejects.toThrow(
        DatasourceNotAuthorizedError,
      );
    });

    it.each([
      ['there is no other token now', new DatasourceUnavailableError('away')],
      ['the backend keeps the token', undefined],
    ])("returns the API's own response if %s", async (_, failure) => {
      const token = await service.getToken({ datasource });
      const reportRejected = jest.fn(async () => {
        if (failure) throw failure;
        return token;
      });
      const caller = new ApiCaller({
        callApi: jest.fn(),
        fetchUnder: () => toApis,
        tokens: {
          getToken: async () => token,
          reportRejected,
          noteAccepted: () => {},
        },
      });
      api.handler = (_req, res) => res.writeHead(401).end('the API says no');
      const response = await caller.fetch({ datasource }, '/x');
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('the API says no');
      expect(reportRejected).toHaveBeenCalledTimes(1);
      expect(api.received).toHaveLength(1);
    });
  });

  describe('threats 32: the egress rules that come with a token', () => {
    const fetchWith = (egress: DatasourceToken['egress']) => {
      const token = {
        ...tokenOf(`${api.url}/v2`),
        egress,
      };
      const caller = new ApiCaller({
        callApi: jest.fn(),
        fetchUnder: Connections.shared().toApis,
        tokens: {
          getToken: async () => token,
          reportRejected: async () => token,
          noteAccepted: () => {},
        },
      });
      return caller.fetch({ datasource }, '/x');
    };

    it('apply to the called address', async () => {
      expect((await fetchWith(local)).status).toBe(200);
      const nothing = { allow: [], allowHttp: [], only: [] };
      const rules: Array<[NonNullable<DatasourceToken['egress']>, string]> = [
        [nothing, 'egress.allowHttp'],
        [{ ...nothing, allowHttp: ['127.0.0.1'] }, 'egress.allow'],
        [{ ...local, only: ['api.example.com'] }, 'egress.only'],
      ];
      for (const [egress, text] of rules) {
        const failure = await fetchWith(egress).catch(error => error);
        expect(failure).toMatchObject({
          code: 'egress_blocked',
          statusCode: 403,
          message: expect.stringContaining(text),
        });
        expect(failure.cause).toBeUndefined();
      }
      expect(api.received).toHaveLength(1);
    });

    it('block every call if they are missing', async () => {
      await expect(fetchWith(undefined)).rejects.toMatchObject({
        code: 'egress_blocked',
        message: expect.stringContaining('no egress rules'),
      });
      expect(api.received).toEqual([]);
    });
  });

  describe('N2: headers and query parameters of the token', () => {
    const authentication = {
      headers: { 'X-Tenant': 'acme' },
      query: { api_key: 'k/1 &2' },
    };

    it("replace the caller's values of the same name, ignoring case", async () => {
      use(authentication);
      await service.fetch({ datasource }, '/x?API_KEY=mine&a=b&api_key=own', {
        headers: { 'x-tenant': 'other' },
      });
      const [{ url, headers }] = api.received;
      expect(url).toBe('/v2/x?a=b&api_key=k%2F1%20%262');
      expect(headers['x-tenant']).toBe('acme');
    });

    it('are sent once on a redirect within the origin', async () => {
      use(authentication);
      api.handler = (req, res) => {
        if (req.url!.startsWith('/v2/a'))
          res.writeHead(302, { location: '/v2/b?c=d&api_key=echoed' });
        res.end('{}');
      };
      await service.fetch({ datasource }, '/a');
      expect(api.received.at(-1)).toMatchObject({
        url: '/v2/b?c=d&api_key=k%2F1%20%262',
        headers: { 'x-tenant': 'acme' },
      });
    });

    it('threats 5: are dropped when a redirect leaves the origin, even if the API echoes them', async () => {
      use({ ...authentication, allowedHosts: [new URL(elsewhere.url).host] });
      api.handler = (req, res) => {
        res.writeHead(302, { location: `${elsewhere.url}${req.url}` });
        res.end();
      };
      await service.fetch({ datasource }, '/a?c=d');
      const [{ url, headers }] = elsewhere.received;
      expect(url).toBe('/v2/a?c=d');
      expect(headers).not.toHaveProperty('x-tenant');
    });
  });

  describe('redirects', () => {
    /** Each path of the API redirects to the target set by the test. */
    function redirect(targets: Record<string, string>, status = 302) {
      api.handler = (req, res) => {
        const location = targets[req.url!];
        if (location) res.writeHead(status, { location });
        res.end('{"ok":true}');
      };
    }

    it('are followed within the origin, with the token', async () => {
      redirect({ '/v2/a': '/v2/b', '/v2/b': `${api.url}/c` });
      expect((await service.fetch({ datasource }, '/a')).status).toBe(200);
      expect(api.received.map(({ url }) => url)).toEqual([
        '/v2/a',
        '/v2/b',
        '/c',
      ]);
      expect(new Set(tokensSent())).toEqual(
        new Set(['Bearer mock-token.api.1']),
      );
    });

    it('[checklist 43] threats 5: drop the token, Authorization, and Cookie when leaving the origin', async () => {
      use({
        header: { name: 'X-Api-Token', prefix: '' },
        allowedHosts: [new URL(elsewhere.url).host],
      });
      redirect({ '/v2/a': `${elsewhere.url}/b` });
      await service.fetch({ datasource }, '/a', {
        headers: { authorization: 'Basic own', cookie: 'a=b', accept: 'x/y' },
      });
      expect(api.received[0].headers['x-api-token']).toBe('mock-token.api.1');
      const { headers } = elsewhere.received[0];
      expect(headers.accept).toBe('x/y');
      expect(headers).not.toHaveProperty('x-api-token');
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      expect(JSON.stringify(elsewhere.received)).not.toContain('mock-token');
    });

    it('do not restore the token when they return to the origin', async () => {
      use({ allowedHosts: [new URL(elsewhere.url).host] });
      redirect({ '/v2/a': `${elsewhere.url}/b` });
      elsewhere.handler = (_req, res) =>
        res.writeHead(302, { location: `${api.url}/v2/c` }).end();
      await service.fetch({ datasource }, '/a');
      expect(tokensSent()).toEqual(['Bearer mock-token.api.1', undefined]);
    });

    it("to an origin that responds with 401 don't count as a rejection of the token", async () => {
      use({ allowedHosts: [new URL(elsewhere.url).host] });
      redirect({ '/v2/a': `${elsewhere.url}/b` });
      elsewhere.handler = (_req, res) => res.writeHead(401).end();
      expect((await service.fetch({ datasource }, '/a')).status).toBe(401);
      expect(service.issuedTokens(datasource)).toHaveLength(1);
    });

    it('threats 32: are followed only to the origin of the base URL and to allowed hosts', async () => {
      redirect({ '/v2/a': `${elsewhere.url}/b` });
      elsewhere.handler = (_req, res) => res.end('internal');
      const failure = await service
        .fetch({ datasource }, '/a')
        .catch(error => error);
      expect(failure).toMatchObject({
        code: 'egress_blocked',
        statusCode: 403,
      });
      expect(failure.message).toContain(elsewhere.url);
      expect(failure.message).toContain('allowed hosts');
      expect(elsewhere.received).toEqual([]);

      use({ allowedHosts: [new URL(elsewhere.url).host] });
      const response = await service.fetch({ datasource }, '/a');
      expect(await response.text()).toBe('internal');
    });

    it('are followed at most five times', async () => {
      const steps = (count: number) =>
        Object.fromEntries(
          Array.from({ length: count }, (_, i) => [`/v2/${i}`, `/v2/${i + 1}`]),
        );
      redirect(steps(5));
      expect((await service.fetch({ datasource }, '/0')).status).toBe(200);
      redirect(steps(6));
      await expect(service.fetch({ datasource }, '/0')).rejects.toThrow(
        'redirects more than 5 times',
      );
    });

    it.each([301, 302, 303])(
      'with %s turn a POST into a GET without body',
      async status => {
        redirect({ '/v2/a': '/v2/b' }, status);
        await service.fetch({ datasource }, '/a', {
          method: 'POST',
          body: 'x',
          headers: { 'content-type': 'text/x' },
        });
        expect(api.received[1]).toEqual(
          expect.objectContaining({ method: 'GET', body: '' }),
        );
        expect(api.received[1].headers).not.toHaveProperty('content-type');
      },
    );

    it.each([307, 308])('with %s repeat method and body', async status => {
      redirect({ '/v2/a': '/v2/b' }, status);
      await service.fetch({ datasource }, '/a', { method: 'PUT', body: 'x' });
      expect(api.received[1]).toEqual(
        expect.objectContaining({ method: 'PUT', body: 'x' }),
      );
    });

    it('do not repeat a stream', async () => {
      redirect({ '/v2/a': '/v2/b' }, 307);
      await expect(
        service.fetch({ datasource }, '/a', {
          method: 'POST',
          body: new Blob(['once']).stream(),
        }),
      ).rejects.toThrow('cannot be sent again');
      expect(api.received).toHaveLength(1);
    });

    it('are returned or rejected if the caller requests it', async () => {
      redirect({ '/v2/a': `${elsewhere.url}/b` });
      const answer = await service.fetch({ datasource }, '/a', {
        redirect: 'manual',
      });
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe(`${elsewhere.url}/b`);
      await expect(
        service.fetch({ datasource }, '/a', { redirect: 'error' }),
      ).rejects.toThrow('it redirects');
      expect(elsewhere.received).toEqual([]);
    });

    it('do not leave HTTPS', async () => {
      const secure = new MockDatasourceAuthService({
        datasources: { api: { baseUrl: 'https://api.example.com' } },
        fetch: async () =>
          new Response(null, {
            status: 302,
            headers: { location: `${elsewhere.url}/x` },
          }),
      });
      await expect(secure.fetch({ datasource }, '/a')).rejects.toThrow(
        'redirects from https',
      );
      expect(elsewhere.received).toEqual([]);
    });
  });

  describe('a caller that aborts', () => {
    it.each(['options', 'init'])(
      'gets its own abort reason by the signal in %s, and cancels the API call',
      async place => {
        const controller = new AbortController();
        const ended = new Promise<void>(resolve => {
          api.handler = (_req, res) => {
            res.on('close', resolve);
            controller.abort(new Error('left'));
          };
        });
        const { signal } = controller;
        const isOption = place === 'options';
        await expect(
          service.fetch(
            { datasource, ...(isOption && { signal }) },
            '/slow',
            isOption ? {} : { signal },
          ),
        ).rejects.toThrow('left');
        await ended;
      },
    );

    it('ends a streaming response', async () => {
      const controller = new AbortController();
      const ended = new Promise<void>(resolve => {
        api.handler = (_req, res) => {
          res.write('a part');
          res.on('close', resolve);
        };
      });
      const response = await service.fetch({ datasource }, '/x', {
        signal: controller.signal,
      });
      const reader = response.body!.getReader();
      expect(Buffer.from((await reader.read()).value!).toString()).toBe(
        'a part',
      );
      controller.abort();
      await expect(reader.read()).rejects.toThrow(/abort/i);
      await ended;
    });

    it('sends nothing if aborted before', async () => {
      await expect(
        service.fetch({ datasource }, '/x', { signal: AbortSignal.abort() }),
      ).rejects.toThrow(/abort/i);
      expect(api.received).toEqual([]);
    });
  });

  it('streams a response instead of buffering it', async () => {
    let finish = () => {};
    api.handler = (_req, res) => {
      res.write('first');
      finish = () => res.end('last');
    };
    const response = await service.fetch({ datasource }, '/x');
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
  });
});
