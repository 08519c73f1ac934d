import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { TestClient } from './__testUtils__/TestClient';

describe('the fault switch', () => {
  let provider: DemoProvider;
  let client: TestClient;

  beforeAll(async () => {
    provider = await createDemoProvider({ admin: true, recordIssued: true });
    client = TestClient.of(provider, 'demo-web');
  });
  afterEach(() => provider.setFaults({}));
  afterAll(() => provider.close());

  it('returns a status without doing anything, a given number of times', async () => {
    const { body } = await client.authorize();
    provider.setFaults({ tokenStatus: 503, retryAfter: 7, times: 1 });

    const failed = await client.post('/token', {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
    });
    expect(failed.status).toBe(503);
    expect(failed.headers.get('retry-after')).toBe('7');
    expect((await client.refresh(body.refresh_token)).status).toBe(200);
  });

  it('cuts the response after rotating the token', async () => {
    const { body } = await client.authorize();
    const { rotations } = provider.counts;
    provider.setFaults({ closeMidBody: true, times: 1 });

    await expect(client.refresh(body.refresh_token)).rejects.toThrow();
    expect(provider.counts.rotations).toBe(rotations + 1);
    expect((await client.refresh(body.refresh_token)).status).toBe(400);
  });

  it('hangs before or after doing the work', async () => {
    const { body } = await client.authorize();
    for (const [hangToken, rotated] of [
      ['request', 0],
      ['response', 1],
    ] as const) {
      const { rotations } = provider.counts;
      provider.setFaults({ hangToken, times: 1 });
      const answer = client.refresh(body.refresh_token).catch(() => 'cut');
      while (provider.counts.rotations - rotations < rotated) {
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      const first = await Promise.race([
        answer,
        new Promise(resolve => setTimeout(resolve, 300, 'nothing')),
      ]);
      expect(first).toBe('nothing');
      expect(provider.counts.rotations - rotations).toBe(rotated);
    }
  });

  it('waits', async () => {
    provider.setFaults({ tokenDelayMs: 150, answerDelayMs: 150 });
    const start = Date.now();
    await client.refresh('unknown');
    expect(Date.now() - start).toBeGreaterThanOrEqual(290);
  });

  it('is available over HTTP only if a test enabled it', async () => {
    const put = { method: 'PUT', body: JSON.stringify({ tokenStatus: 500 }) };
    await fetch(`${provider.url}/admin/faults`, put);
    expect((await client.post('/token', {})).status).toBe(500);
    await fetch(`${provider.url}/admin/faults`, { method: 'DELETE' });
    expect((await client.post('/token', {})).status).toBe(400);

    const closed = await createDemoProvider();
    const answer = await fetch(`${closed.url}/admin/faults`, put);
    await closed.close();
    expect(answer.status).toBe(404);
  });

  it('can end all grants at once', async () => {
    const { body } = await client.authorize();
    expect(provider.revokeGrants()).toBeGreaterThan(0);
    expect((await client.refresh(body.refresh_token)).status).toBe(400);
    expect(provider.issued.map(({ value }) => value)).toContain(
      body.refresh_token,
    );
  });
});
