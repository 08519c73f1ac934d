import type { Page } from '@playwright/test';
import { axeFaults } from './axe';
import { expect, test } from './viewTest';
import { allViews, viewGroups } from './views';

// Each test takes long, and starts from nothing: workers share them.
test.describe.configure({ mode: 'parallel' });

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

/** Waits until the page has these colors, and nothing moves or fades any more. */
async function settled(page: Page, colors: 'light' | 'dark') {
  await page
    .locator(`body[data-theme-mode=${colors}]`)
    .waitFor({ state: 'attached' });
  await page.evaluate(atRest);
}

/** Waits for all finite animations. One that ends can start another. */
async function atRest() {
  for (;;) {
    const running = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' &&
          effect?.getComputedTiming().iterations !== Infinity,
      );
    if (running.length === 0) return;
    // An animation whose element disappears is canceled.
    await Promise.allSettled(running.map(({ finished }) => finished));
  }
}

/** Returns the faults of a view in its colors. */
async function faults(page: Page, values: string[], type: 'tag' | 'rule') {
  return axeFaults(page, { exclude: NOT_OURS }, { type, values });
}

function beyondTheEdge(): string[] {
  const root = document.scrollingElement!;
  // A dialog or menu that is too wide doesn't widen the page.
  const over = document.querySelectorAll('[role=dialog] *, [role=menu] *');
  const page =
    root.scrollWidth > root.clientWidth
      ? document.querySelectorAll('main *, article *')
      : [];
  return [...over, ...page]
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
    .poll(() => page.evaluate(beyondTheEdge))
    .toEqual([])
    .then(() => [])
    .catch(() => page.evaluate(beyondTheEdge));
  await page.setViewportSize({ width, height });
  return found.map(what => `${name}: wider than 320: ${what}`);
}

for (const [group, views] of Object.entries(viewGroups)) {
  test(`${group} have no axe violations, and fit into 320 pixels`, async ({
    view,
  }) => {
    test.setTimeout(600_000);
    const { page } = view;
    const found: string[] = [];
    for (const { name, reach } of views) {
      await test.step(name, async () => {
        await reach(view);
        await settled(page, 'light');
        const inTheLight = await faults(page, TAGS, 'tag');
        found.push(...inTheLight.map(fault => `${name}: ${fault}`));
        found.push(...(await tooWide(page, name)));
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
    expect(found).toEqual([]);
  });

  const dark = views.filter(({ name }) => IN_THE_DARK.test(name));
  if (dark.length === 0) continue;
  test(`${group} have enough contrast in the dark`, async ({ view }) => {
    test.setTimeout(600_000);
    const { page } = view;
    // Before a view is reached: Backstage renders the app from nothing when the colors change.
    await page.emulateMedia({ colorScheme: 'dark' });
    const found: string[] = [];
    for (const { name, reach } of dark) {
      await test.step(name, async () => {
        await reach(view);
        await settled(page, 'dark');
        const inTheDark = await faults(page, COLOR_RULES, 'rule');
        found.push(...inTheDark.map(fault => `${name}: ${fault}`));
        await page.unrouteAll({ behavior: 'ignoreErrors' });
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
