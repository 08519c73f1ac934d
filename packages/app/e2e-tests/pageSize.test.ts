import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './instanceTest';

/** Bytes, compressed as a server sends them. */
const AT_MOST = 120_000;

/** Every view that is loaded by itself, and what each is recognized by. */
const VIEWS: Array<[path: string, heading: string]> = [
  ['', 'Datasources'],
  ['/new', 'New datasource'],
  ['/new/blank', 'General'],
  ['/new/gallery', 'Choose a provider'],
  ['/new/openapi', 'Import from OpenAPI'],
  ['/declared', 'Declared'],
  ['/declared/configuration', 'Declared'],
  ['/admin', 'Setup health'],
];

/** Keeps the code that a page loads, by its address. */
function watchCode(page: Page): Map<string, Promise<Buffer>> {
  const code = new Map<string, Promise<Buffer>>();
  page.on('response', response => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) code.set(pathname, response.body());
  });
  return code;
}

test('all that the page brings beyond what Backstage has loaded already is less than 120 kB', async ({
  page,
  instance,
}) => {
  const code = watchCode(page);
  await page.goto(`${instance.appUrl}/`);
  await expect(page.getByRole('table').first()).toBeVisible();
  // The heading alone comes before what that page loads for its templates.
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
  // Nothing at all would mean that the page is loaded by everybody.
  expect(parts).not.toEqual([]);
  expect(whole, parts.join('\n')).toBeLessThan(AT_MOST);
  test.info().annotations.push({ type: 'bytes', description: String(whole) });
});
