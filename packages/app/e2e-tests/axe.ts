import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/**
 * Empty elements over the text of Material UI's buttons and fields. Under them, axe-core can't tell the background, and
 * reports no contrast.
 */
const OVERLAYS =
  '[class*=MuiTouchRipple-root], [class*=MuiOutlinedInput-notchedOutline]';

/**
 * Returns the faults that axe-core finds in a page without frames. Loads axe-core once into each document, because
 * sending and parsing its 650 kB takes longer than running its rules.
 *
 * @param where - selectors of what to check, or of what not to check
 */
export async function axeFaults(
  page: Page,
  where: { include: string[] } | { exclude: string[] },
  runOnly?: RunOptions['runOnly'],
): Promise<string[]> {
  if (!(await page.evaluate(() => Boolean(window.axe)))) {
    await page.evaluate(axe.source);
    await page.addStyleTag({ content: `${OVERLAYS} { display: none }` });
  }
  return page.evaluate(
    async ({ context, options }) => {
      const { violations } = await window.axe!.run(context, options);
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
            .join(' | ')}`,
      );
    },
    {
      context: where,
      options: { runOnly, resultTypes: ['violations' as const] },
    },
  );
}
