import { defineConfig } from '@playwright/test';
import type { Sites } from './packages/app/e2e-tests/DemoInstance';

/*
 * Each worker starts a Backstage and a demo provider of its own (packages/app/e2e-tests/DemoInstance.ts), so nothing has
 * to run before. `make test` says in CHROMIUM_PATH which browser to use.
 */
/** Looks at what a real backend writes, and needs no page. */
const CANARY = 'leakCanary.test.ts';

export default defineConfig<object, { sites: Sites }>({
  testDir: 'packages/app/e2e-tests',
  testMatch: '*.test.ts',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  fullyParallel: false,
  outputDir: 'test-results',
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ??
          'test-results/results.json',
      },
    ],
  ],
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP *.test 127.0.0.1',
      ],
    },
  },
  projects: [
    { name: 'one site', testIgnore: CANARY, use: { sites: 'one' } },
    { name: 'three sites', testIgnore: CANARY, use: { sites: 'three' } },
    { name: 'what is written', testMatch: CANARY },
  ],
});
