import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoProvider } from './createDemoProvider';
import { TestClient } from './__testUtils__/TestClient';

describe('createDemoProvider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-provider-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps its grants across a restart if it has a file', async () => {
    const storeFile = join(folder, 'provider.json');
    const before = await createDemoProvider({ storeFile });
    const { body } = await TestClient.of(before, 'demo-web').authorize();
    await before.close();

    const after = await createDemoProvider({ storeFile });
    const answer = await TestClient.of(after, 'demo-web').refresh(
      body.refresh_token,
    );
    await after.close();
    expect(answer.status).toBe(200);
  });

  it('says if its port is in use', async () => {
    const first = await createDemoProvider();
    await expect(createDemoProvider({ port: first.port })).rejects.toThrow(
      'EADDRINUSE',
    );
    await first.close();
  });

  it('accepts any host name', async () => {
    const provider = await createDemoProvider({
      issuer: 'http://provider.test:9400',
    });
    const response = await fetch(
      `${provider.url}/.well-known/openid-configuration`,
    );
    await provider.close();
    expect((await response.json()).issuer).toBe('http://provider.test:9400');
  });

  it('serves a program that listens on 127.0.0.1 or localhost', async () => {
    const provider = await createDemoProvider();
    for (const host of ['127.0.0.1', 'localhost']) {
      const response = await fetch(`http://${host}:${provider.port}/stats`);
      expect(response.status).toBe(200);
    }
    await provider.close();
  });
});
