import { test as base } from '@playwright/test';
import { DemoInstance, Sites } from './DemoInstance';

/** Longer than the ten seconds without a second refresh, and short enough to wait for. */
export const ACCESS_TOKEN_SECONDS = 12;

/** Playwright's test with a {@link DemoInstance} shared by the tests of a worker; the project chooses its sites. */
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
