import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { TestClient } from './__testUtils__/TestClient';

/** threats.md 19: by default, `oidc-provider` doesn't rotate at once, and nothing would show it. */
describe('refresh tokens', () => {
  let provider: DemoProvider;
  let client: TestClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    client = TestClient.of(provider, 'demo-web');
  });
  afterAll(() => provider.close());

  it('threats 19: are replaced at each refresh', async () => {
    const before = provider.counts;
    const first = (await client.authorize()).body;
    const second = (await client.refresh(first.refresh_token)).body;
    const third = (await client.refresh(second.refresh_token)).body;

    const refreshTokens = [first, second, third].map(t => t.refresh_token);
    const accessTokens = [first, second, third].map(t => t.access_token);
    expect(new Set(refreshTokens).size).toBe(3);
    expect(new Set(accessTokens).size).toBe(3);
    expect(provider.counts.rotations - before.rotations).toBe(2);
    expect(provider.counts.refreshes - before.refreshes).toBe(2);
  });

  it('threats 19: end their whole family if a used one is sent again', async () => {
    const first = (await client.authorize()).body;
    const second = (await client.refresh(first.refresh_token)).body;
    expect((await client.api(second.access_token)).status).toBe(200);

    const again = await client.refresh(first.refresh_token);
    expect(again.status).toBe(400);
    expect(again.body.error).toBe('invalid_grant');
    expect(provider.counts.reuses).toBe(1);

    const latest = await client.refresh(second.refresh_token);
    expect(latest.body.error).toBe('invalid_grant');
    expect((await client.api(second.access_token)).status).toBe(401);
    expect((await client.api(first.access_token)).status).toBe(401);
  });

  it('work in one of several simultaneous requests, and end the family', async () => {
    const { reuses } = provider.counts;
    const first = (await client.authorize()).body;
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.refresh(first.refresh_token)),
    );

    const granted = answers.filter(({ status }) => status === 200);
    expect(granted.length).toBeLessThanOrEqual(1);
    expect(provider.counts.reuses).toBeGreaterThan(reuses);
    for (const { body } of granted) {
      expect((await client.refresh(body.refresh_token)).status).toBe(400);
      expect((await client.api(body.access_token)).status).toBe(401);
    }
  });

  it('leave the families of other authorizations alone', async () => {
    const one = (await client.authorize()).body;
    const other = (await client.authorize()).body;
    await client.refresh(one.refresh_token);
    await client.refresh(one.refresh_token);

    expect((await client.refresh(other.refresh_token)).status).toBe(200);
  });

  it('can be revoked with all tokens of the grant (RFC 7009)', async () => {
    const { body } = await client.authorize();
    const revocation = await client.post('/revoke', {
      token: body.refresh_token,
    });

    expect(revocation.status).toBe(200);
    expect((await client.refresh(body.refresh_token)).status).toBe(400);
    expect((await client.api(body.access_token)).status).toBe(401);
  });

  it('are issued only for offline_access', async () => {
    const { body } = await client.authorize({ scope: 'read' });
    expect(body.access_token).toBeDefined();
    expect(body.refresh_token).toBeUndefined();
  });
});
