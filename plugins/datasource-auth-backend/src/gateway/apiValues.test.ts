import { RunningGateway, startGateway } from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

const KEY = 'header-key/1';
const QUERY_KEY = 'query key&2';
const spellings = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
];

describe('N2: headers and query parameters of every API call, through the gateway', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway(url => ({
      crm: {
        baseUrl: `${url}/base?v=1`,
        testPath: '/me',
        consumers: ['consumer-a'],
        api: {
          headers: {
            'X-Request-Id': { secret: true, value: KEY },
            Accept: 'application/x',
          },
          query: { api_key: { secret: true, value: QUERY_KEY } },
        },
      },
    }));
  });

  beforeEach(() => gateway.api.answer(response => response.end('{}')));

  afterAll(() => gateway?.stop());

  const target = (rest = '') => `/base/a?v=1${rest}&api_key=query%20key%262`;

  it("are sent with the token, and replace the caller's values of the same name, ignoring case", async () => {
    for (const [query, rest] of [
      ['', ''],
      ['?page=2', '&page=2'],
      ['?API_KEY=mine&page=2&api%5Fkey=own&api_key[]=x', '&page=2'],
    ]) {
      const answer = await gateway.call(`/crm/a${query}`, {
        headers: { 'x-request-id': 'mine', accept: 'text/html' },
      });
      expect(answer.status).toBe(200);
      expect(gateway.api.last.target).toBe(target(rest));
      expect(gateway.api.last.headers).toMatchObject({
        authorization: 'Bearer token-1',
        'x-request-id': KEY,
        accept: 'application/x',
      });
    }
  });

  it('reach a plugin with the token, and are sent to the test path', async () => {
    const { body } = await gateway.app.consume('consumer-a', 'crm');
    expect(body).toMatchObject({
      accessToken: 'token-1',
      headers: {
        Authorization: 'Bearer token-1',
        'X-Request-Id': KEY,
        Accept: 'application/x',
      },
      query: { api_key: QUERY_KEY },
      secrets: ['token-1', KEY, QUERY_KEY],
      subject: 'service',
    });
    const jane = await gateway.app.user('user:default/jane');
    const tested = await jane('POST', '/datasources/crm/test');
    expect(tested.body).toMatchObject({ ok: true, status: 200 });
    expect(gateway.api.last.target).toBe(
      '/base/me?v=1&api_key=query%20key%262',
    );
    expect(gateway.api.last.headers['x-request-id']).toBe(KEY);
  });

  it('threats 28: are in no response header, however the API spells them', async () => {
    for (const secret of [KEY, QUERY_KEY, 'token-1']) {
      for (const spelling of spellings(secret)) {
        gateway.api.answer(response => {
          response.writeHead(200, {
            link: `<https://api.example.com/a?k=${spelling}>; rel="next"`,
            'x-request-id': `of ${spelling}`,
            etag: '"safe"',
          });
          response.end();
        });
        const { headers } = await gateway.call('/crm/a');
        expect(JSON.stringify(headers)).not.toContain(spelling);
        expect(headers.etag).toBe('"safe"');
      }
    }
  });

  it('threats 28: are removed from a Location within the API', async () => {
    gateway.api.answer((response, { target: called }) => {
      response.writeHead(302, { location: `${called}&page=2` });
      response.end();
    });
    const { headers } = await gateway.call('/crm/a');
    expect(headers.location).toBe('/api/datasource-auth/gateway/crm/a?page=2');
    gateway.api.answer(response => {
      response.writeHead(302, { location: '/base/a?next=query%20key%262' });
      response.end();
    });
    expect((await gateway.call('/crm/a')).headers.location).toBeUndefined();
  });

  it('threats 28: are masked in the result of a test', async () => {
    gateway.api.answer(response => {
      response.writeHead(200, { 'content-type': `text/${KEY}` });
      response.end(KEY);
    });
    const jane = await gateway.app.user('user:default/jane');
    const tested = await jane('POST', '/datasources/crm/test');
    expect(tested.body).toMatchObject({ status: 200, contentType: 'text/***' });
    expect(JSON.stringify(tested.body)).not.toContain(KEY);
  });

  it('are secrets in the view and the export of the datasource', async () => {
    const jane = await gateway.app.user('user:default/jane');
    const { body } = await jane('GET', '/datasources/crm');
    expect(body.api).toEqual({
      headers: {
        'X-Request-Id': { secret: true, set: true },
        Accept: 'application/x',
      },
      query: { api_key: { secret: true, set: true } },
    });
    const exported = await jane('GET', '/datasources/crm/export');
    const text = JSON.stringify(exported);
    expect(text).toContain('CRM_API_HEADERS_X_REQUEST_ID');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(QUERY_KEY);
  });
});
