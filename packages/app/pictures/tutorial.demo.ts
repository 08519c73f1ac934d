import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { DEMO_TENANT, demoAccounts } from 'demo-provider';
import { BackstageClient } from 'runner';
import { ConnectPage } from '../e2e-tests/ConnectPage';
import { clientOf } from '../e2e-tests/connectPresets';

/*
 * Walks through docs/tutorial.md at a running `make demo`, and takes its pictures, and those of the README, the quick
 * start, and My connections. They show what readers see, and a step that no longer works fails here.
 */

const DEMO = 'http://localhost:7007';
const FOLDER = join(__dirname, '../../../docs/images');
const TENANT = { 'Tenant ID': DEMO_TENANT };
const [JANE] = demoAccounts;
/** A datasource to which each person connects. */
const PEOPLE = 'demo-people';

/** Longer than any animation of the page. Milliseconds. */
const AT_REST = 500;

const guest = new BackstageClient({ baseUrl: DEMO });

test.use({ viewport: { width: 1280, height: 800 } });
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  for (const name of ['demo-api', 'demo-api-2', 'demo-api-3']) {
    await guest.call(
      'DELETE',
      `/api/datasource-auth/datasources/${name}?force=true`,
    );
  }
});

async function picture(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(AT_REST);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Chooses the demo's provider in the gallery. */
async function openDemo(page: Page): Promise<ConnectPage> {
  await page.goto(`${DEMO}/datasource-auth/new`);
  await page.getByRole('link', { name: 'Demo API', exact: true }).click();
  const connect = ConnectPage.on(page);
  await expect(connect.primary).toBeVisible();
  return connect;
}

/** Shows the whole step, below Backstage's own header. */
async function showStep(connect: ConnectPage) {
  await connect.step.evaluate(step => step.scrollIntoView({ block: 'start' }));
}

/** Allows the sample plugin and saves. */
async function finish(
  page: Page,
  connect: ConnectPage,
  options: { name: string; picture?: string },
) {
  await expect(connect.connected).toBeVisible();
  await connect.step.getByRole('option', { name: 'sample-consumer' }).click();
  if (options.picture) {
    await showStep(connect);
    await picture(page, options.picture);
  }
  await connect.primary.click();
  await expect(page).toHaveURL(`${DEMO}/datasource-auth/${options.name}`);
}

/** Signs in as Jane, up to the question whether to allow the access. */
async function signInAtProvider(window: Page) {
  await window.getByLabel('Username').fill(JANE.username);
  await window.getByLabel('Password').fill(JANE.password);
  await window.getByRole('button', { name: 'Sign in' }).click();
  await expect(window.getByRole('button', { name: 'Allow' })).toBeVisible();
}

test('a person approves', async ({ page }) => {
  await page.goto(`${DEMO}/datasource-auth/new`);
  await expect(
    page.getByRole('link', { name: 'Demo API', exact: true }),
  ).toBeVisible();
  await picture(page, 'tutorial-gallery');

  const connect = await openDemo(page);
  const opened = page.context().waitForEvent('page');
  await connect.step.getByText(/^Open localhost/).click();
  const console = await opened;
  const client = clientOf('authorization_code');
  for (const value of [DEMO_TENANT, ...Object.values(client)]) {
    await expect(console.getByText(value, { exact: true })).toBeVisible();
  }
  await console.close();

  await connect.fill({ ...TENANT, ...client });
  await showStep(connect);
  await picture(page, 'tutorial-values');
  const window = await connect.openProvider();
  await window.setViewportSize({ width: 560, height: 560 });
  await signInAtProvider(window);
  await picture(window, 'tutorial-provider');
  await window.getByRole('button', { name: 'Allow' }).click();
  await finish(page, connect, {
    name: 'demo-api',
    picture: 'tutorial-connected',
  });
});

test('a plugin uses it', async ({ page }) => {
  await expect
    .poll(
      async () => {
        // If an earlier walk left a datasource with this name, the plugin has its token in memory for half a
        // minute.
        expect((await guest.consume('demo-api')).status).toBe(200);
        await page.goto(`${DEMO}/datasource-auth/demo-api/consumers`);
        await expect(page.getByRole('tabpanel')).toContainText(
          'sample-consumer',
        );
        return page.getByRole('tabpanel').innerText();
      },
      // Usage is counted in memory and stored every half minute.
      { timeout: 90_000, intervals: [5_000] },
    )
    .toMatch(/Used [1-9]\d* times?/);
  await picture(page, 'tutorial-consumers');
});

test('Backstage signs in as itself', async ({ page }) => {
  const connect = await openDemo(page);
  await connect.button('An app').click();
  await connect.fill({ ...TENANT, ...clientOf('client_credentials') });
  await connect.primary.click();
  await finish(page, connect, { name: 'demo-api-2', picture: 'tutorial-app' });
});

test('Backstage sends an API key', async ({ page }) => {
  const connect = await openDemo(page);
  await connect.button('API key').click();
  await connect.fill({ ...TENANT, 'X-API-Key': 'demo-only-api-key' });
  await connect.primary.click();
  await finish(page, connect, { name: 'demo-api-3' });
});

test('the list and a datasource', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.goto(`${DEMO}/datasource-auth/demo-api`);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The connection works.').last()).toBeVisible();
  await page.goto(`${DEMO}/datasource-auth/demo-api`);
  await expect(page.getByText(/^Used \d+ times?/)).toBeVisible();
  await picture(page, 'authorization');
  await page.goto(`${DEMO}/datasource-auth`);
  await expect(
    page.getByRole('link', { name: 'Demo API', exact: true }),
  ).toBeVisible();
  await picture(page, 'list');
});

test('Jane connects her own account', async ({ page }) => {
  await page.goto(`${DEMO}/my-things`);
  await page.getByRole('button', { name: 'Jane Doe' }).click();
  const connections = `${DEMO}/datasource-auth/connections`;
  await page.goto(`${connections}?datasource=${PEOPLE}`);
  const disconnect = page.getByRole('button', { name: /^Disconnect my/ });
  const connect = page.getByRole('button', { name: /^Connect my account/ });
  await expect(connect.or(disconnect)).toBeVisible();
  // An earlier walk may have connected it.
  if (await connect.isVisible()) {
    const opened = page.context().waitForEvent('page');
    await connect.click();
    const window = await opened;
    await signInAtProvider(window);
    await window.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('button', { name: 'Yes, connect' }).click();
    await expect(disconnect).toBeVisible();
  }
  await page.goto(`${DEMO}/my-things`);
  await expect(page.getByText('Loaded as')).toBeVisible();
  await page.goto(connections);
  await expect(disconnect).toBeVisible();
  await picture(page, 'my-connections');
});
