import { DemoDatasources } from './DemoDatasources';
import { expect, test as base } from './instanceTest';
import { datasourcesToView, type ViewContext } from './views';

/** A path without a page. */
const NOWHERE = '/nowhere';

/** Goes to another page of the app. */
function navigate(to: string) {
  window.history.pushState(null, '', to);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** A test with a Backstage that has a datasource of each state, and a way to open each view. */
export const test = base.extend<
  { view: ViewContext },
  { datasources: DemoDatasources }
>({
  datasources: [
    async ({ instance }, use) => {
      const datasources = DemoDatasources.of(instance);
      await datasourcesToView({ instance, datasources });
      await use(datasources);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  view: async ({ page, instance, datasources }, provide) => {
    await provide({
      page,
      instance,
      datasources,
      open: async path => {
        const url = `${instance.appUrl}/datasource-auth${path}`;
        if (new URL(page.url()).origin !== instance.appUrl) {
          await page.goto(url);
          return;
        }
        // Loading the app takes longer than everything else. So each view starts from nothing by leaving the page of the
        // previous one, as with the back button.
        await page.evaluate(navigate, NOWHERE);
        await expect(page.getByText(/^ERROR 404/)).toBeVisible();
        // Nothing is under the pointer there.
        await page.mouse.move(page.viewportSize()!.width - 1, 0);
        await page.evaluate(navigate, url);
      },
    });
  },
});

export { expect } from './instanceTest';
