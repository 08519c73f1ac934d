import { Egress } from '../egress/Egress';
import { json, LocalServer, text } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { providerContext } from './__testUtils__/providerContext';

describe('N5 a further request for a token', () => {
  forbidGlobalFetch();

  let first: LocalServer;
  let second: LocalServer;
  let egress: Egress;
  let client: DefaultProviderClient;

  beforeEach(async () => {
    first = await LocalServer.start(
      json({
        session: { id: 'session-secret-1', no: 7 },
        token: 'first-token',
      }),
    );
    second = await LocalServer.start(
      json({ access_token: 'at', expires_in: 60, scope: 'read' }),
    );
    egress = new Egress(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    client = DefaultProviderClient.create({ egress });
  });

  afterEach(async () => {
    await Promise.all([first.stop(), second.stop()]);
  });

  const request = (then: object = {}, auth: object = {}, options = {}) =>
    client.requestToken(
      providerContext(
        {
          ...{
            grantType: 'password',
            username: 'jane',
            password: 'open sesame',
          },
          token: {
            url: `${first.url}/login`,
            then: {
              url: `${second.url}/tokens/{{answer.session.no}}`,
              authorization: 'Session {{answer.session.id}}',
              params: { user: '{{username}}', tenant: '{{instance.tenant}}' },
              ...then,
            },
          },
          ...auth,
        },
        { instance: { tenant: 'acme' } },
      ),
      options,
    );
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return error as OAuthExchangeError;
  };

  it('uses what the first response returned, and takes the token from the second', async () => {
    const tokens = await request();
    expect(tokens).toMatchObject({ accessToken: 'at', scope: 'read' });
    expect(tokens.expiresAt! - tokens.requestedAt).toBe(60_000);
    expect(first.last.form.get('grant_type')).toBe('password');
    expect(second.last).toMatchObject({ method: 'POST', path: '/tokens/7' });
    expect(second.last.headers.authorization).toBe('Session session-secret-1');
    expect(Object.fromEntries(second.last.form)).toEqual({
      user: 'jane',
      tenant: 'acme',
    });
  });

  it('has a method, a content type, a query, headers and a body of its own', async () => {
    await request({
      authorization: undefined,
      params: {},
      query: { v: '2' },
      headers: { 'X-Token': '{{answer.token}}' },
      body: { grant: ['{{answer.session.id}}', '{{clientSecret}}'] },
    });
    expect(second.last.headers).toMatchObject({
      'content-type': 'application/json',
      'x-token': 'first-token',
    });
    expect(second.last.query.get('v')).toBe('2');
    expect(JSON.parse(second.last.body)).toEqual({
      grant: ['session-secret-1', 'client-secret'],
    });
    await request({ method: 'GET', params: { s: '{{answer.session.id}}' } });
    expect(second.last.query.get('s')).toBe('session-secret-1');
  });

  it('takes a first response that is nothing but a text', async () => {
    first.behave(text('ticket-9', 'text/plain'));
    await request({
      url: `${second.url}/tokens`,
      authorization: 'Ticket {{answer.$}}',
    });
    expect(second.last.headers.authorization).toBe('Ticket ticket-9');
  });

  it('judges the sign of success in the second response only', async () => {
    const response = { success: { path: 'ok', equals: true } };
    second.behave(json({ ok: true, access_token: 'at' }));
    expect(await request({}, { response })).toMatchObject({
      accessToken: 'at',
    });
    second.behave(json({ ok: false, access_token: 'at' }));
    await failure(request({}, { response }));
  });

  it.each([
    ['an error', json({ error: 'invalid_grant' }, 400), 'invalid_grant'],
    ['an error with status 200', json({ error: 'denied' }), 'provider_error'],
    ['a web page', text('<html></html>', 'text/html'), 'bad_response'],
  ] as const)('is not made after %s', async (_, behavior, code) => {
    first.behave(behavior);
    expect((await failure(request())).diagnosis.code).toBe(code);
    expect(second.requests).toEqual([]);
  });

  it('is not made without what the first response should have', async () => {
    first.behave(json({ session: {} }));
    const { diagnosis } = await failure(request());
    expect(diagnosis.cause).toMatch(/answer\.session\.no.* Correct or remove/);
    expect(second.requests).toEqual([]);
  });

  it('names the URL of the further request, and proposes no change of the first', async () => {
    second.behave(json({ error: 'invalid_client' }, 401));
    const refused = await failure(request());
    expect(refused.diagnosis.fix).toBeUndefined();
    expect(refused.diagnosis.details.host).toBe(`127.0.0.1:${second.port}`);
    second.behave(json({}, 404));
    const missing = await failure(request());
    expect(missing.diagnosis.title).toMatch(/further request/);
    second.behave(response => {
      response.writeHead(308, {
        location: `https://127.0.0.1:${second.port}/x`,
      });
      response.end();
    });
    expect((await failure(request())).diagnosis.fix).toBeUndefined();
  });

  it('shares one time limit with the first', async () => {
    first.behave(
      (response, sent) =>
        void setTimeout(
          () =>
            json({ session: { id: 'session-secret-1', no: 7 } })(
              response,
              sent,
            ),
          300,
        ),
    );
    const fetch = jest.spyOn(egress, 'fetch');
    await request({}, {}, { readWithin: 20_000 });
    const [limit, rest] = fetch.mock.calls.map(([, sent]) => sent!.readMs!);
    expect(limit).toBeLessThanOrEqual(20_000);
    // Timers can be a millisecond early.
    expect(rest).toBeLessThanOrEqual(limit - 299);
    expect(rest).toBeGreaterThan(0);
  });

  it('is sent, even if it is never answered', async () => {
    second.behave(() => {});
    const { outcome, diagnosis } = await failure(
      request({}, { timeouts: { responseMs: 300 } }),
    );
    expect(diagnosis.code).toBe('timeout');
    expect(outcome).toBe('silent');
  });

  it('threats 2: never chooses its host from a response', async () => {
    first.behave(json({ session: { id: 'x', no: 'evil.example' } }));
    const { diagnosis } = await failure(
      request({ url: 'https://{{answer.session.no}}/tokens' }),
    );
    expect(diagnosis.cause).toMatch(/can't be part of a host/);
  });

  it('threats 2: goes to no address that the egress rules block', async () => {
    const { diagnosis } = await failure(
      request({ url: 'https://10.1.2.3/tokens' }),
    );
    expect(diagnosis.code).toBe('blocked');
    expect(second.requests).toEqual([]);
  });

  it('threats 3: repeats nothing of the first response when the second echoes it', async () => {
    second.behave((response, sent) =>
      json(
        {
          error: 'bad',
          error_description: `${sent.headers.authorization} ${sent.headers['x-token']}`,
        },
        400,
      )(response, sent),
    );
    const { diagnosis } = await failure(
      request({ headers: { 'X-Token': '{{answer.token}}' } }),
    );
    expect(second.last.headers['x-token']).toBe('first-token');
    expect(JSON.stringify(diagnosis)).not.toMatch(
      /session-secret-1|first-token/,
    );
  });
});
