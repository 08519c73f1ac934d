import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './instanceTest';

/** Bytes, compressed as a server sends them. */
const AT_MOST = 120_000;

/**
 * The views of someone who manages datasources, with text that identifies them. Pages for other people and the tab
 * People load their own code.
 */
const VIEWS: Array<[path: string, heading: string]> = [
  ['', 'Datasources'],
  ['/new', 'New datasource'],
  ['/new/blank', 'General'],
  ['/new/openapi', 'Import from OpenAPI'],
  ['/declared', 'Declared'],
  ['/declared/configuration', 'Declared'],
  ['/admin', 'Setup health'],
];

/** Collects the URLs of the code that a page loads. A body can be gone when the page navigates, so it is read later. */
function watchCode(page: Page): Set<string> {
  const code = new Set<string>();
  page.on('response', response => {
    if (new URL(response.url()).pathname.endsWith('.js')) {
      code.add(response.url());
    }
  });
  return code;
}

test('the page adds less than 120 kB to what Backstage has loaded already', async ({
  page,
  instance,
}) => {
  const code = watchCode(page);
  await page.goto(`${instance.appUrl}/`);
  await expect(page.getByRole('table').first()).toBeVisible();
  // The heading appears before the template code is loaded.
  await expect(async () => {
    await page.goto(`${instance.appUrl}/create`);
    await expect(page.getByText('Add a thing').first()).toBeVisible();
  }).toPass();
  await page.waitForLoadState('networkidle');
  const before = new Set(code);

  for (const [path, heading] of VIEWS) {
    await page.goto(`${instance.appUrl}/datasource-auth${path}`);
    await expect(
      page.getByRole('heading', { name: heading }).first(),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
  }

  let whole = 0;
  const parts: string[] = [];
  for (const url of code) {
    if (before.has(url)) continue;
    const response = await page.request.get(url, { maxRetries: 2 });
    expect(response.ok()).toBe(true);
    const { length } = gzipSync(await response.body());
    whole += length;
    parts.push(`${new URL(url).pathname}: ${length} bytes`);
  }
  // Zero would mean that every page loads the code.
  expect(parts).not.toEqual([]);
  expect(whole, parts.join('\n')).toBeLessThan(AT_MOST);
  test.info().annotations.push({ type: 'bytes', description: String(whole) });
});
