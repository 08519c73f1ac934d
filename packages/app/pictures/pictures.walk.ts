import { join } from 'node:path';
import { test } from '../e2e-tests/viewTest';
import { allViews } from '../e2e-tests/views';

/** Folder of the pictures; git-ignored. */
const FOLDER = join(__dirname, '../../../.pictures');

const LOOKS = [
  { look: 'light', colorScheme: 'light', width: 1280, height: 800 },
  { look: 'dark', colorScheme: 'dark', width: 1280, height: 800 },
  { look: 'narrow', colorScheme: 'light', width: 320, height: 720 },
] as const;

/** Parts of the names of wanted views: `make pictures VIEWS=list,detail`. */
const WANTED = (process.env.PICTURES ?? '').split(',');

/** Longer than any animation of the page. Milliseconds. */
const AT_REST = 400;

for (const { look, colorScheme, width, height } of LOOKS) {
  test(`takes a picture of every view, ${look}`, async ({ view }) => {
    test.setTimeout(900_000);
    const { page } = view;
    // Backstage reloads when the colors change.
    await page.emulateMedia({ colorScheme });
    for (const { name, reach } of allViews) {
      if (!WANTED.some(part => name.includes(part))) continue;
      await test.step(name, async () => {
        await page.setViewportSize({ width, height });
        await reach(view);
        await page.waitForTimeout(AT_REST);
        // Sticky elements would be in the middle of a picture that is larger than the window.
        const whole = await page.evaluate(() =>
          Math.max(
            window.innerHeight,
            ...[...document.querySelectorAll('#root *')].map(
              element => element.scrollHeight,
            ),
          ),
        );
        await page.setViewportSize({ width, height: whole });
        await page.waitForTimeout(AT_REST);
        await page.screenshot({ path: join(FOLDER, `${name}-${look}.png`) });
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
  });
}
