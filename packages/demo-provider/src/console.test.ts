import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { DemoPerson } from './DemoPerson';
import type { DemoProviderOptions } from './DemoProviderOptions';
import { TestClient } from './__testUtils__/TestClient';

describe('the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-provider-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let provider: DemoProvider | undefined;
  afterEach(async () => {
    await provider?.close();
    provider = undefined;
  });

  async function start(options: DemoProviderOptions = {}) {
    provider = await createDemoProvider(options);
    return provider;
  }

  async function page({ url }: DemoProvider) {
    const response = await fetch(`${url}/console`);
    return { status: response.status, html: await response.text() };
  }

  function save(
    { url }: DemoProvider,
    redirectUris: string,
    headers: Record<string, string> = { origin: url },
  ) {
    return fetch(`${url}/console`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ client: 'demo-web', redirectUris }),
    });
  }

  it('shows what a client needs: tenant, IDs, secrets, API key, and redirect URIs', async () => {
    const { html } = await page(await start());
    for (const text of [
      '<code>acme</code>',
      '<code>demo-only-api-key</code>',
      '<code>demo-web</code>',
      '<code>demo-only-web-secret</code>',
      '<code>demo-machine</code>',
      '<code>demo-only-machine-secret</code>',
      'http://localhost:7007/api/datasource-auth/oauth/callback',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('changes the redirect URIs of a client, also after a restart', async () => {
    const storeFile = join(folder, 'provider.json');
    const before = await start({ storeFile });
    const { redirectUri } = TestClient.of(before, 'demo-web');
    expect((await save(before, 'http://wrong.example/')).status).toBe(200);
    await before.close();

    const after = await start({ storeFile });
    const authorize = () =>
      new DemoPerson().authorize(
        TestClient.of(after, 'demo-web').authorizationUrl({
          scope: 'read offline_access',
          code_challenge: 'a'.repeat(43),
          code_challenge_method: 'S256',
        }),
      );
    await expect(authorize()).rejects.toThrow('redirect_uri');
    await save(after, `http://other.example/\n${redirectUri}\n`);
    expect((await authorize()).callback.href).toContain(redirectUri);
  });

  it('keeps the redirect URIs if a new one is no URL', async () => {
    const running = await start();
    const response = await save(running, 'backstage');
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Not an absolute HTTP(S) URL');
    expect((await page(running)).html).toContain('/oauth/callback');
  });

  it('changes nothing for another site', async () => {
    const running = await start();
    const others: Record<string, string>[] = [
      {},
      { origin: 'http://evil.example' },
    ];
    for (const headers of others) {
      const response = await save(running, 'http://evil.example/', headers);
      expect(response.status).toBe(403);
    }
    expect((await page(running)).html).not.toContain('evil');
  });

  it('exists only under its own address, on this machine', async () => {
    const { port } = await start();
    const other = await fetch(`http://127.0.0.1:${port}/console`);
    expect(other.status).toBe(404);
    await provider?.close();
    expect((await page(await start({ host: '127.0.0.1' }))).status).toBe(404);
  });
});
