import { test as base } from '@playwright/test';
import { DemoInstance, Sites } from './DemoInstance';

/** Longer than a page needs to save and ask a consumer, and short enough to be waited for. */
const ACCESS_TOKEN_SECONDS = 20;

/** Playwright's test with an {@link DemoInstance} that the tests of a worker share; the project chooses its sites. */
export const test = base.extend<
  { instanceLog: void },
  { sites: Sites; instance: DemoInstance }
>({
  sites: ['one', { option: true, scope: 'worker' }],
  instance: [
    async ({ sites }, use) => {
      const instance = await DemoInstance.start({
        sites,
        accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      });
      await use(instance);
      await instance.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  instanceLog: [
    async ({ instance }, use, testInfo) => {
      await use();
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('backstage.log', {
          body: instance.backstageLog,
          contentType: 'text/plain',
        });
      }
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
