import { DemoDatasources } from './DemoDatasources';
import { test as base } from './instanceTest';
import { datasourcesToView, type ViewContext } from './views';

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
    // Input in one view is discarded for the next one.
    page.on('dialog', dialog => dialog.accept());
    await provide({
      page,
      instance,
      datasources,
      open: async path => {
        const url = new URL(`${instance.appUrl}/datasource-auth${path}`);
        const here = new URL(page.url());
        // Loading the app takes longer than everything else. An editor would ask for confirmation when it
        // closes.
        if (
          here.origin !== url.origin ||
          here.pathname === url.pathname ||
          /\/(edit|blank|connect|gallery\/.*)$/.test(here.pathname)
        ) {
          await page.goto(url.href);
          return;
        }
        await page.evaluate(to => {
          window.history.pushState({ idx: 0 }, '', to);
          window.dispatchEvent(new PopStateEvent('popstate', {}));
        }, url.href);
      },
    });
  },
});

export { expect } from './instanceTest';
