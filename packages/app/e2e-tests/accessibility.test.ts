import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './viewTest';
import { allViews, viewGroups } from './views';

/** Tags of the rules for a view. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules that depend on colors. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** Excludes Backstage's own frame, which this plugin can't change: the sidebar, and the header above the content. */
const NOT_OURS = ['nav[aria-label="sidebar nav"]', '[class*="PluginHeader"]'];

/** Views that together show every color. */
const IN_THE_DARK =
  /^(list(-session-ended)?|gallery(-.*)?|connect-.*|connections(-.*)?|health|not-found|openapi-[34].*|panel-.*|detail-.*|(clear|delete|request|authorized)-.*)$|errors|conflict|issuer|refused/;

/** Views with a progress indicator. */
const WAITING = /^(list-loading|panel-3-waiting|connections-waiting)$/;

/** Animations without an end. */
function endlessMotion(): string[] {
  return document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations === Infinity)
    .map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML ?? '');
}

function axe(page: Page): AxeBuilder {
  return NOT_OURS.reduce(
    (builder, selector) => builder.exclude(selector),
    // The page has no frames. Otherwise each analysis opens another browser page.
    new AxeBuilder({ page }).setLegacyMode(),
  );
}

async function faults(builder: AxeBuilder, name: string): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${name}: ${id}: ${nodes
        .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
        .join(' | ')}`,
  );
}

/** The colors of the same view in dark mode, which follows the system while Backstage is open. */
async function faultsInTheDark(page: Page, name: string): Promise<string[]> {
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const inTheLight = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(inTheLight);
  await settled(page);
  const found = await faults(
    axe(page).withRules(COLOR_RULES),
    `${name} in the dark`,
  );
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).toBe(inTheLight);
  return found;
}

/** Waits until no color fades any more. */
async function settled(page: Page) {
  await expect.poll(() => page.evaluate(motionLeft)).toBe(0);
}

/** Returns the number of finite animations. */
function motionLeft(): number {
  return document
    .getAnimations()
    .filter(
      ({ effect, playState }) =>
        playState === 'running' &&
        effect?.getComputedTiming().iterations !== Infinity,
    ).length;
}

function beyondTheEdge(): string[] {
  const root = document.scrollingElement!;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('main *, article *')]
    .filter(
      element =>
        element.getBoundingClientRect().right > root.clientWidth &&
        element.childElementCount === 0,
    )
    .map(element => element.outerHTML.slice(0, 200));
}

/** Returns elements that are wider than 320 pixels, without Backstage's sidebar. */
async function tooWide(page: Page, name: string): Promise<string[]> {
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 720 });
  const found = await expect
    .poll(() => page.evaluate(beyondTheEdge), { timeout: 3_000 })
    .toEqual([])
    .then(() => [])
    .catch(() => page.evaluate(beyondTheEdge));
  await page.setViewportSize({ width, height });
  return found.map(what => `${name}: wider than 320: ${what}`);
}

for (const [group, views] of Object.entries(viewGroups)) {
  test(`${group} have no axe violations in light and dark colors, and fit into 320 pixels`, async ({
    view,
  }) => {
    test.setTimeout(600_000);
    const found: string[] = [];
    for (const { name, reach } of views) {
      await test.step(name, async () => {
        await reach(view);
        await settled(view.page);
        found.push(...(await faults(axe(view.page).withTags(TAGS), name)));
        found.push(...(await tooWide(view.page, name)));
        if (IN_THE_DARK.test(name)) {
          found.push(...(await faultsInTheDark(view.page, name)));
        }
        await view.page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
    expect(found).toEqual([]);
  });
}

test('no animation repeats endlessly with reduced motion', async ({ view }) => {
  const waiting = allViews.filter(({ name }) => WAITING.test(name));
  expect(waiting).toHaveLength(3);
  const { page } = view;
  for (const { name, reach } of waiting) {
    await test.step(name, async () => {
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      await reach(view);
      expect(await page.evaluate(endlessMotion)).not.toEqual([]);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await page.evaluate(endlessMotion)).toEqual([]);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  }
});
