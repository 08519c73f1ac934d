import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { DemoPerson } from './DemoPerson';
import { TestClient } from './__testUtils__/TestClient';

describe('the tenant of the demo provider', () => {
  let provider: DemoProvider;
  let machine: TestClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    machine = TestClient.of(provider, 'demo-machine');
  });
  afterAll(() => provider.close());

  it('has its own token endpoint and API', async () => {
    const response = await machine.post('/tenants/acme/token', {
      grant_type: 'client_credentials',
      scope: 'read',
    });
    const { access_token: token } = await response.json();
    expect(await machine.api(token, '/tenants/acme/api/me')).toMatchObject({
      status: 200,
      body: { client: 'demo-machine' },
    });
  });

  it('has its own authorization endpoint', async () => {
    const web = TestClient.of(provider, 'demo-web');
    const url = web
      .authorizationUrl({
        scope: 'read offline_access',
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
      })
      .replace('/authorize', '/tenants/acme/authorize');
    const { callback } = await new DemoPerson().authorize(url);
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('is the only one: another is an error, as JSON or as a page', async () => {
    const { status, body } = await machine.api('any', '/tenants/other/api/me');
    expect({ status, body }).toEqual({
      status: 404,
      body: {
        error: 'tenant_not_found',
        error_description: "Tenant 'other' not found",
      },
    });
    await expect(
      new DemoPerson().authorize(`${provider.url}/tenants/other/authorize`),
    ).rejects.toThrow("Tenant 'other' not found");
  });
});
