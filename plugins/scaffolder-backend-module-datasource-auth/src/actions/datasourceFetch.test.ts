import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import { parse } from 'yaml';
import { createTaskDelegations } from '../__testUtils__/databases';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { createDatasourceFetchAction } from './datasourceFetch';

const MIB = 1024 * 1024;

describe('datasource:fetch', () => {
  const api = jest.fn<Promise<Response>, Parameters<typeof fetch>>();
  let tokens: ReturnType<typeof mockDatasourceAuthService>;
  let delegations: TaskDelegations;

  beforeAll(async () => {
    delegations = await createTaskDelegations();
  });

  beforeEach(() => {
    api.mockReset();
    api.mockImplementation(async () => Response.json({ id: 'P1' }));
    tokens = mockDatasourceAuthService({
      datasources: { pagerduty: { users: ['user:default/ann'] } },
      pluginId: 'scaffolder',
      fetch: api,
    });
  });

  async function run(input: object, context: object = {}) {
    const output: Record<string, unknown> = {};
    const ctx = {
      ...createMockActionContext({
        input: { datasource: 'pagerduty', path: '/services', ...input },
      }),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ann'),
      ...context,
    };
    await createDatasourceFetchAction({ tokens, delegations }).handler(
      // The types of the mock's input and output aren't those of the action.
      ctx as any,
    );
    return output;
  }

  it('S0.29: calls the API with the authentication of the datasource and outputs the parsed response', async () => {
    expect(await run({ query: { name: 'a b', n: 1, all: true } })).toEqual({
      status: 200,
      ok: true,
      body: { id: 'P1' },
    });
    expect(api).toHaveBeenCalledWith(
      'https://pagerduty.example.com/services?name=a+b&n=1&all=true',
      expect.objectContaining({
        method: 'GET',
        headers: [['authorization', 'Bearer mock-token.pagerduty.1']],
      }),
    );
  });

  it('adds its parameters to those of the path', async () => {
    await run({ path: '/services?a=1', query: { b: 2 } });
    expect(String(api.mock.calls[0][0])).toMatch(/\/services\?a=1&b=2$/);
  });

  it('uses the credentials of the user who runs the template (threats 14)', async () => {
    const getToken = jest.spyOn(tokens, 'getToken');
    const fetch = jest.spyOn(tokens, 'fetch');
    await run({});
    const credentials = mockCredentials.user('user:default/ann');
    for (const [options] of getToken.mock.calls)
      expect(options.credentials).toEqual(credentials);
    expect(fetch.mock.calls[0][0].credentials).toEqual(credentials);
  });

  it('N10, threats 44: calls with the account of the user who runs the template, and never with the shared one instead', async () => {
    tokens = mockDatasourceAuthService({
      datasources: { pagerduty: { connected: ['user:default/ann'] } },
      ...{ pluginId: 'scaffolder', fetch: api },
    });
    api.mockImplementation(async () =>
      Response.json('mock-token.pagerduty.user:default/ann.1'),
    );
    const { body } = await run({ as: 'user' });
    expect(JSON.stringify(api.mock.calls)).toContain(
      'Bearer mock-token.pagerduty.user:default/ann.1',
    );
    expect(body).not.toContain('mock-token');
    api.mockClear();
    for (const credentials of [
      mockCredentials.user('user:default/bob'),
      mockCredentials.service('scaffolder'),
    ]) {
      await expect(
        run(
          { as: 'user' },
          { getInitiatorCredentials: async () => credentials },
        ),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(user_not_connected|invalid_request)$/),
      });
    }
    expect(api).not.toHaveBeenCalled();
  });

  it('does nothing for a user who may not use the datasource (threats 14)', async () => {
    await expect(
      run(
        {},
        {
          getInitiatorCredentials: async () =>
            mockCredentials.user('user:default/bob'),
        },
      ),
    ).rejects.toMatchObject({ code: 'consumer_not_allowed' });
    expect(api).not.toHaveBeenCalled();
  });

  it('sends a body as JSON, and a text unchanged', async () => {
    await run({ method: 'POST', body: { name: 'x' } });
    await run({
      method: 'PUT',
      body: '<a/>',
      headers: { 'content-type': 'text/xml' },
    });
    const [[, json], [, text]] = api.mock.calls;
    expect(json).toEqual(
      expect.objectContaining({ method: 'POST', body: '{"name":"x"}' }),
    );
    expect(new Headers(json!.headers).get('content-type')).toBe(
      'application/json',
    );
    expect(text).toEqual(
      expect.objectContaining({ method: 'PUT', body: '<a/>' }),
    );
    expect(new Headers(text!.headers).get('content-type')).toBe('text/xml');
  });

  it.each([
    'Authorization',
    'Cookie',
    'Host',
    'Transfer-Encoding',
    'X-HTTP-Method-Override',
    'X-Original-URL',
    'X-Forwarded-For',
    'Proxy-Authorization',
  ])("doesn't let a template set the header %s", async name => {
    await expect(run({ headers: { [name]: 'x' } })).rejects.toThrow(
      `The header '${name}' cannot be set by a template`,
    );
    expect(api).not.toHaveBeenCalled();
  });

  it('accepts an encoded slash in the path only if the template says so', async () => {
    const path = '/projects/group%2Fname';
    await expect(run({ path })).rejects.toThrow('encodedSlash');
    await run({ path, encodedSlash: true });
    expect(api.mock.calls.map(([url]) => String(url))).toEqual([
      `https://pagerduty.example.com${path}`,
    ]);
  });

  it('threats 32: shows nothing of a redirect to another host', async () => {
    api.mockImplementation(async input =>
      String(input).startsWith('https://pagerduty.example.com/')
        ? new Response(null, {
            status: 302,
            headers: { location: 'https://internal.corp.example/secrets' },
          })
        : new Response('of the inside'),
    );
    await expect(run({})).rejects.toMatchObject({ code: 'egress_blocked' });
    expect(api).toHaveBeenCalledTimes(1);
  });

  it("doesn't let a template leave the API", async () => {
    for (const path of ['//evil.com', 'https://evil.com/x', '/../admin'])
      await expect(run({ path })).rejects.toMatchObject({
        code: 'invalid_request',
      });
    expect(api).not.toHaveBeenCalled();
  });

  it('never outputs or logs the token, in any encoding that an API echoes', async () => {
    const token = 'mock-token.pagerduty.1';
    const spellings = [
      token,
      Buffer.from(token).toString('base64'),
      encodeURIComponent(token),
    ];
    api.mockImplementation(async () =>
      Response.json({ headers: `Bearer ${token}`, spellings }),
    );
    const logger = { info: jest.fn(), warn: jest.fn() };
    const output = await run({}, { logger });
    expect(output.body).toEqual({
      headers: 'Bearer <token>',
      spellings: ['<token>', '<token>', '<token>'],
    });
    const seen = JSON.stringify([output, logger.info.mock.calls]);
    for (const spelling of spellings) expect(seen).not.toContain(spelling);
  });

  it('never outputs the second token either, when the first was rejected', async () => {
    let calls = 0;
    api.mockImplementation(async (_, init) => {
      calls += 1;
      const sent = new Headers(init!.headers).get('authorization');
      return Response.json({ sent }, { status: calls === 1 ? 401 : 200 });
    });
    expect((await run({})).body).toEqual({ sent: 'Bearer <token>' });
    expect(calls).toBe(2);
  });

  it('N2: never outputs a key of the datasource, and keeps other values', async () => {
    tokens = mockDatasourceAuthService({
      datasources: {
        pagerduty: { headers: { 'X-Key': 'key "1"' }, query: { k: 'key-2' } },
      },
      pluginId: 'scaffolder',
      fetch: api,
    });
    api.mockImplementation(async () =>
      Response.json({ echo: 'key "1" and key-2', name: 'P1' }),
    );
    expect((await run({})).body).toEqual({
      echo: '<token> and <token>',
      name: 'P1',
    });
  });

  it('outputs text as text, even if JSON was announced', async () => {
    const answer = (body: string | null, type: string) =>
      api.mockResolvedValueOnce(
        new Response(body, { headers: { 'content-type': type } }),
      );
    answer('hello', 'text/plain');
    expect((await run({})).body).toBe('hello');
    answer('', 'application/problem+json; charset=utf-8');
    expect((await run({})).body).toBe('');
    answer('{"a":1}', 'application/vnd.api+json');
    expect((await run({})).body).toEqual({ a: 1 });
  });

  it('rejects other types of output, and releases the connection', async () => {
    const cancel = jest.fn();
    api.mockResolvedValue(
      new Response(new ReadableStream({ cancel }), {
        headers: { 'content-type': 'image/png' },
      }),
    );
    await expect(run({})).rejects.toThrow("returned 'image/png'");
    expect(cancel).toHaveBeenCalled();
  });

  it('stops reading a response of more than 1 MiB', async () => {
    const cancel = jest.fn();
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel,
    });
    api.mockResolvedValue(
      new Response(endless, { headers: { 'content-type': 'text/plain' } }),
    );
    await expect(run({})).rejects.toThrow('larger than 1 MiB');
    expect(cancel).toHaveBeenCalled();
    expect(sent).toBeLessThan(2 * MIB);
  });

  it("doesn't send more than 1 MiB", async () => {
    await expect(
      run({ method: 'POST', body: 'x'.repeat(MIB + 1) }),
    ).rejects.toThrow('larger than 1 MiB');
    expect(api).not.toHaveBeenCalled();
  });

  it('rejects a body with a method that has none', async () => {
    await expect(run({ body: 'x' })).rejects.toThrow('takes no body');
  });

  it("fails on an error status with the API's message, truncated and without the token", async () => {
    api.mockImplementation(
      async () =>
        new Response(`mock-token.pagerduty.1 ${'x'.repeat(1_000)}`, {
          status: 422,
        }),
    );
    const failure = await run({}).catch(error => error);
    expect(failure.message).toMatch(
      /^GET \/services of datasource 'pagerduty' returned HTTP 422: <token> x+$/,
    );
    expect(failure.message.length).toBeLessThan(400);
  });

  it('continues after an error status if the template wants that', async () => {
    api.mockImplementation(async () => new Response('none', { status: 404 }));
    expect(await run({ continueOnBadResponse: true })).toEqual({
      status: 404,
      ok: false,
      body: 'none',
    });
  });

  it('passes typed errors on', async () => {
    tokens.setState('pagerduty', 'NOT_AUTHORIZED');
    await expect(run({})).rejects.toMatchObject({
      code: 'datasource_not_authorized',
      link: expect.any(String),
    });
  });

  it('calls nothing in a dry run, and still finds invalid input', async () => {
    tokens.setState('pagerduty', 'NOT_AUTHORIZED');
    expect(await run({ method: 'DELETE' }, { isDryRun: true })).toEqual({
      status: 200,
      ok: true,
      body: {},
    });
    await expect(
      run({ headers: { host: 'x' } }, { isDryRun: true }),
    ).rejects.toThrow('cannot be set');
    expect(api).not.toHaveBeenCalled();
    expect(tokens.issuedTokens('pagerduty')).toEqual([]);
  });

  it('keeps the query out of the log, because parameters may be private', async () => {
    const logger = { info: jest.fn() };
    await run({ path: '/x?private=1', query: { more: 2 } }, { logger });
    expect(JSON.stringify(logger.info.mock.calls)).not.toMatch(/private|more/);
  });

  it('stops when the task is canceled', async () => {
    const controller = new AbortController();
    api.mockImplementation(
      (_, init) =>
        new Promise((__, reject) => {
          init!.signal!.addEventListener('abort', () => reject(new Error('x')));
          controller.abort(new Error('cancelled'));
        }),
    );
    await expect(run({}, { signal: controller.signal })).rejects.toThrow(
      'cancelled',
    );
  });

  it('has examples with valid input', async () => {
    tokens = mockDatasourceAuthService({
      datasources: { pagerduty: {}, jira: { connected: ['user:default/ann'] } },
      ...{ pluginId: 'scaffolder', fetch: api },
    });
    const action = createDatasourceFetchAction({ tokens, delegations });
    expect(action.supportsDryRun).toBe(true);
    expect(action.examples).toHaveLength(4);
    const known = Object.keys(action.schema!.input!.properties!);
    for (const { example } of action.examples!) {
      const [{ input }] = parse(
        example.replaceAll(/\$\{\{.*?\}\}/g, 'x'),
      ).steps;
      expect(known).toEqual(expect.arrayContaining(Object.keys(input)));
      await run(input);
    }
    expect(api).toHaveBeenCalledTimes(4);
  });
});
