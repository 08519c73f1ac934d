import { bareSettingsOf } from '../__testUtils__/settings';
import { Egress } from '../egress/Egress';
import { json, LocalServer, text } from '../egress/__testUtils__/LocalServer';
import { ConnectionTest } from './ConnectionTest';

const TOKEN = { accessToken: 'secret-access-token', kept: {} };

describe('ConnectionTest', () => {
  let api: LocalServer;
  const test = new ConnectionTest({
    egress: new Egress({
      allow: ['127.0.0.1'],
      allowHttp: ['127.0.0.1'],
      only: [],
    }),
  });

  beforeAll(async () => {
    api = await LocalServer.start();
  });
  beforeEach(() => {
    api.requests.length = 0;
  });
  afterAll(() => api.stop());

  const run = (
    change: Record<string, unknown> = {},
    auth: Record<string, unknown> = {},
    token = TOKEN,
    secrets = new Map<string, string>(),
  ) =>
    test.run(
      {
        settings: bareSettingsOf(
          { baseUrl: `${api.url}/api`, testPath: '/me?limit=1', ...change },
          auth,
        ),
        secrets,
      },
      token,
    );

  it('threats 33: appends the test path before the query of the base URL, and repeats none of its parameters', async () => {
    api.behave(json({}));
    const baseUrl = `${api.url}/api/?tenant=a`;
    expect((await run({ baseUrl })).ok).toBe(true);
    expect(api.last).toMatchObject({ path: '/api/me' });
    expect([...api.last.query]).toEqual([
      ['tenant', 'a'],
      ['limit', '1'],
    ]);
    const called = api.requests.length;
    const result = await run({ baseUrl, testPath: '/me?Tenant=b' });
    expect(result.ok).toBe(false);
    expect(result.steps.at(-1)!.message).toContain("the parameter 'Tenant'");
    expect(api.requests).toHaveLength(called);
  });

  it('calls a test path with an encoded slash if that is declared', async () => {
    api.behave(json({}));
    const path = '/projects/group%2Fname';
    await run({ testPath: { path, encodedSlash: true } });
    expect(api.last.path).toBe(`/api${path}`);
  });

  it('X0.6, S0.27 calls the test path below the base URL with the token, and treats 200 as success', async () => {
    api.behave(json({ name: 'jane' }));
    const result = await run();
    expect(result).toMatchObject({
      ok: true,
      status: 200,
      contentType: 'application/json',
      size: 15,
    });
    expect(result.duration).toBeGreaterThanOrEqual(0);
    expect(result.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['token', true],
      ['call', true],
    ]);
    expect(api.last).toMatchObject({ method: 'GET', path: '/api/me' });
    expect(api.last.query.get('limit')).toBe('1');
    expect(api.last.headers.authorization).toBe('Bearer secret-access-token');
  });

  it('[checklist 46] reveals nothing of the body, the token or the query', async () => {
    for (const behavior of [
      text('body-of-the-answer', 'text/plain; charset=utf-8'),
      text('body-of-the-answer', 'text/plain', 401),
    ]) {
      api.behave(behavior);
      const result = await run();
      expect(result.contentType).toBe('text/plain');
      expect(JSON.stringify(result)).not.toMatch(
        /body-of-the-answer|secret-access-token|limit=1/,
      );
    }
  });

  it('threats 28: shows the template of the base URL, never the secret value in it', async () => {
    for (const status of [200, 401]) {
      api.behave(json({}, status));
      const result = await run(
        {
          baseUrl: `${api.url}/api/{{instance.key}}`,
          instance: { key: { secret: true } },
        },
        {},
        TOKEN,
        new Map([['instance.key', 'hush-hush']]),
      );
      expect(api.last.path).toBe('/api/hush-hush/me');
      expect(result.steps[1].message).toContain(
        `/api/{{instance.key}}/me returned ${status}.`,
      );
      expect(JSON.stringify(result)).not.toContain('hush-hush');
    }
  });

  it('names the instance value of a base URL that does not exist, unless it is secret', async () => {
    api.behave(json({}, 404));
    const instance = { key: { secret: true }, tenant: 'acmee' };
    const result = await run(
      { baseUrl: `${api.url}/{{instance.key}}/{{instance.tenant}}`, instance },
      {},
      TOKEN,
      new Map([['instance.key', 'hush-hush']]),
    );
    expect(result.steps[1].message).toBe(
      "/{{instance.key}}/acmee/me returned 404. The tenant 'acmee' probably doesn't exist.",
    );
  });

  it.each([
    [401, /doesn't accept the token\. Check the audience/],
    [403, /lacks a permission\. Check the scopes/],
    [404, /Check the base URL and the test path/],
    [204, /Expected 200/],
    [500, /Expected 200/],
  ])('X0.6 treats %i as failure and says what to do', async (status, hint) => {
    api.behave(response => {
      response.writeHead(status).end();
    });
    const result = await run();
    expect(result).toMatchObject({ ok: false, status });
    expect(result.steps[1].message).toMatch(hint);
    expect(result.steps[1].message).toContain(`/api/me returned ${status}.`);
  });

  it("threats 5: doesn't follow a redirect with the token", async () => {
    api.behave((response, request) => {
      if (request.path === '/api/me')
        response.writeHead(302, { location: `${api.url}/elsewhere` }).end();
      else response.end();
    });
    expect(await run()).toMatchObject({ ok: false, status: 302 });
    expect(api.requests.map(({ path }) => path)).toEqual(['/api/me']);
  });

  it("explains why a host can't be reached", async () => {
    const result = await run({ baseUrl: 'http://127.0.0.1:1' });
    expect(result.ok).toBe(false);
    expect(result.status).toBeUndefined();
    expect(result.steps[1]).toMatchObject({
      message: "127.0.0.1:1 can't be reached.",
      diagnosis: { code: 'connect', title: "Can't connect to 127.0.0.1:1" },
    });
  });

  it('calls nothing that the destination rules block', async () => {
    const result = await run({ baseUrl: 'https://169.254.169.254' });
    expect(result.ok).toBe(false);
    expect(result.steps[1].diagnosis).toMatchObject({ code: 'blocked' });
  });

  it("quotes no token that a header can't contain", async () => {
    const result = await run(
      {},
      {},
      { accessToken: 'secret-access-token\r\nX-Evil: 1', kept: {} },
    );
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('secret-access-token');
    expect(api.requests).toHaveLength(0);
  });

  it.each([
    ['no test path', { testPath: undefined }, /no test path is set\. Set one,/],
    ['no base URL', { baseUrl: undefined }, /no base URL is set\. Set one,/],
  ])(
    'S0.27 verifies nothing with %s, and says so',
    async (_, change, reason) => {
      const result = await run(change);
      expect(result.ok).toBe(true);
      expect(result).not.toHaveProperty('status');
      expect(result.steps[1].message).toMatch(/^Nothing was called/);
      expect(result.steps[1].message).toMatch(reason);
      expect(api.requests).toHaveLength(0);
    },
  );

  it('S0.27 fails if the base URL lacks a value, instead of passing without a call', async () => {
    const result = await run({ baseUrl: `${api.url}/{{kept.realm}}` });
    expect(result.ok).toBe(false);
    expect(result).not.toHaveProperty('status');
    expect(result.steps[1].message).toMatch(/template without a usable value/);
    expect(api.requests).toHaveLength(0);
  });

  it('fills the base URL with kept values, encoded for their place', async () => {
    api.behave(json({}));
    const result = await run(
      { baseUrl: `${api.url}/{{kept.realm}}/` },
      {},
      { ...TOKEN, kept: { realm: 'a/b' } as Record<string, string> },
    );
    expect(result.ok).toBe(true);
    expect(api.last.path).toBe('/a%2Fb/me');
  });
});
