import { Egress } from '../egress/Egress';
import { LocalServer, json } from '../egress/testing/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './testing/noGlobalFetch';
import { AuthInput, providerContext } from './testing/providerContext';

const VERIFIER = 'v'.repeat(43);

describe('DefaultProviderClient', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;
  let opened: string[];

  beforeEach(async () => {
    server = await LocalServer.start();
    opened = [];
    const egress = Egress.create(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {}, onConnect: (_, address) => opened.push(address) },
    );
    client = DefaultProviderClient.create({ egress });
  });

  afterEach(async () => {
    await server.stop();
  });

  const context = (auth: AuthInput, rest = {}) =>
    providerContext({ token: { url: `${server.url}/token` }, ...auth }, rest);

  const code = (auth: Record<string, unknown> = {}) =>
    context({ grantType: 'authorization_code', ...auth });

  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return error as OAuthExchangeError;
  };

  describe('plain cases', () => {
    it('[checklist 7, 22] exchanges a code with the redirect URI byte for byte and the client authenticated', async () => {
      server.behave(
        json({
          access_token: 'at',
          refresh_token: 'rt',
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'a b',
        }),
      );
      const before = Date.now();
      const answer = await client.exchangeCode(code(), {
        code: 'the-code',
        codeVerifier: VERIFIER,
      });
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'authorization_code',
        code: 'the-code',
        code_verifier: VERIFIER,
        redirect_uri:
          'https://backstage.example.com/api/datasource-auth/oauth/callback/',
      });
      expect(server.last.method).toBe('POST');
      expect(server.last.headers.authorization).toBe(
        `Basic ${btoa('client:client-secret')}`,
      );
      expect(answer).toMatchObject({
        accessToken: 'at',
        refreshToken: 'rt',
        tokenType: 'Bearer',
        scope: 'a b',
        kept: {},
      });
      expect(answer.requestedAt).toBeGreaterThanOrEqual(before);
      expect(answer.expiresAt).toBe(answer.requestedAt + 3_600_000);
    });

    it('S1.2 requests a token with client credentials and its scopes', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      const answer = await client.requestToken(
        context({ grantType: 'client_credentials', scopes: ['read', 'write'] }),
      );
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'client_credentials',
        scope: 'read write',
      });
      expect(answer.accessToken).toBe('at');
      expect(answer.refreshToken).toBeUndefined();
      expect(answer.expiresAt).toBeUndefined();
    });

    it('S2.3 sends the password grant as documented: form, username, password, Basic, scope only where there is one', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      await client.requestToken(
        context({ grantType: 'password', username: 'jane', password: 'pä ss' }),
      );
      expect(server.last.headers['content-type']).toMatch(
        /^application\/x-www-form-urlencoded/,
      );
      expect(server.last.headers.authorization).toMatch(/^Basic /);
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'password',
        username: 'jane',
        password: 'pä ss',
      });
    });

    it('[checklist 22, 39] refreshes with the client authenticated and without a scope', async () => {
      server.behave(
        json({ access_token: 'at2', token_type: 'bearer', expires_in: 60 }),
      );
      const answer = await client.refresh(code({ scopes: ['a'] }), {
        refreshToken: 'rt1',
      });
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'rt1',
      });
      expect(server.last.headers.authorization).toBeDefined();
      expect(answer.refreshToken).toBeUndefined();
      expect(answer.accessToken).toBe('at2');
    });

    it('[checklist 38] tells a refusal of the refresh token from everything else', async () => {
      server.behave(json({ error: 'invalid_grant' }, 400));
      const error = await failure(
        client.refresh(code(), { refreshToken: 'rt1' }),
      );
      expect(error.outcome).toBe('refused');
      expect(error.diagnosis.code).toBe('invalid_grant');
    });

    it('opens no socket past the egress connector', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      await client.requestToken(context({ grantType: 'client_credentials' }));
      await client.requestToken(context({ grantType: 'client_credentials' }));
      expect(server.connections).toBe(2);
      expect(opened).toEqual(['127.0.0.1', '127.0.0.1']);
    });
  });
});
