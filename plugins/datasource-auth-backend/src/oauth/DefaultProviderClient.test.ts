import { generateKeyPairSync, verify } from 'node:crypto';
import { RESERVED_PARAMETERS } from 'backstage-plugin-datasource-auth-common';
import { Egress } from '../egress/Egress';
import { LocalServer, json } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const VERIFIER = 'v'.repeat(43);

describe('DefaultProviderClient', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;
  let opened: string[];

  beforeEach(async () => {
    server = await LocalServer.start();
    opened = [];
    const egress = new Egress(
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

  describe('standard requests', () => {
    it('[checklist 7, 22] exchanges a code with the exact redirect URI and an authenticated client', async () => {
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

    it('S1.2, S1.6, S3.14 requests a token with client credentials and its scopes', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      const answer = await client.requestToken(
        context({ grantType: 'client_credentials', scopes: ['read', 'write'] }),
      );
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'client_credentials',
        scope: 'read write',
      });
      expect(server.last.headers.authorization).toBe(
        `Basic ${btoa('client:client-secret')}`,
      );
      expect(answer.accessToken).toBe('at');
      expect(answer.refreshToken).toBeUndefined();
      expect(answer.expiresAt).toBeUndefined();
    });

    it('S2.2, S2.3 sends the password grant as documented, in one request: form, username, password, Basic, and a scope only if set', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      await client.requestToken(
        context({ grantType: 'password', username: 'jane', password: 'pä ss' }),
      );
      expect(server.last.headers['content-type']).toBe(
        'application/x-www-form-urlencoded',
      );
      expect(server.last.headers.authorization).toMatch(/^Basic /);
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'password',
        username: 'jane',
        password: 'pä ss',
      });
      expect(server.requests).toHaveLength(1);
    });

    describe('signs', () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      });
      const key = { key: privateKey, alg: 'ES256' };
      const claimsOf = (assertion: string | null) => {
        const [header, claims, signature] = assertion!.split('.');
        const signed = verify(
          'sha256',
          Buffer.from(`${header}.${claims}`),
          { key: publicKey, dsaEncoding: 'ieee-p1363' },
          Buffer.from(signature, 'base64url'),
        );
        expect(signed).toBe(true);
        return JSON.parse(Buffer.from(claims, 'base64url').toString());
      };
      const service = (assertion: object, auth: object = {}) =>
        providerContext(
          {
            grantType: 'jwt_bearer',
            token: { url: `${server.url}/token` },
            assertion: { ...key, issuer: 'robot', ...assertion },
            ...auth,
          },
          { instance: { user: 'jane' } },
        );

      it('N3 claims from the settings, with templates and scopes filled in', async () => {
        server.behave(json({ access_token: 'at', token_type: 'bearer' }));
        await client.requestToken(
          service(
            {
              subject: '{{instance.user}}',
              claims: { scope: '{{scopes}}', level: 3 },
              omit: ['nbf'],
            },
            { scopes: ['a', 'b'] },
          ),
        );
        await client.requestToken(service({ audience: '' }));
        const [first, second] = server.requests.map(({ form }) =>
          claimsOf(form.get('assertion')),
        );
        expect(first).toEqual({
          ...{ iss: 'robot', sub: 'jane', scope: 'a b', level: 3 },
          aud: `${server.url}/token`,
          jti: expect.any(String),
          iat: expect.any(Number),
          exp: first.iat + 90,
        });
        expect(second).not.toHaveProperty('aud');
      });

      it.each([
        ['an hour ahead', 3_600, 0],
        ['five minutes ahead', 300, 300],
        ['five minutes behind', -300, -300],
      ])(
        "N3 with the provider's clock once it is known: %s",
        async (_, ahead, applied) => {
          server.behave(response => {
            const date = new Date(Date.now() + ahead * 1_000).toUTCString();
            response.writeHead(400, {
              date,
              'content-type': 'application/json',
            });
            response.end('{"error":"invalid_grant"}');
          });
          const before = Date.now() / 1_000;
          const contexts = [
            service({}),
            providerContext({
              grantType: 'client_credentials',
              token: { url: `${server.url}/token` },
              clientAuthentication: 'private_key_jwt',
              clientAssertion: key,
            }),
          ];
          for (const each of [contexts[0], ...contexts])
            await expect(client.requestToken(each)).rejects.toThrow();
          const issued = server.requests.map(
            ({ form }) =>
              claimsOf(form.get('assertion') ?? form.get('client_assertion'))
                .iat + 30,
          );
          const apart = issued.map(at => at - before);
          expect(Math.abs(apart[0])).toBeLessThan(10);
          for (const each of apart.slice(1))
            expect(Math.abs(each - applied)).toBeLessThan(10);
        },
      );
    });

    it('[checklist 22, 39] refreshes with an authenticated client and without a scope', async () => {
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

    it('[checklist 38] distinguishes a rejected refresh token from everything else', async () => {
      server.behave(json({ error: 'invalid_grant' }, 400));
      const error = await failure(
        client.refresh(code(), { refreshToken: 'rt1' }),
      );
      expect(error.outcome).toBe('refused');
      expect(error.diagnosis.code).toBe('invalid_grant');
    });

    it('opens no socket outside the egress connector', async () => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
      await client.requestToken(context({ grantType: 'client_credentials' }));
      await client.requestToken(context({ grantType: 'client_credentials' }));
      expect(server.connections).toBe(2);
      expect(opened).toEqual(['127.0.0.1', '127.0.0.1']);
    });
  });

  describe('the format of the request', () => {
    beforeEach(() => {
      server.behave(json({ access_token: 'at', token_type: 'bearer' }));
    });

    const clientCredentials = (token: Record<string, unknown>, rest = {}) =>
      client.requestToken(
        context({
          grantType: 'client_credentials',
          ...rest,
          token: { url: `${server.url}/token?own=1`, ...token },
        }),
      );

    it('S3.16 sends JSON, with a list for repeated parameters', async () => {
      await clientCredentials(
        { contentType: 'json', params: { tenant: 'a' } },
        {
          resource: ['urn:a', 'urn:b'],
          clientAuthentication: 'client_secret_post',
        },
      );
      expect(server.last.headers['content-type']).toBe('application/json');
      expect(JSON.parse(server.last.body)).toEqual({
        grant_type: 'client_credentials',
        tenant: 'a',
        resource: ['urn:a', 'urn:b'],
        client_id: 'client',
        client_secret: 'client-secret',
      });
    });

    it('S3.16 sends everything in the URL and no body', async () => {
      await clientCredentials({ contentType: 'query' });
      expect(server.last).toMatchObject({ method: 'POST', body: '' });
      expect(server.last.headers['content-type']).toBeUndefined();
      expect(Object.fromEntries(server.last.query)).toEqual({
        own: '1',
        grant_type: 'client_credentials',
      });
    });

    it('[checklist 26] S3.11 sends GET, and no failure includes the query', async () => {
      await clientCredentials(
        { method: 'GET' },
        { clientAuthentication: 'client_secret_post' },
      );
      expect(server.last).toMatchObject({ method: 'GET', body: '' });
      expect(server.last.query.get('client_secret')).toBe('client-secret');

      server.behave(json({ error: 'x' }, 400));
      const error = await failure(
        clientCredentials(
          { method: 'GET' },
          { clientAuthentication: 'client_secret_post' },
        ),
      );
      expect(JSON.stringify(error)).not.toMatch(/client-secret|own=1|[?]/);
      expect(error.diagnosis.details.endpoint).toBe(`${server.url}/token`);
    });

    it('names the instance value of an address that does not exist', async () => {
      server.behave(
        json(
          { error: 'x', error_description: "Tenant 'acmee' not found" },
          404,
        ),
      );
      const auth = {
        grantType: 'client_credentials',
        token: { url: `${server.url}/{{instance.tenant}}/{{instance.key}}` },
      };
      const instance = { tenant: 'acmee', key: 'hush-hush' };
      const { diagnosis } = await failure(
        client.requestToken({
          ...context(auth, { instance }),
          secrets: ['hush-hush'],
        }),
      );
      expect(diagnosis).toMatchObject({
        code: 'not_found',
        cause: "The tenant 'acmee' probably doesn't exist.",
        details: {
          endpoint: `${server.url}/acmee/{{instance.key}}`,
          errorDescription: "Tenant 'acmee' not found",
        },
      });
      expect(diagnosis.remedy).toContain('Correct this value.');
      expect(JSON.stringify(diagnosis)).not.toContain('hush-hush');
    });

    it('[checklist 23] sends client authentication in one place only', async () => {
      for (const clientAuthentication of [
        'client_secret_basic',
        'client_secret_basic_raw',
        'client_secret_post',
        'none',
      ]) {
        await clientCredentials({}, { clientAuthentication });
        const places = [
          server.last.headers.authorization !== undefined,
          server.last.form.has('client_secret'),
        ];
        expect(places.filter(Boolean).length).toBe(
          clientAuthentication === 'none' ? 0 : 1,
        );
      }
    });

    it('S4.12 sends extra parameters, query, and headers with templates filled in', async () => {
      await client.requestToken(
        context(
          {
            grantType: 'client_credentials',
            token: {
              url: `${server.url}/{{instance.tenant}}/token`,
              params: { account: '{{instance.tenant}}' },
              query: { v: '2 0' },
              headers: {
                'X-Request-Id': '{{uuid}}',
                Accept: 'application/vnd.x+json',
              },
            },
          },
          { instance: { tenant: 'a/b' } },
        ),
      );
      expect(server.last.path).toBe('/a%2Fb/token');
      expect(server.last.query.get('v')).toBe('2 0');
      expect(server.last.form.get('account')).toBe('a/b');
      expect(server.last.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(server.last.headers.accept).toBe('application/vnd.x+json');
    });

    it('requests JSON and sends a User-Agent', async () => {
      await clientCredentials({});
      expect(server.last.headers.accept).toBe('application/json');
      expect(server.last.headers['user-agent']).toBe(
        'backstage-plugin-datasource-auth',
      );
      await clientCredentials({ headers: { 'User-Agent': 'ours' } });
      expect(server.last.headers['user-agent']).toBe('ours');
    });

    it.each<[string | undefined, string | null]>([
      [undefined, 'client_credentials'],
      ['account_credentials', 'account_credentials'],
      ['', null],
    ])('sends the grant type %p as %p', async (grantType, expected) => {
      await clientCredentials({ grantType });
      expect(server.last.form.get('grant_type')).toBe(expected);
    });

    it('renames parameters and omits some', async () => {
      await client.exchangeCode(
        code({
          clientAuthentication: 'client_secret_post',
          token: {
            url: `${server.url}/token`,
            rename: {
              code: 'auth_code',
              client_id: 'app_id',
              redirect_uri: '',
            },
          },
        }),
        { code: 'c', codeVerifier: VERIFIER },
      );
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'authorization_code',
        auth_code: 'c',
        app_id: 'client',
        client_secret: 'client-secret',
        code_verifier: VERIFIER,
      });
    });

    it('[checklist 10] S3.13 sends audience and resources, and the audience only if no authorize step did', async () => {
      const target = { audience: 'api', resource: ['urn:a', 'urn:b'] };
      await clientCredentials({}, target);
      expect(server.last.form.get('audience')).toBe('api');
      expect(server.last.form.getAll('resource')).toEqual(['urn:a', 'urn:b']);
      await client.exchangeCode(code(target), { code: 'c' });
      expect(server.last.form.has('audience')).toBe(false);
      expect(server.last.form.getAll('resource')).toEqual(['urn:a', 'urn:b']);
    });

    it('does not let an extra parameter duplicate or replace a standard one', async () => {
      await clientCredentials(
        { params: { audience: 'extra' } },
        { audience: 'api' },
      );
      expect(server.last.form.getAll('audience')).toEqual(['api']);
    });

    it('[checklist 28] sends a code once, whatever the response', async () => {
      server.behave(response => {
        response.socket!.resetAndDestroy();
      });
      const error = await failure(
        client.exchangeCode(code(), { code: 'c', codeVerifier: VERIFIER }),
      );
      expect(error.outcome).toBe('silent');
      expect(server.requests).toHaveLength(1);
    });

    it('[checklist 4] refuses to run a grant silently that a person must approve', async () => {
      const error = await failure(client.requestToken(code()));
      expect(error).toMatchObject({
        outcome: 'not_sent',
        diagnosis: { code: 'settings_invalid' },
      });
    });
  });

  describe('a refresh', () => {
    beforeEach(() => {
      server.behave(
        json({
          access_token: 'at2',
          refresh_token: 'rt2',
          token_type: 'bearer',
        }),
      );
    });

    it('X4.1 has its own URL, method, and parameters', async () => {
      await client.refresh(
        code({
          token: {
            url: `${server.url}/token`,
            params: { first: '1' },
            contentType: 'json',
          },
          refresh: {
            url: `${server.url}/renew?r=1`,
            method: 'GET',
            params: { second: '2' },
          },
        }),
        { refreshToken: 'rt1' },
      );
      expect(server.last).toMatchObject({ method: 'GET', path: '/renew' });
      expect(Object.fromEntries(server.last.query)).toEqual({
        r: '1',
        second: '2',
        grant_type: 'refresh_token',
        refresh_token: 'rt1',
      });
    });

    it('sends the parameters of the token request if it has none of its own', async () => {
      await client.refresh(
        code({
          token: {
            url: `${server.url}/token`,
            params: { first: '1' },
            grantType: 'odd',
          },
          refresh: { url: `${server.url}/renew` },
        }),
        { refreshToken: 'rt1' },
      );
      expect(Object.fromEntries(server.last.form)).toEqual({
        first: '1',
        grant_type: 'refresh_token',
        refresh_token: 'rt1',
      });
    });

    it('[checklist 39] sends the scope only if configured', async () => {
      const scopes = ['a', 'offline_access'];
      await client.refresh(code({ scopes }), { refreshToken: 'rt1' });
      expect(server.last.form.has('scope')).toBe(false);
      await client.refresh(code({ scopes, refresh: { sendScope: true } }), {
        refreshToken: 'rt1',
      });
      expect(server.last.form.get('scope')).toBe('a offline_access');
    });

    it('N5 has its own content type, scopes, and client authentication', async () => {
      const given = code({
        token: { url: `${server.url}/token`, contentType: 'json' },
        scopes: ['a', 'offline_access'],
        refresh: {
          contentType: 'form',
          scopes: ['{{instance.tier}}'],
          clientAuthentication: 'client_secret_post',
        },
      });
      await client.refresh(
        { ...given, instance: { tier: 'read' } },
        { refreshToken: 'rt1' },
      );
      expect(server.last.headers.authorization).toBeUndefined();
      expect(Object.fromEntries(server.last.form)).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'rt1',
        scope: 'read',
        client_id: 'client',
        client_secret: 'client-secret',
      });
      await client.exchangeCode(given, { code: 'c', codeVerifier: VERIFIER });
      expect(server.last.headers).toMatchObject({
        'content-type': 'application/json',
        authorization: `Basic ${btoa('client:client-secret')}`,
      });
    });

    it('N5 proposes another client authentication for the setting of the rejected one', async () => {
      server.behave(json({ error: 'invalid_client' }, 401));
      const fixOf = async (auth: Record<string, unknown>) => {
        const error = await failure(
          client.refresh(code(auth), { refreshToken: 'rt1' }),
        );
        return error.diagnosis.fix;
      };
      const refresh = { clientAuthentication: 'client_secret_post' };
      expect(await fixOf({ refresh })).toEqual({
        set: { 'auth.refresh.clientAuthentication': 'client_secret_basic' },
      });
      expect(await fixOf({})).toEqual({
        set: { 'auth.clientAuthentication': 'client_secret_post' },
      });
    });

    it.each([
      ['own', true],
      ['shared', true],
      ['shared', false],
      ['shared', undefined],
    ])(
      '[checklist 7] sends the exact %s redirect URI if refresh.redirectUri is %s, and not otherwise',
      async (kind, setting) => {
        const redirectUri = 'https://backstage.example/Callback/?a=%20b/';
        await client.refresh(
          context(
            {
              grantType: 'authorization_code',
              redirectUri: kind,
              refresh: { redirectUri: setting },
            },
            { redirectUri },
          ),
          { refreshToken: 'rt1' },
        );
        expect(server.last.form.getAll('redirect_uri')).toEqual(
          setting ? [redirectUri] : [],
        );
      },
    );

    it.each(['client_credentials', 'password'])(
      '[checklist 7] sends no redirect URI if none was used: %s',
      async grantType => {
        await client.refresh(
          context({
            grantType,
            username: 'jane',
            password: 'p',
            refresh: { redirectUri: true },
          }),
          { refreshToken: 'rt1' },
        );
        expect(server.last.form.get('refresh_token')).toBe('rt1');
        expect(server.last.form.has('redirect_uri')).toBe(false);
      },
    );

    it('N5 fills the time in, and leaves out what belongs to an approval', async () => {
      const given = code({
        token: {
          url: `${server.url}/token`,
          params: {
            ...{ at: '{{now}}', back: '{{redirectUri}}', both: 'x{{state}}' },
            once: '{{nonce}}',
          },
          query: { session: '{{state}}', v: '2' },
          headers: { 'X-Time': '{{now}}', 'X-State': '{{state}}' },
          rename: { client_id: 'Client_Id' },
        },
        clientAuthentication: 'none',
      });
      const sent = () => ({
        ...Object.fromEntries(server.last.form),
        query: Object.fromEntries(server.last.query),
        state: server.last.headers['x-state'],
      });
      await client.exchangeCode(given, {
        ...{ code: 'c', codeVerifier: VERIFIER, nonce: 'n1', state: 's1' },
      });
      const { at, ...first } = sent() as Record<string, unknown>;
      expect(Math.abs(Number(at) - Date.now() / 1_000)).toBeLessThan(30);
      expect(server.last.headers['x-time']).toBe(at);
      expect(first).toMatchObject({
        ...{ back: given.redirectUri, both: 'xs1', once: 'n1', state: 's1' },
        query: { session: 's1', v: '2' },
        Client_Id: 'client',
      });
      expect(first).not.toHaveProperty('client_id');
      await client.refresh(given, { refreshToken: 'rt1' });
      expect(sent()).toEqual({
        ...{ at: expect.stringMatching(/^\d{10}$/), query: { v: '2' } },
        ...{ grant_type: 'refresh_token', refresh_token: 'rt1' },
        ...{ Client_Id: 'client', state: undefined },
      });
    });

    it('refreshes with the access token if a provider requires that', async () => {
      await client.refresh(
        code({
          clientAuthentication: 'none',
          refresh: {
            method: 'GET',
            grantType: 'ig_refresh_token',
            params: { access_token: '{{token.accessToken}}' },
          },
        }),
        { refreshToken: '', accessToken: 'at 1' },
      );
      expect(Object.fromEntries(server.last.query)).toEqual({
        grant_type: 'ig_refresh_token',
        access_token: 'at 1',
        client_id: 'client',
      });
    });

    it('returns a rotated refresh token', async () => {
      const answer = await client.refresh(code(), { refreshToken: 'rt1' });
      expect(answer.refreshToken).toBe('rt2');
    });

    it('keeps a rotated token if an invalid ID token comes with it', async () => {
      server.behave(
        json({
          access_token: 'at2',
          refresh_token: 'rt2',
          token_type: 'bearer',
          id_token: 'broken',
        }),
      );
      const answer = await client.refresh(
        code({ issuer: 'https://idp.example', scopes: ['openid'] }),
        { refreshToken: 'rt1' },
      );
      expect(answer.refreshToken).toBe('rt2');
    });
  });

  describe('OpenID Connect', () => {
    const issuer = 'https://idp.example';
    const now = Math.floor(Date.now() / 1_000);
    const good = {
      iss: issuer,
      aud: 'client',
      sub: '42',
      iat: now,
      exp: now + 600,
      nonce: 'n',
      email: 'jane@example.com',
    };
    const idToken = (claims: object, header: object = { alg: 'RS256' }) =>
      [header, claims]
        .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .concat('c2ln')
        .join('.');
    const exchange = (
      id_token: string | undefined,
      auth: Record<string, unknown> = {},
    ) => {
      server.behave(
        json({ access_token: 'at', token_type: 'bearer', id_token }),
      );
      return client.exchangeCode(
        context(
          {
            ...{ grantType: 'authorization_code', issuer, scopes: ['openid'] },
            ...auth,
          },
          { instance: { login: 'openid' } },
        ),
        { code: 'c', codeVerifier: VERIFIER, nonce: 'n' },
      );
    };

    it.each<[string, object, string]>([
      ['preferred_username', { preferred_username: 'jane' }, 'jane'],
      ['email', {}, 'jane@example.com'],
      ['name', { email: undefined, name: 'Jane\u0000 Doe' }, 'Jane  Doe'],
      ['sub', { email: undefined }, '42'],
    ])('reads the account from %s', async (_, claims, account) => {
      expect((await exchange(idToken({ ...good, ...claims }))).account).toBe(
        account,
      );
    });

    it.each<[string, object]>([
      ['[checklist 11] another nonce', { nonce: 'other' }],
      ['[checklist 11] no nonce', { nonce: undefined }],
      ['another issuer', { iss: 'https://evil.example' }],
      ['another audience', { aud: 'someone-else' }],
      ['an audience among strangers', { aud: ['client', 'someone-else'] }],
      ['a time long gone', { exp: now - 3_600 }],
      ['no subject', { sub: undefined }],
    ])('rejects an ID token with %s', async (_, claims) => {
      const error = await failure(exchange(idToken({ ...good, ...claims })));
      expect(error.diagnosis.code).toBe('id_token_invalid');
      expect(error.outcome).toBe('answered');
      expect(JSON.stringify(error)).not.toContain('jane');
    });

    it('rejects an ID token without a trusted signature', async () => {
      for (const alg of ['none', 'made-up']) {
        const error = await failure(exchange(idToken(good, { alg })));
        expect(error.diagnosis.code).toBe('id_token_invalid');
      }
    });

    it('[checklist 11] compares the nonce if a template is filled with openid', async () => {
      const auth = { scopes: ['read', '{{instance.login}}'] };
      expect((await exchange(idToken(good), auth)).account).toBe(good.email);
      await failure(exchange(idToken({ ...good, nonce: 'other' }), auth));
      await failure(exchange(undefined, auth));
    });

    it('rejects a response without the requested ID token', async () => {
      expect((await failure(exchange(undefined))).diagnosis.code).toBe(
        'id_token_invalid',
      );
    });

    it('ignores an ID token if no issuer is set to compare it with', async () => {
      const answer = await exchange(idToken({ ...good, nonce: 'other' }), {
        issuer: undefined,
      });
      expect(answer.account).toBeUndefined();
      expect(answer.accessToken).toBe('at');
    });

    it('ignores an unrequested ID token', async () => {
      const answer = await exchange(idToken({ ...good, nonce: 'other' }), {
        scopes: ['read'],
      });
      expect(answer.account).toBeUndefined();
      expect(answer.accessToken).toBe('at');
    });
  });

  describe('a pushed authorization request', () => {
    const push = (auth: Record<string, unknown> = {}) =>
      client.authorizeRequest(
        code({
          scopes: ['a'],
          ...auth,
          authorize: {
            url: 'https://idp.example/authorize?p=1&state=x',
            pushedRequestUrl: `${server.url}/par`,
          },
        }),
        { state: 'the-state', codeVerifier: VERIFIER },
      );

    it.each([
      [
        'as RFC 9126 has it',
        json({ request_uri: 'urn:r:1', expires_in: 60 }, 201),
      ],
      ['with 200 and no lifetime', json({ request_uri: 'urn:r:1' })],
    ])(
      '[checklist 12] shows the browser only the client ID and a reference (%s)',
      async (_, behavior) => {
        server.behave(behavior);
        const made = await push();
        expect(made).toEqual({
          method: 'GET',
          url: 'https://idp.example/authorize?p=1&client_id=client&request_uri=urn%3Ar%3A1',
        });
        expect(Object.fromEntries(server.last.form)).toMatchObject({
          client_id: 'client',
          response_type: 'code',
          state: 'the-state',
          scope: 'a',
          code_challenge_method: 'S256',
        });
        expect(server.last.headers.authorization).toMatch(/^Basic /);
      },
    );

    it('[checklist 5, 6] ignores protocol parameters in the query of the authorize URL', async () => {
      server.behave(json({ request_uri: 'urn:r:1', expires_in: 60 }, 201));
      const query = RESERVED_PARAMETERS.map(name => `${name}=evil`).join('&');
      const made = await client.authorizeRequest(
        code({
          authorize: {
            url: `https://idp.example/authorize?p=1&${query}`,
            pushedRequestUrl: `${server.url}/par`,
          },
        }),
        { state: 'the-state', codeVerifier: VERIFIER },
      );
      expect(made.url).toBe(
        'https://idp.example/authorize?p=1&client_id=client&request_uri=urn%3Ar%3A1',
      );
      expect(server.last.body).not.toContain('evil');
    });

    it('explains its failures', async () => {
      server.behave(
        json(
          { error: 'invalid_request', error_description: 'the-state is bad' },
          400,
        ),
      );
      const error = await failure(push());
      expect(error.diagnosis).toMatchObject({
        code: 'invalid_request',
        title: 'The provider rejected the authorization request',
        details: { errorDescription: '[removed] is bad' },
      });
      server.behave(json({ other: 1 }, 201));
      expect((await failure(push())).diagnosis.code).toBe('bad_response');
    });
  });

  describe('the authorize URL', () => {
    it('[checklist 8] is checked before a browser is redirected there', async () => {
      const error = await failure(
        client.authorizeRequest(
          code({ authorize: { url: 'http://idp.example/authorize' } }),
          {
            state: 's',
            codeVerifier: VERIFIER,
          },
        ),
      );
      expect(error).toMatchObject({
        outcome: 'not_sent',
        diagnosis: { code: 'blocked' },
      });
    });
  });

  describe('revocation', () => {
    const revoke = (tokens = { refreshToken: 'rt', accessToken: 'at' }) =>
      client.revoke(code({ revoke: { url: `${server.url}/revoke` } }), tokens);
    const hints = () =>
      server.requests.map(({ form }) => [
        form.get('token_type_hint'),
        form.get('token'),
      ]);

    it('[checklist 42] revokes the refresh token first, then the access token, with an authenticated client', async () => {
      await revoke();
      expect(hints()).toEqual([
        ['refresh_token', 'rt'],
        ['access_token', 'at'],
      ]);
      expect(server.last.headers.authorization).toMatch(/^Basic /);
    });

    it('does nothing without a URL, and sends nothing for a missing token', async () => {
      await client.revoke(code(), { refreshToken: 'rt' });
      expect(server.requests).toHaveLength(0);
      await client.revoke(code({ revoke: { url: `${server.url}/revoke` } }), {
        accessToken: 'at',
      });
      expect(hints()).toEqual([['access_token', 'at']]);
    });

    it.each([
      ['204', 204, undefined],
      ['an already invalid token', 400, 'invalid_token'],
      ['a type of token that cannot be revoked', 400, 'unsupported_token_type'],
    ])('[checklist 42] treats %s as success', async (_, status, error) => {
      server.behave(response => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(error && JSON.stringify({ error }));
      });
      await expect(revoke()).resolves.toBeUndefined();
      expect(server.requests).toHaveLength(2);
    });

    it('[checklist 42] tries the second token if the first fails, and then reports the first failure', async () => {
      server.behave((response, request) =>
        request.form.get('token') === 'rt'
          ? json({ error: 'slow: rt', error_description: 'token rtrt' }, 503, {
              'retry-after': '30',
            })(response, request)
          : json({ error: 'invalid_client' }, 401)(response, request),
      );
      const error = await failure(revoke());
      expect(server.requests).toHaveLength(2);
      expect(error.diagnosis).toMatchObject({
        code: 'server',
        retryable: true,
      });
      expect(error.retryAt).toBeGreaterThan(Date.now());
    });
  });
});
