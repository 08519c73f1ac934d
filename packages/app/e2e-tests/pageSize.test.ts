import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './instanceTest';

/** Bytes, compressed as a server sends them. */
const AT_MOST = 120_000;

/** Every view that loads separately, with text that identifies it. */
const VIEWS: Array<[path: string, heading: string]> = [
  ['', 'Datasources'],
  ['/new', 'New datasource'],
  ['/new/blank', 'General'],
  ['/new/openapi', 'Import from OpenAPI'],
  ['/declared', 'Declared'],
  ['/declared/configuration', 'Declared'],
  ['/admin', 'Setup health'],
];

/** Collects the code that a page loads, by URL. */
function watchCode(page: Page): Map<string, Promise<Buffer>> {
  const code = new Map<string, Promise<Buffer>>();
  page.on('response', response => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) code.set(pathname, response.body());
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
  const before = new Set(code.keys());

  for (const [path, heading] of VIEWS) {
    await page.goto(`${instance.appUrl}/datasource-auth${path}`);
    await expect(
      page.getByRole('heading', { name: heading }).first(),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
  }

  let whole = 0;
  const parts: string[] = [];
  for (const [file, body] of code) {
    if (before.has(file)) continue;
    const { length } = gzipSync(await body);
    whole += length;
    parts.push(`${file}: ${length} bytes`);
  }
  // Zero would mean that every page loads the code.
  expect(parts).not.toEqual([]);
  expect(whole, parts.join('\n')).toBeLessThan(AT_MOST);
  test.info().annotations.push({ type: 'bytes', description: String(whole) });
});
