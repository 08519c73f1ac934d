import { Egress } from '../egress/Egress';
import {
  Behavior,
  json,
  LocalServer,
  text,
} from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { providerContext } from './__testUtils__/providerContext';

describe('N5 a response that is a token as a whole', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;

  beforeEach(async () => {
    server = await LocalServer.start();
    const egress = new Egress(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    client = DefaultProviderClient.create({ egress });
  });

  afterEach(async () => {
    await server.stop();
  });

  const request = (behavior: Behavior, response = {}) => {
    server.behave(behavior);
    return client.requestToken(
      providerContext({
        grantType: 'client_credentials',
        token: { url: `${server.url}/token` },
        response: { accessToken: '$', ...response },
        defaultLifetimeSeconds: 60,
      }),
    );
  };
  const failure = async (behavior: Behavior) => {
    const error = await request(behavior).then(
      () => undefined,
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return error as OAuthExchangeError;
  };

  it.each<[string, Behavior, string]>([
    [
      'plain text',
      text('tok.en-1\r\n', 'text/plain; charset=utf-8'),
      'tok.en-1',
    ],
    ['a JSON string', json('tok"en'), 'tok"en'],
    ['text like a form', text('scope=admin', 'text/plain'), 'scope=admin'],
    ['a 201', text('created', 'text/plain', 201), 'created'],
    ['16 KiB', text('t'.repeat(16_384), 'text/plain'), 't'.repeat(16_384)],
  ])('is taken from %s', async (_, behavior, expected) => {
    const tokens = await request(behavior, { keep: ['scope'] });
    expect(tokens.accessToken).toBe(expected);
    expect(tokens.kept).toEqual({});
    expect(tokens.tokenType).toBe('Bearer');
    expect(tokens.scope).toBeUndefined();
    expect(tokens.expiresAt! - tokens.requestedAt).toBe(60_000);
  });

  it.each<[string, Behavior]>([
    ['several lines', text('a\nb', 'text/plain')],
    ['a sentence', text('Invalid client', 'text/plain')],
    ['letters outside ASCII', text('tökén', 'text/plain')],
    ['more than 16 KiB', text('t'.repeat(16_385), 'text/plain')],
    ['a JSON object', json({ token: 'at' })],
    ['a JSON number', json(12345678)],
    ['bytes', text('token', 'application/octet-stream')],
  ])('is not taken from %s', async (_, behavior) => {
    const { diagnosis } = await failure(behavior);
    expect(diagnosis).toMatchObject({
      code: expect.stringMatching(/no_token|bad_response/),
      remedy: expect.stringMatching(
        /Access token property|check the token URL/i,
      ),
    });
  });

  it.each<[string, Behavior, string]>([
    ['a web page', text('<html>x</html>', 'text/html'), 'bad_response'],
    [
      'a page as plain text',
      text('<html></html>', 'text/plain'),
      'bad_response',
    ],
    ['a page of one word', text('sorry', 'text/html'), 'bad_response'],
    ['a page as a JSON string', json('<html></html>'), 'no_token'],
    ['nothing', text('', 'text/plain'), 'empty_response'],
    [
      'an error',
      text('error=invalid_request', 'text/plain'),
      'invalid_request',
    ],
    ['a failure', text('token', 'text/plain', 403), 'invalid_client'],
  ])('is never %s', async (_, behavior, code) => {
    expect((await failure(behavior)).diagnosis.code).toBe(code);
  });

  it('threats 3: appears in no error', async () => {
    for (const behavior of [
      text('hush-hush-hush', 'text/plain', 500),
      text('hush-hush-hush', 'text/plain', 400),
      json('hush-hush-hush', 400),
      text('hush-hush-hush\nhush-hush-hush', 'text/plain'),
    ]) {
      const { diagnosis } = await failure(behavior);
      expect(JSON.stringify(diagnosis)).not.toContain('hush');
    }
  });
});
