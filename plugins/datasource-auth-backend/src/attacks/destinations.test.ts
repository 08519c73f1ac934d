import { Knex } from 'knex';
import { databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { LocalServer } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

const SECRET = 'attack-secret-55ab71';

/** Encodings of this machine and of the addresses where clouds keep credentials. */
const INTERNAL = (port: number) => [
  `http://127.0.0.1:${port}`,
  `https://127.0.0.1:${port}`,
  `https://[::1]:${port}`,
  `https://[::ffff:127.0.0.1]:${port}`,
  `https://2130706433:${port}`,
  `https://0x7f.1:${port}`,
  `https://0:${port}`,
  `https://127.0.0.1.:${port}`,
  'http://169.254.169.254/latest/meta-data',
  'https://169.254.169.254',
  'https://[fd00:ec2::254]',
  'https://168.63.129.16',
  'https://10.0.0.1',
  'file:///etc/passwd',
  `https://user:pw@127.0.0.1:${port}`,
];

describe('threats 1–5, 7: attacks on where secrets and tokens are sent', () => {
  let trap: LocalServer;
  let front: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    trap = await LocalServer.start();
    front = await LocalServer.start();
    knex = await databases.init('SQLITE_3');
    // The provider's name is allowed, its address isn't: a call that reaches the trap bypassed the rules.
    app = await startDatasourceAuth({ knex });
    jane = await app.user('user:default/jane');
  });

  afterEach(() => expectNothingCame());

  afterAll(async () => {
    await app?.stop();
    await trap?.stop();
    await front?.stop();
  });

  function expectNothingCame() {
    expect(trap.requests).toEqual([]);
  }

  const good = () => `http://localhost:${front.port}`;
  const settings = (auth: object, more: object = {}) => ({
    name: 'ssrf',
    baseUrl: `${good()}/api`,
    testPath: '/me',
    consumers: ['consumer-a'],
    ...more,
    auth: {
      grantType: 'client_credentials',
      clientId: 'id',
      clientSecret: SECRET,
      token: { url: `${good()}/token` },
      ...auth,
    },
  });
  const code = (auth: object) => ({
    grantType: 'authorization_code',
    authorize: { url: `${good()}/authorize` },
    ...auth,
  });

  const FIELDS: Array<[string, (url: string) => object]> = [
    ['token URL', url => settings({ token: { url } })],
    ['issuer', issuer => settings(code({ issuer }))],
    ['authorize URL', url => settings(code({ authorize: { url } }))],
    [
      'pushed request URL',
      url =>
        settings(
          code({
            authorize: {
              url: `${good()}/authorize`,
              pushedRequestUrl: url,
            },
          }),
        ),
    ],
    ['refresh URL', url => settings(code({ refresh: { url } }))],
    [
      'URL of the further request',
      url => settings({ token: { url: `${good()}/token`, then: { url } } }),
    ],
    [
      'URL of the further request after a refresh',
      url => settings(code({ refresh: { then: { url } } })),
    ],
    ['revocation URL', url => settings({ revoke: { url } })],
    ['base URL', url => settings({}, { baseUrl: url })],
    [
      'instance value of a URL',
      url =>
        settings(
          { token: { url: 'https://{{instance.host}}/token' } },
          { instance: { host: url.replace(/^[a-z]+:\/\//, '') } },
        ),
    ],
  ];

  it.each(FIELDS)(
    'SSRF: no internal address is accepted as %s, nor called',
    async (_, build) => {
      for (const url of INTERNAL(trap.port)) {
        const body = build(url);
        if (JSON.stringify(body).includes('"/etc/passwd"')) continue;
        for (const attempt of [
          await jane('POST', '/authorizations', { settings: body }),
          await jane('POST', '/datasources', body),
        ]) {
          expect([url, attempt.status]).toEqual([url, 400]);
        }
      }
    },
  );

  it('SSRF: a redirect of the token endpoint is shown, not followed', async () => {
    front.behave(response => {
      response
        .writeHead(307, { location: `http://127.0.0.1:${trap.port}/token` })
        .end();
    });
    const { body } = await jane('POST', '/authorizations', {
      settings: settings({}),
    });
    expect(body).toMatchObject({
      status: 'failed',
      error: { code: 'redirect' },
    });
    expect(JSON.stringify(body)).not.toContain(SECRET);
  });

  it('SSRF: the issuer import calls no internal address and follows no redirect to one', async () => {
    for (const issuer of INTERNAL(trap.port)) {
      expect((await jane('POST', '/imports/issuer', { issuer })).status).toBe(
        400,
      );
    }
    front.behave(response => {
      response
        .writeHead(302, { location: `http://127.0.0.1:${trap.port}/` })
        .end();
    });
    expect(
      (await jane('POST', '/imports/issuer', { issuer: good() })).status,
    ).toBe(400);
  });

  it('threats 39: proposals from an untrusted document change nothing, and get no stored secret', async () => {
    const thief = await LocalServer.start();
    try {
      const url = `http://localhost:${thief.port}`;
      thief.behave((response, { path }) => {
        const document = path.includes('.well-known')
          ? { issuer: url, token_endpoint: `${url}/token` }
          : {
              openapi: '3.0.0',
              info: { title: 'Sly', version: '1' },
              servers: [{ url: `${url}/api` }],
              paths: {},
              components: {
                securitySchemes: {
                  sly: {
                    type: 'oauth2',
                    flows: {
                      clientCredentials: {
                        tokenUrl: `${url}/token`,
                        scopes: {},
                      },
                    },
                  },
                },
              },
            };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(document));
      });
      const name = 'proposed';
      const saved = settings({}, { name });
      expect((await jane('POST', '/datasources', saved)).status).toBe(201);
      const before = (await jane('GET', `/datasources/${name}`)).body;

      const issuer = await jane('POST', '/imports/issuer', { issuer: url });
      expect(issuer.body.set['auth.token.url']).toBe(`${url}/token`);
      const api = await jane('POST', '/imports/openapi', {
        url: `${url}/openapi.json`,
      });
      expect(JSON.stringify(api.body)).toContain(`${url}/token`);
      expect((await jane('GET', `/datasources/${name}`)).body).toEqual(before);

      // Confirmed by a user, but without the secret that was entered for another server.
      const confirmed = settings(
        { clientSecret: undefined, token: { url: `${url}/token` } },
        { name },
      );
      const attempt = await jane('POST', '/authorizations', {
        datasource: name,
        settings: confirmed,
      });
      expect(attempt.body.status).not.toBe('granted');
      const update = await jane('PUT', `/datasources/${name}`, confirmed, {
        'if-match': `"${before.version}"`,
      });
      const { body: after } = await jane('GET', `/datasources/${name}`);
      expect([update.status, after.auth.clientSecret?.set]).toEqual([
        400,
        true,
      ]);
      await jane('POST', `/datasources/${name}/rehearsal`);
      expect(JSON.stringify(thief.requests)).not.toContain(SECRET);
      expect(thief.requests.map(({ path }) => path)).not.toContain('/token');
    } finally {
      await thief.stop();
    }
  });

  it('SSRF: the import of a description calls no internal address, not even by redirect or reference', async () => {
    const read = (body: object) => jane('POST', '/imports/openapi', body);
    const inside = `http://127.0.0.1:${trap.port}/openapi.json`;
    for (const url of [...INTERNAL(trap.port), inside]) {
      expect([url, (await read({ url })).status]).toEqual([url, 400]);
    }
    front.behave(response => {
      response.writeHead(302, { location: inside }).end();
    });
    expect((await read({ url: `${good()}/openapi.json` })).status).toBe(400);
    for (const reference of [inside, 'file:///etc/passwd']) {
      const { body } = await read({
        document: JSON.stringify({
          openapi: '3.0.0',
          info: { title: 'Sly', version: '1' },
          paths: {},
          components: { securitySchemes: { sly: { $ref: reference } } },
        }),
      });
      expect(JSON.stringify(body)).not.toContain('root:');
    }
  });

  it.each([
    ['a header value', { token: { headers: { 'X-A': 'a\r\nX-B: c' } } }],
    ['a header name', { token: { headers: { 'X-A: b\r\nX-C': 'c' } } }],
    ['the header of the token', { header: { name: 'X\r\nY', prefix: '' } }],
    ['its prefix', { header: { name: 'X', prefix: 'a\r\nY: z' } }],
    ['a reserved header', { token: { headers: { Host: 'evil.example' } } }],
    ['a hop-by-hop header', { token: { headers: { Connection: 'x' } } }],
    ['a path', { token: { url: 'http://localhost/a\r\nb' } }],
    ['a reserved parameter', { token: { params: { grant_type: 'x' } } }],
    ['a scope with a line feed', { scopes: ['a\nb'] }],
    ['a scope that shows a token', { response: { scope: 'refresh_token' } }],
  ])('injection: refuses %s', async (_, auth: any) => {
    const body = settings({
      ...auth,
      token: { url: `${good()}/token`, ...auth.token },
    });
    front.requests.length = 0;
    expect((await jane('POST', '/datasources', body)).status).toBe(400);
    expect(
      (await jane('POST', '/authorizations', { settings: body })).status,
    ).toBe(400);
    expect(front.requests).toEqual([]);
  });

  it.each([
    '{{constructor}}',
    '{{__proto__}}',
    '{{instance.__proto__}}',
    '{{instance.constructor}}',
    '{{instance.constructor.name}}',
    '{{kept.toString}}',
    '{{token.accessToken}}',
    '{{instance.a}}{{instance.constructor}}',
  ])('injection: sends nothing for the template %s', async template => {
    front.requests.length = 0;
    const { status, body } = await jane('POST', '/authorizations', {
      settings: settings(
        { token: { url: `${good()}/token`, params: { a: template } } },
        { instance: { a: 'b' } },
      ),
    });
    // Refused as invalid or missing, or detected when the request was built.
    expect([400, 409, 201]).toContain(status);
    expect(body.status ?? 'failed').toBe('failed');
    expect(front.requests).toEqual([]);
  });

  it('injection: a client id and parameters with line feeds stay inside their value', async () => {
    front.behave(response => {
      response
        .setHeader('content-type', 'application/json')
        .end('{"access_token":"a","token_type":"bearer"}');
    });
    front.requests.length = 0;
    const sly = 'a\r\nX-Evil: 1&client_secret=b';
    const { status } = await jane('POST', '/authorizations', {
      settings: settings({
        clientAuthentication: 'client_secret_post',
        token: { url: `${good()}/token`, params: { more: 'a&b=c#d%0a' } },
        clientSecret: sly,
      }),
    });
    expect([201, 400]).toContain(status);
    for (const { headers, form } of front.requests) {
      expect(headers['x-evil']).toBeUndefined();
      expect(form.getAll('client_secret')).toEqual([sly]);
      expect(form.get('more')).toBe('a&b=c#d%0a');
      expect(form.has('b')).toBe(false);
    }
  });

  it.each([
    '*',
    'W/"1"',
    '1',
    '"1", "2"',
    '"1" ',
    '"-1"',
    '"1.0"',
    '"1e0"',
    '""',
  ])('ETag bypass: refuses If-Match: %s', async header => {
    const name = 'etag';
    const body = settings({}, { name });
    await jane('POST', '/datasources', body);
    const answer = await jane('PUT', `/datasources/${name}`, body, {
      'if-match': header,
    });
    // A space around the single version isn't part of it.
    expect(answer.status).toBe(header.trim() === '"1"' ? 200 : 412);
  });

  it('XSS: user input is returned as JSON that no browser renders as a page', async () => {
    const script = '<img src=x onerror=alert(1)>';
    const created = await jane(
      'POST',
      '/datasources',
      settings(
        { scopes: ['<img/src=x>'] },
        { name: 'xss', title: script, description: script },
      ),
    );
    expect(created.status).toBe(201);
    for (const path of ['', '/datasources/xss', '/datasources', '/export']) {
      const answer = await jane(
        'GET',
        path.startsWith('/datasources') ? path : `/datasources/xss${path}`,
      );
      expect(answer.headers.get('content-type')).toMatch(
        /^application\/(json|yaml)/,
      );
    }
    const unknown = await jane('GET', `/datasources/${script}`);
    expect(unknown.headers.get('content-type')).toMatch(/json/);
  });

  it('oversize: an extremely large body, path or query is refused', async () => {
    const long = 'x'.repeat(300_000);
    expect(
      (await jane('POST', '/datasources', settings({}, { title: long })))
        .status,
    ).toBe(413);
    for (const path of [
      `/datasources/${'x'.repeat(5_000)}`,
      `/datasources?search=${'x'.repeat(5_000)}`,
      `/authorizations/${'x'.repeat(5_000)}`,
    ]) {
      const { status } = await jane('GET', path);
      expect([400, 404]).toContain(status);
    }
  });
});
