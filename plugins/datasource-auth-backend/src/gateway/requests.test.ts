import {
  errorOf,
  RunningGateway,
  startGateway,
} from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

describe('threats 4, 5, 18: the request that the gateway sends to an API', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway(api => ({
      crm: {},
      routed: {
        gateway: {
          routes: [
            { methods: ['GET'], path: '/users/:id' },
            { methods: ['POST'], path: '/reports/**' },
            { methods: ['GET'], path: '/projects/:id', encodedSlash: true },
          ],
        },
      },
      versioned: { baseUrl: `${api}/base/?api-version=7` },
      keyed: { auth: { header: { name: 'X-Request-Id', prefix: '' } } },
      small: {
        gateway: {
          routes: [{ methods: ['POST'], path: '/**' }],
          limits: { requestBytes: 100_000 },
        },
      },
    }));
    gateway.api.answer(response => response.end());
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  const last = () => gateway.api.last;

  it('threats 33: reads a path the same way after every decoding', async () => {
    const seen = gateway.api.seen.length;
    const answer = await gateway.call(
      '/routed/users/%25%32%65%25%32%65%25%32%66admin',
    );
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('invalid_request');
    expect(gateway.api.seen).toHaveLength(seen);
  });

  it.each([
    'api-version=8',
    'a=1&API-Version=8',
    'api%2Dversion=8',
    'api%252dversion=8',
    'a;api-version',
    'api-version[]=8',
  ])(
    'threats 33: rejects the query %s if the base URL has the parameter',
    async query => {
      const seen = gateway.api.seen.length;
      const answer = await gateway.call(`/versioned/contacts?${query}`);
      expect(answer.status).toBe(400);
      expect(errorOf(answer).message).toContain('the base URL already sets');
      expect(gateway.api.seen).toHaveLength(seen);
    },
  );

  it('allows an encoded slash on a route that says so, and otherwise names that option', async () => {
    expect((await gateway.call('/routed/projects/group%2fname')).status).toBe(
      200,
    );
    expect(last().target).toBe('/base/projects/group%2Fname');
    const answer = await gateway.call('/routed/users/group%2Fname');
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('encodedSlash: true'),
    });
    for (const worse of ['a%2F..%2Fb', 'a%2F%2Fb', '%2Fa', 'a%252Fb', 'a%5Cb'])
      expect((await gateway.call(`/routed/projects/${worse}`)).status).toBe(
        400,
      );
  });

  it.each([
    ['/crm', '/base'],
    ['/crm/', '/base'],
    ['/crm/contacts', '/base/contacts'],
    ['/crm/contacts/', '/base/contacts/'],
    [
      '/crm/contacts?q=a%20b&q=%2F..%2f&empty=',
      '/base/contacts?q=a%20b&q=%2F..%2f&empty=',
    ],
    ['/crm/contacts?', '/base/contacts'],
    ['/crm?x=1', '/base?x=1'],
    ['/crm/%61%7euser/%c3%a4', '/base/a~user/%C3%A4'],
    ['/crm/a;b=c/@d:e', '/base/a;b=c/@d:e'],
    ['/versioned/contacts?q=1', '/base/contacts?api-version=7&q=1'],
    ['/versioned', '/base/?api-version=7'],
  ])('calls %s at %s', async (path, target) => {
    expect((await gateway.call(path)).status).toBe(200);
    expect(last().target).toBe(target);
    expect(last().headers.host).toBe(new URL(gateway.api.url).host);
  });

  it.each([
    ['/crm//evil.example'],
    ['/crm/a//b'],
    ['/crm/../health'],
    ['/crm/a/../../health'],
    ['/crm/%2e%2e/health'],
    ['/crm/.%2E;x/health'],
    ['/crm/a%2f..%2fb'],
    ['/crm/a%5c..%5cb'],
    ['/crm/\\\\evil.example'],
    ['/crm/%252e%252e/health'],
    ['/crm/%c0%ae%c0%ae/health'],
    ['/crm/a%00'],
    ['/crm/a%0d%0aX-Evil:%20yes'],
    ['/crm/%zz'],
    ['/crm/a#b'],
    ['/crm/a?b#c'],
    ['/%63rm/a'],
    ['/../health'],
    ['/CRM/a'],
    ['/'],
    [''],
  ])('rejects %j with 400, and calls nothing', async path => {
    const before = gateway.api.seen.length;
    const answer = await gateway.call(path);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('invalid_request');
    expect(answer.headers['x-datasource-auth-error']).toBe('ours');
    expect(gateway.api.seen.length).toBe(before);
  });

  it('ignores an absolute request target', async () => {
    const before = gateway.api.seen.length;
    const { status } = await gateway.call('', {
      path: 'http://evil.example/api/datasource-auth/gateway/crm/a',
    });
    expect(status).toBe(400);
    expect(gateway.api.seen.length).toBe(before);
  });

  it('allows only its routes, compared in the form that is sent', async () => {
    const status = async (method: string, path: string) =>
      (await gateway.call(`/routed${path}`, { method })).status;
    expect(await status('GET', '/users/1')).toBe(200);
    expect(await status('HEAD', '/users/1')).toBe(200);
    expect(await status('GET', '/%75sers/1')).toBe(200);
    expect(last().target).toBe('/base/users/1');
    expect(await status('POST', '/reports/a/b')).toBe(200);

    const before = gateway.api.seen.length;
    expect(await status('GET', '/users')).toBe(403);
    expect(await status('GET', '/users/')).toBe(403);
    expect(await status('GET', '/users/1/mails')).toBe(403);
    expect(await status('DELETE', '/users/1')).toBe(403);
    expect(await status('GET', '/reports/a')).toBe(403);
    expect(await status('GET', '/users%31')).toBe(403);
    expect(await status('PROPFIND', '/users/1')).toBe(403);
    expect(gateway.api.seen.length).toBe(before);
  });

  it('sends the headers on its list, its own name, and nothing else', async () => {
    const passed = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'accept-language': 'de',
      'if-match': '"1"',
      'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT',
      'if-none-match': '"2"',
      'idempotency-key': 'once',
      prefer: 'return=minimal',
      range: 'bytes=0-1',
      'x-request-id': 'r1',
    };
    await gateway.call('/crm/a', {
      headers: {
        ...passed,
        Connection: 'authorization, keep-alive',
        Cookie: 'a=b',
        Expect: '100-continue',
        Forwarded: 'for=1.2.3.4',
        From: 'jane',
        'Keep-Alive': 'timeout=5',
        Origin: 'https://backstage.example',
        'Proxy-Authorization': 'Basic x',
        Referer: 'https://backstage.example/secret',
        TE: 'trailers',
        'User-Agent': 'a browser',
        Via: '1.1 proxy',
        'X-Api-Key': 'mine',
        'X-Auth-Token': 'mine',
        'X-Forwarded-For': '1.2.3.4',
        'X-Forwarded-Host': 'evil.example',
        'X-HTTP-Method': 'DELETE',
        'X-HTTP-Method-Override': 'DELETE',
        'X-Method-Override': 'DELETE',
        'X-Original-URL': '/admin',
        'X-Rewrite-URL': '/admin',
        'X-User': 'root',
      },
    });
    expect(last().headers).toEqual({
      ...passed,
      authorization: expect.stringMatching(/^Bearer token-\d+$/),
      connection: 'keep-alive',
      host: new URL(gateway.api.url).host,
      'user-agent': 'backstage-datasource-auth',
    });
  });

  it("doesn't let a caller set the header that carries the token", async () => {
    await gateway.call('/keyed/a', { headers: { 'x-request-id': 'mine' } });
    expect(last().headers['x-request-id']).toMatch(/^token-\d+$/);
    expect(last().headers.authorization).toBeUndefined();
  });

  describe('bodies', () => {
    it.each([
      ['of known length', 'x'.repeat(1_000), { 'content-length': '1000' }],
      [
        'too large to be kept',
        'x'.repeat(90_000),
        { 'content-length': '90000' },
      ],
      [
        'of unknown length',
        'x'.repeat(1_000),
        { 'transfer-encoding': 'chunked' },
      ],
    ])('streams one %s unchanged', async (_, body, headers) => {
      const answer = await gateway.call('/small/a', {
        method: 'POST',
        headers: { 'content-type': 'text/x-odd; a=b', ...headers },
        body,
      });
      expect(answer.status).toBe(200);
      expect(last()).toMatchObject({
        method: 'POST',
        body,
        headers: { 'content-type': 'text/x-odd; a=b', ...headers },
      });
    });

    it("doesn't parse JSON, even if it is invalid", async () => {
      const headers = { 'content-type': 'application/json' };
      const body = '{"broken';
      const method = 'POST';
      expect(
        (await gateway.call('/crm/a', { method, headers, body })).status,
      ).toBe(200);
      expect(last().body).toBe(body);
    });

    it('sends none if there is none', async () => {
      await gateway.call('/crm/a', { method: 'POST' });
      expect(last().body).toBe('');
      expect(last().headers['content-length']).toBe('0');
    });

    it('rejects one with GET', async () => {
      const answer = await gateway.call('/crm/a', {
        headers: { 'content-length': '1' },
        body: 'x',
      });
      expect(answer.status).toBe(400);
      expect(errorOf(answer).code).toBe('invalid_request');
    });

    it('rejects one that is announced too large, and reads nothing of it', async () => {
      const before = gateway.api.seen.length;
      const answer = await gateway.call('/small/a', {
        method: 'POST',
        headers: { 'content-length': '100001' },
        body: 'x'.repeat(100_001),
      });
      expect(answer.status).toBe(413);
      expect(errorOf(answer).code).toBe('too_large');
      expect(gateway.api.seen.length).toBe(before);
    });

    it('stops one that turns out too large', async () => {
      const before = gateway.api.seen.length;
      const answer = await gateway.call('/small/a', {
        method: 'POST',
        headers: { 'transfer-encoding': 'chunked' },
        body: 'x'.repeat(100_001),
      });
      expect(answer.status).toBe(413);
      expect(errorOf(answer).code).toBe('too_large');
      expect(gateway.api.seen.length).toBe(before);
    });
  });
});
