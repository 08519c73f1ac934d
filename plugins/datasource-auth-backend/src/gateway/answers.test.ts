import { gzipSync } from 'node:zlib';
import {
  PAGE_ORIGIN,
  RunningBareGateway,
  startBareGateway,
} from '../__testUtils__/startBareGateway';
import {
  errorOf,
  RunningGateway,
  startGateway,
} from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

describe('threat 18: the parts of a response that the gateway forwards', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway(url => ({
      crm: {},
      keyed: {
        baseUrl: `${url}/base/{{instance.key}}?pin={{instance.pin}}&v=1`,
        instance: {
          key: { secret: true, value: 'hush/key' },
          pin: { secret: true, value: 'hush pin' },
        },
      },
      small: {
        gateway: {
          routes: [{ methods: ['GET'], path: '/**' }],
          limits: { responseBytes: 1_000 },
        },
      },
    }));
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  const answering = (
    status: number,
    headers: Record<string, string | string[]> = {},
    body: string | Buffer = '',
  ) =>
    gateway.api.answer(response => {
      response.writeHead(status, headers);
      response.end(body);
    });

  it.each([
    200, 201, 204, 206, 304, 400, 401, 403, 404, 409, 418, 429, 500, 503,
  ])('forwards the API’s status %i', async status => {
    const text = status === 204 || status === 304 ? '' : 'said the API';
    const challenge = { 'www-authenticate': 'error="insufficient_scope"' };
    answering(status, status === 401 ? challenge : {}, text);
    const answer = await gateway.call('/crm/a');
    expect(answer.status).toBe(status);
    expect(answer.headers['x-datasource-auth-answer']).toBe('api');
    expect(answer.headers['x-datasource-auth-error']).toBeUndefined();
    expect(answer.text).toBe(text);
  });

  it('forwards only the headers on its list', async () => {
    const passed = {
      'accept-ranges': 'bytes',
      'content-disposition': 'attachment; filename="a.json"',
      'content-language': 'de',
      'content-range': 'bytes 0-1/2',
      'content-type': 'application/json; charset=utf-8',
      etag: '"1"',
      'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      link: '<https://api.example.com/?page=2>; rel="next"',
      'retry-after': '3',
      'x-ratelimit-remaining': '7',
      'ratelimit-reset': '8',
      'x-request-id': 'r1',
      'x-total-count': '9',
    };
    answering(
      200,
      {
        ...passed,
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Credentials': 'true',
        'Alt-Svc': 'h3=":443"',
        'Clear-Site-Data': '"*"',
        'Content-Location': 'https://evil.example/',
        NEL: '{}',
        'Public-Key-Pins': 'x',
        Refresh: '0; url=https://evil.example/',
        'Report-To': '{}',
        Server: 'api/1.0',
        'Service-Worker-Allowed': '/',
        'Set-Cookie': ['session=1; Path=/', 'backstage-auth=x'],
        'Set-Cookie2': 'a=b',
        SourceMap: '/map',
        'WWW-Authenticate': 'Basic realm="Backstage"',
        'X-Served-By': 'x',
        'X-Datasource-Auth-Error': 'ours',
      },
      '{}',
    );
    const { headers } = await gateway.call('/crm/a');
    expect(headers).toMatchObject(passed);
    for (const name of [
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'alt-svc',
      'clear-site-data',
      'content-location',
      'nel',
      'public-key-pins',
      'refresh',
      'report-to',
      'server',
      'service-worker-allowed',
      'set-cookie',
      'set-cookie2',
      'sourcemap',
      'www-authenticate',
      'x-served-by',
      'x-datasource-auth-error',
    ]) {
      expect([name, headers[name]]).toEqual([name, undefined]);
    }
  });

  it.each([
    ['text/html; charset=utf-8'],
    ['TEXT/HTML'],
    ['application/xhtml+xml'],
    ['image/svg+xml'],
    ['text/xml'],
    ['multipart/x-mixed-replace'],
    [undefined],
  ])('lets no browser show %s on our origin', async type => {
    answering(
      200,
      {
        ...(type && { 'content-type': type }),
        'content-disposition': 'inline',
        'content-security-policy': "script-src 'unsafe-inline'",
        'x-content-type-options': 'sniff',
      },
      '<script>alert(1)</script>',
    );
    const { headers } = await gateway.call('/crm/a');
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toBe('attachment');
    expect(headers['content-security-policy']).toMatch(/^sandbox;/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('applies the same sandbox to other content types', async () => {
    answering(200, { 'content-type': 'application/json' }, '{}');
    const { headers } = await gateway.call('/crm/a');
    expect(headers['content-security-policy']).toMatch(/^sandbox;/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-disposition']).toBeUndefined();
  });

  it.each([
    [undefined, 'private, no-transform, no-cache'],
    ['public, max-age=60, s-maxage=600', 'private, no-transform, max-age=60'],
    ['no-store', 'private, no-transform, no-store'],
    ['PRIVATE="x"', 'private, no-transform'],
    ['max-age=1, ;"broken', 'private, no-transform, max-age=1'],
  ])('restricts %s to the caller: %s', async (sent, expected) => {
    answering(200, sent ? { 'cache-control': sent } : {}, 'x');
    const { headers } = await gateway.call('/crm/a');
    expect(headers['cache-control']).toBe(expected);
    expect(headers.vary).toMatch(/\bAuthorization\b/);
  });

  it('follows no redirect, and rewrites those within the API to the gateway', async () => {
    const locationFor = async (location: string) => {
      const before = gateway.api.seen.length;
      answering(302, { location });
      const answer = await gateway.call('/crm/a/b?c=d');
      expect(answer.status).toBe(302);
      expect(gateway.api.seen.length).toBe(before + 1);
      return answer.headers.location;
    };
    const at = '/api/datasource-auth/gateway/crm';
    const { url } = gateway.api;
    expect(await locationFor(`${url}/base/x?y=z#w`)).toBe(`${at}/x?y=z#w`);
    expect(await locationFor('/base/x')).toBe(`${at}/x`);
    expect(await locationFor('/base')).toBe(`${at}/`);
    expect(await locationFor('c')).toBe(`${at}/a/c`);
    expect(await locationFor('../c')).toBe(`${at}/c`);
    expect(await locationFor('?e=f')).toBe(`${at}/a/b?e=f`);

    for (const off of [
      'https://evil.example/base/x',
      '//evil.example/base/x',
      '/\\evil.example/base/x',
      `${url.replace('http:', 'https:')}/base/x`,
      `${url.replace('//', '//user:pw@')}/base/x`,
      '/elsewhere',
      '/basement/x',
      // As long as the path of the base URL, so that cutting it off leaves a path.
      '/evil/x',
      '../../elsewhere',
      '/base/a//b',
      '/base/a%2f..%2fb',
      // eslint-disable-next-line no-script-url -- what must not come through
      'javascript:alert(1)',
      'data:text/html,x',
    ]) {
      expect([off, await locationFor(off)]).toEqual([off, undefined]);
    }
  });

  it('threats 28: removes secret values of the base URL that the API echoes', async () => {
    const { url } = gateway.api;
    const own = `${url}/base/hush%2Fkey`;
    const headersFor = async (headers: Record<string, string>) => {
      answering(302, headers);
      return (await gateway.call('/keyed/a?page=1')).headers;
    };
    const locationFor = async (location: string) =>
      (await headersFor({ location })).location;
    const at = '/api/datasource-auth/gateway/keyed';
    const pin = 'pin=hush%20pin&v=1';
    expect(await locationFor(`${own}/b?${pin}&page=2#c`)).toBe(
      `${at}/b?page=2#c`,
    );
    expect(await locationFor(`${own}/b?${pin}`)).toBe(`${at}/b`);
    expect(await locationFor(`${own}/b?PIN=hush+pin`)).toBe(`${at}/b`);
    expect(await locationFor(`${own}/b?to=hush%2Fkey`)).toBeUndefined();
    expect(gateway.api.seen.at(-1)).toMatchObject({
      target: `/base/hush%2Fkey/a?${pin}&page=1`,
    });

    const links = await headersFor({
      link: `<${own}/a?page=2>; rel="next"`,
      'x-next-page': `${url}/?pin=hush pin`,
      'x-prev-page': `${url}/?of=hush+pin`,
      'x-page': '1',
    });
    expect(links).toMatchObject({ 'x-page': '1' });
    expect(JSON.stringify(links)).not.toContain('hush');
  });

  it('responds to HEAD with the headers of the API', async () => {
    answering(200, { 'content-length': '5000', etag: '"1"' });
    const answer = await gateway.call('/small/a', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers).toMatchObject({
      'content-length': '5000',
      etag: '"1"',
    });
  });

  it('keeps non-ASCII bytes in a header unchanged', async () => {
    const bytes = (text: string) => Buffer.from(text).toString('latin1');
    const sent = {
      'content-disposition': bytes('attachment; filename="ä.txt"'),
      'content-type': 'text/plain',
      'x-request-id': bytes('€'),
    };
    answering(200, sent);
    expect((await gateway.call('/crm/a')).headers).toMatchObject(sent);
  });

  it("doesn't start a response that is announced too large", async () => {
    answering(200, { 'content-length': '1001' }, 'x'.repeat(1_001));
    const answer = await gateway.call('/small/a');
    expect(answer.status).toBe(502);
    expect(errorOf(answer).code).toBe('too_large');
    expect(answer.headers['x-datasource-auth-error']).toBe('ours');
    answering(200, { 'content-length': '1000' }, 'x'.repeat(1_000));
    expect((await gateway.call('/small/a')).text).toHaveLength(1_000);
  });

  it("cuts off a response that turns out too large, so that it can't be mistaken for complete", async () => {
    let onData = () => {};
    gateway.api.answer(response => {
      onData = () => response.end('x'.repeat(200));
      response.writeHead(200);
      response.write('x'.repeat(900));
    });
    const answer = await gateway.call('/small/a', { onData: () => onData() });
    expect(answer).toMatchObject({ status: 200, cut: true });
    expect(answer.text.length).toBeLessThanOrEqual(1_000);
  });

  it('cuts off a response that the API cut off', async () => {
    let onData = () => {};
    gateway.api.answer(response => {
      onData = () => response.destroy();
      response.writeHead(200);
      response.write('half');
    });
    const answer = await gateway.call('/crm/a', { onData: () => onData() });
    expect(answer).toMatchObject({ status: 200, cut: true, text: 'half' });
  });
});

describe('behind the middleware of Backstage', () => {
  let gateway: RunningBareGateway;

  beforeAll(async () => {
    gateway = await startBareGateway();
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  it('lets a page on another origin read who sent a response', async () => {
    const headers = { origin: PAGE_ORIGIN };
    const refused = await gateway.call('/../x', { headers });
    expect(refused.headers['access-control-allow-origin']).toBe(PAGE_ORIGIN);
    expect(refused.headers['access-control-expose-headers']).toMatch(
      /^x-of-theirs, ?x-datasource-auth-error$/,
    );
    gateway.api.answer(response => response.end());
    const passed = await gateway.call('/a', { headers });
    expect(passed.headers['access-control-expose-headers']).toMatch(
      /^x-of-theirs, ?x-datasource-auth-answer, content-length$/,
    );
  });

  it('threats 18: lets a page on another origin read exactly the headers on the list', async () => {
    gateway.api.answer(response => {
      response.writeHead(201, {
        'content-length': 2,
        connection: 'close',
        etag: '"1"',
        link: '<https://api.example.com/?page=2>; rel="next"',
        location: '/new',
        'retry-after': '5',
        'set-cookie': 'a=b',
        'www-authenticate': 'Bearer',
        'x-internal': 'secret',
        'x-ratelimit-remaining': '9',
        'x-total-count': '7',
      });
      response.end('{}');
    });
    const headers = { origin: PAGE_ORIGIN };
    const answer = await gateway.call('/a', { headers });
    const exposed = String(answer.headers['access-control-expose-headers']);
    expect(exposed.split(/, ?/).sort()).toEqual([
      'content-length',
      'etag',
      'link',
      'location',
      'retry-after',
      'x-datasource-auth-answer',
      'x-of-theirs',
      'x-ratelimit-remaining',
      'x-total-count',
    ]);
    const same = await gateway.call('/a');
    expect(same.headers['access-control-expose-headers']).toBeUndefined();
  });

  it('leaves compression to the API: an uncompressed response stays uncompressed', async () => {
    const body = 'compressible '.repeat(1_000);
    gateway.api.answer(response => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(body);
    });
    const headers = { 'accept-encoding': 'gzip, br' };
    const answer = await gateway.call('/a', { headers });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.text).toBe(body);
  });

  it('leaves a compressed response unchanged', async () => {
    const packed = gzipSync('compressible '.repeat(1_000), { level: 1 });
    gateway.api.answer(response => {
      response.writeHead(200, {
        'content-encoding': 'gzip',
        'content-length': packed.length,
      });
      response.end(packed);
    });
    const headers = { 'accept-encoding': 'gzip, br' };
    const answer = await gateway.call('/a', { headers });
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': `${packed.length}`,
    });
    expect(answer.body).toEqual(packed);
  });

  it("sets its own security headers instead of Backstage's", async () => {
    gateway.api.answer(response => response.end());
    const { headers } = await gateway.call('/a');
    expect(headers['content-security-policy']).toBe(
      "sandbox; default-src 'none'; frame-ancestors 'none'",
    );
  });
});
