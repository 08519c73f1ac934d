import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { Egress } from '../egress/Egress';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const VERIFIER = 'v'.repeat(43);
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
});
const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('N5 the own form of a token request', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  let client: DefaultProviderClient;

  beforeEach(async () => {
    server = await LocalServer.start(
      json({ access_token: 'at', token_type: 'bearer', expires_in: 60 }),
    );
    const egress = new Egress(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    client = DefaultProviderClient.create({ egress });
  });

  afterEach(async () => {
    await server.stop();
  });

  const context = (
    { token, ...auth }: AuthInput & { token: object },
    rest = {},
  ) =>
    providerContext(
      {
        clientAuthentication: 'none',
        token: { url: `${server.url}/token`, ...token },
        ...auth,
      },
      rest,
    );
  const decoded = () =>
    Buffer.from(
      server.last.headers.authorization!.replace(/^Basic /, ''),
      'base64',
    ).toString('utf8');
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => error as OAuthExchangeError,
    );

  it('sends an assertion as the bearer token of a GitHub App, and not again in the body', async () => {
    server.behave(
      json(
        {
          token: 'ghs_installation',
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          permissions: { contents: 'read' },
        },
        201,
      ),
    );
    const tokens = await client.requestToken(
      context(
        {
          grantType: 'jwt_bearer',
          clientId: undefined,
          token: {
            url: `${server.url}/app/installations/{{instance.id}}/access_tokens`,
            authorization: 'Bearer {{assertion}}',
            grantType: '',
            headers: { Accept: 'application/vnd.github+json' },
          },
          assertion: { key: KEY, issuer: '12345', audience: '' },
          response: { accessToken: 'token', expiresAt: 'expires_at' },
        },
        { instance: { id: '77' } },
      ),
    );
    expect(tokens.accessToken).toBe('ghs_installation');
    expect(tokens.expiresAt! - Date.now()).toBeGreaterThan(3_500_000);
    const { headers, form, path } = server.last;
    expect(path).toBe('/app/installations/77/access_tokens');
    expect([...form.keys()]).toEqual([]);
    const [scheme, jwt] = headers.authorization!.split(' ');
    expect(scheme).toBe('Bearer');
    const { payload } = await jwtVerify(jwt, publicKey);
    expect(payload).toMatchObject({ iss: '12345' });
  });

  it('sends Basic with other values than the ID and secret of the client', async () => {
    await client.requestToken(
      context(
        {
          grantType: 'client_credentials',
          token: {
            basic: {
              username: '{{instance.account}}/token',
              password: '{{clientSecret}}',
            },
          },
        },
        { instance: { account: 'jürgen' } },
      ),
    );
    expect(decoded()).toBe('jürgen/token:client-secret');
    expect(Object.fromEntries(server.last.form)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
    });
  });

  it('sends the user of the password grant in the header only', async () => {
    await client.requestToken(
      context({
        ...{ grantType: 'password', username: 'jane', password: 'pass word' },
        token: {
          basic: { username: '{{username}}', password: '{{password}}' },
        },
      }),
    );
    expect(decoded()).toBe('jane:pass word');
    expect(Object.fromEntries(server.last.form)).toEqual({
      grant_type: 'password',
      client_id: 'client',
    });
  });

  it('sends code and verifier, and in a refresh the refresh token', async () => {
    const given = (authorization: string) =>
      context({ grantType: 'authorization_code', token: { authorization } });
    await client.exchangeCode(given('Code {{code}}.{{codeVerifier}}'), {
      code: 'the-code',
      codeVerifier: VERIFIER,
    });
    expect(server.last.headers.authorization).toBe(`Code the-code.${VERIFIER}`);
    expect(server.last.form.has('code')).toBe(false);
    await client.refresh(given('Refresh {{refreshToken}}'), {
      refreshToken: 'rt1',
    });
    expect(server.last.headers.authorization).toBe('Refresh rt1');
    expect(server.last.form.has('refresh_token')).toBe(false);
  });

  it('sends JSON of any shape in place of all parameters', async () => {
    await client.requestToken(
      context(
        {
          grantType: 'client_credentials',
          scopes: ['read', 'write'],
          token: {
            body: {
              auth: {
                app: ['{{clientId}}', '{{clientSecret}}'],
                tenant: '{{instance.tenant}}',
                scope: '{{scopes}}',
              },
              version: 2,
              long: true,
            },
          },
        },
        { instance: { tenant: 'a"b' } },
      ),
    );
    expect(server.last.headers['content-type']).toBe('application/json');
    expect(JSON.parse(server.last.body)).toEqual({
      auth: {
        app: ['client', 'client-secret'],
        tenant: 'a"b',
        scope: 'read write',
      },
      version: 2,
      long: true,
    });
  });

  it('sends code and verifier in the body, and a refresh as JSON or with a body of its own', async () => {
    const given = (refresh = {}) =>
      context({
        grantType: 'authorization_code',
        token: { body: { grant: { c: '{{code}}', v: '{{codeVerifier}}' } } },
        refresh,
      });
    const sent = () => JSON.parse(server.last.body);
    await client.exchangeCode(given(), { code: 'c1', codeVerifier: VERIFIER });
    expect(sent()).toEqual({ grant: { c: 'c1', v: VERIFIER } });
    await client.refresh(given(), { refreshToken: 'rt1' });
    expect(sent()).toEqual({
      ...{ grant_type: 'refresh_token', refresh_token: 'rt1' },
      client_id: 'client',
    });
    const body = { renew: ['{{refreshToken}}', '{{token.accessToken}}'] };
    await client.refresh(given({ body }), {
      refreshToken: 'rt1',
      accessToken: 'at1',
    });
    expect(sent()).toEqual({ renew: ['rt1', 'at1'] });
  });

  it('threats 3: repeats nothing of the body when the provider echoes it', async () => {
    server.behave((response, { body }) =>
      json({ error: 'bad', error_description: body }, 400)(
        response,
        server.last,
      ),
    );
    const error = await failure(
      client.requestToken(
        context({
          ...{
            grantType: 'password',
            username: 'jane',
            password: 'open"sesame',
          },
          token: { body: { login: ['{{username}}', '{{password}}'] } },
        }),
      ),
    );
    expect(JSON.stringify(error!.diagnosis)).not.toContain('sesame');
  });

  it('fills credentials in nowhere else', async () => {
    for (const token of [
      { params: { secret: '{{clientSecret}}' } },
      { headers: { 'X-Secret': '{{clientSecret}}' } },
      { query: { secret: '{{clientSecret}}' } },
      { url: `${server.url}/{{clientSecret}}` },
    ]) {
      const error = await failure(
        client.requestToken(
          context({ grantType: 'client_credentials', token }),
        ),
      );
      expect(error!.diagnosis.cause).toMatch(
        /\{\{clientSecret\}\} is unknown here .* Correct or remove it/,
      );
    }
    expect(server.requests).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a colon',
      { basic: { username: '{{instance.user}}' } },
      /Remove the colon/,
    ],
    [
      'a line break',
      { authorization: 'Key {{instance.broken}}' },
      /Remove line breaks/,
    ],
    ['an absent value', { authorization: 'Key {{password}}' }, /unknown here/],
  ])('refuses %s and sends nothing', async (_, token, cause) => {
    const error = await failure(
      client.requestToken(
        context(
          { grantType: 'client_credentials', token },
          { instance: { user: 'a:b', broken: 'a\nb' } },
        ),
      ),
    );
    expect(error!.diagnosis.cause).toMatch(cause);
    expect(server.requests).toEqual([]);
  });

  it.each([
    { authorization: 'Key {{instance.part}}-{{clientSecret}}' },
    { basic: { username: 'robot', password: '{{instance.part}}-x-y' } },
  ])(
    'threats 3: repeats nothing of the header %j when the provider echoes it',
    async token => {
      server.behave((response, { headers }) => {
        const sent = headers.authorization!;
        const [, value] = sent.split(' ');
        const plain = Buffer.from(value, 'base64').toString('utf8');
        const error_description = `Wrong: ${sent} (${value}, ${plain})`;
        json({ error: 'invalid_client', error_description }, 401)(
          response,
          server.last,
        );
      });
      const error = await failure(
        client.requestToken(
          context(
            { grantType: 'client_credentials', token },
            { instance: { part: 'sesame-open' } },
          ),
        ),
      );
      const shown = JSON.stringify(error!.diagnosis);
      expect(shown).toContain('Wrong');
      expect(shown).not.toContain('sesame');
      expect(shown).not.toContain(
        server.last.headers.authorization!.split(' ')[1],
      );
    },
  );
});
