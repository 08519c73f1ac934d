import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { demoAccounts } from './demoAccounts';
import { DemoPerson } from './DemoPerson';
import { TestClient } from './__testUtils__/TestClient';

describe('the authorization code grant', () => {
  let provider: DemoProvider;
  let client: TestClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    client = TestClient.of(provider, 'demo-web');
  });
  afterAll(() => provider.close());

  it('shows a user one sign-in page and one consent page', async () => {
    const { pages, callback, body } = await client.authorize();

    expect(pages).toEqual(['Sign in', 'Allow Backstage (demo)?']);
    expect(callback.searchParams.get('iss')).toBe(provider.issuer);
    expect(callback.searchParams.get('state')).toBe('some-state');
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 120,
      scope: 'read offline_access',
      refresh_token: expect.any(String),
    });
    expect((await client.api(body.access_token)).body).toMatchObject({
      client: 'demo-web',
      account: 'jane',
    });
  });

  it('asks a signed-in user only for consent', async () => {
    const person = new DemoPerson();
    await client.authorize({ person });
    const { pages, body } = await client.authorize({ person });

    expect(pages).toEqual(['Allow Backstage (demo)?']);
    expect(body.refresh_token).toEqual(expect.any(String));
  });

  it('tells the client if the user denies', async () => {
    const url = client.authorizationUrl({
      scope: 'read',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const { callback } = await new DemoPerson().authorize(url, {
      deny: true,
    });
    expect(callback.searchParams.get('error')).toBe('access_denied');
  });

  it('grants only the scopes that the user left checked', async () => {
    const url = client.authorizationUrl({
      scope: 'read write',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const { callback } = await new DemoPerson().authorize(url, {
      scopes: ['read'],
    });
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('rejects a wrong password', async () => {
    const stranger = new DemoPerson({ ...demoAccounts[0], password: 'no' });
    await expect(client.authorize({ person: stranger })).rejects.toThrow(
      'Wrong username or password',
    );
  });

  it('requires PKCE (RFC 7636) and a registered redirect URI', async () => {
    const withoutPkce = await new DemoPerson().authorize(
      client.authorizationUrl({ scope: 'read' }),
    );
    expect(withoutPkce.callback.searchParams.get('error')).toBe(
      'invalid_request',
    );

    await expect(
      new DemoPerson().authorize(
        client.authorizationUrl({
          scope: 'read',
          redirect_uri: 'http://localhost:7007/elsewhere',
        }),
      ),
    ).rejects.toThrow('redirect_uri did not match');
  });

  it('accepts the authorization request by POST too', async () => {
    const [endpoint, query] = client
      .authorizationUrl({ scope: 'read' })
      .split('?');
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(query),
      redirect: 'manual',
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/authorize?${query}`);
  });

  it('publishes its endpoints and iss (RFC 8414, RFC 9207)', async () => {
    const response = await fetch(
      `${provider.url}/.well-known/oauth-authorization-server`,
    );
    expect(await response.json()).toMatchObject({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.url}/authorize`,
      token_endpoint: `${provider.url}/token`,
      revocation_endpoint: `${provider.url}/revoke`,
      introspection_endpoint: `${provider.url}/introspect`,
      authorization_response_iss_parameter_supported: true,
      grant_types_supported: expect.arrayContaining([
        'authorization_code',
        'client_credentials',
        'password',
        'refresh_token',
      ]),
    });
  });
});
