import { defineConfig, type Project as AnyProject } from '@playwright/test';
import type { Sites } from './packages/app/e2e-tests/DemoInstance';

type Project = AnyProject<object, { sites: Sites }>;

/** Looks at what a real backend writes, and needs no page. */
const CANARY = 'leakCanary.test.ts';

/** What does not depend on how many sites there are. */
const ONCE = [
  'accessibility.test.ts',
  'apiEntity.test.ts',
  'browserTraces.test.ts',
  'connect.test.ts',
  'delegatedAuthorization.test.ts',
  'deleting.test.ts',
  'editing.test.ts',
  'gallery.test.ts',
  'keyboard.test.ts',
  'myConnections.test.ts',
  'otherGrants.test.ts',
  'pageSize.test.ts',
  'phone.test.ts',
];

const TESTS: Project[] = [
  // First, because it is one long test: at the end, the other workers would wait for it.
  { name: 'what is written', testMatch: CANARY },
  { name: 'one site', testIgnore: CANARY, use: { sites: 'one' } },
  {
    name: 'three sites',
    testIgnore: [CANARY, ...ONCE],
    use: { sites: 'three' },
  },
];

/** `make pictures`: a walk through every view. */
const PICTURES: Project = {
  name: 'pictures',
  testDir: 'packages/app/pictures',
  testMatch: '*.walk.ts',
  use: { sites: 'one' },
};

/** `make tutorial`: the pictures of docs/tutorial.md, taken beside a running `make demo`. */
const TUTORIAL: Project = {
  name: 'tutorial',
  testDir: 'packages/app/pictures',
  testMatch: '*.demo.ts',
};

const PROJECTS: Record<string, Project[]> = {
  pictures: [PICTURES],
  tutorial: [TUTORIAL],
};

/*
 * Each worker starts a Backstage and a demo provider of its own (packages/app/e2e-tests/DemoInstance.ts), so nothing has
 * to run before. `make test` says in CHROMIUM_PATH which browser to use.
 */
export default defineConfig<object, { sites: Sites }>({
  testDir: 'packages/app/e2e-tests',
  testMatch: '*.test.ts',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  // Browsers keep two cores busy; with a third one, the same tests took a tenth longer.
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
    // Loading the app costs a new browser context four times as much as one that has its compiled code. Playwright
    // clears cookies, storage, routes and pages between tests.
    reuseContext: true,
    screenshot: 'only-on-failure',
    // Recording a trace takes half of the processor time: add `--trace on` to find out why a test fails.
    trace: 'off',
    // Without it, a button that doesn't exist is waited for until the whole test times out.
    actionTimeout: 60_000,
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
  projects: PROJECTS[process.env.WALK ?? ''] ?? TESTS,
});
