import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { demoAccounts, demoClients } from 'demo-provider';
import { BackstageClient } from 'runner';
import { EditorPage } from '../e2e-tests/EditorPage';

/*
 * Walks through docs/tutorial.md at a running `make demo`, and takes its pictures. They show what readers
 * see, and a step that no longer works fails here.
 */

const DEMO = 'http://localhost:7007';
const PROVIDER = 'http://localhost:9400';
const FOLDER = join(__dirname, '../../../docs/images');
const [WEB, MACHINE, LEGACY] = demoClients();
const [JANE, ROBOT] = demoAccounts;

/** Longer than any animation of the page. Milliseconds. */
const AT_REST = 500;

const guest = new BackstageClient({ baseUrl: DEMO });

test.use({ viewport: { width: 1280, height: 760 } });
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  for (const name of ['things', 'things-machine', 'things-password']) {
    await guest.call(
      'DELETE',
      `/api/datasource-auth/datasources/${name}?force=true`,
    );
  }
});

async function picture(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(AT_REST);
  await page.screenshot({ path: join(FOLDER, `tutorial-${name}.png`) });
}

/** Creates a datasource with what plugins need to know. */
async function openFor(page: Page, title: string): Promise<EditorPage> {
  await page.goto(`${DEMO}/datasource-auth/new`);
  await page.getByRole('link', { name: 'Another API' }).click();
  await page.getByRole('button', { name: 'All settings' }).click();
  await expect(page.getByRole('heading', { name: 'General' })).toBeVisible();
  const editor = EditorPage.on(page);
  await editor.fill({
    Title: title,
    'Plugin IDs': 'sample-consumer',
    'Base URL': `${PROVIDER}/api`,
    'Test path': '/me',
  });
  return editor;
}

/** Gets a token that requires no person. */
async function obtainAndSave(editor: EditorPage, page: Page, name: string) {
  await editor.panel.button('Get access token').click();
  await expect(editor.panel.text(/^Valid access token/)).toBeVisible();
  await scrollTo(page, 'Authentication');
  await picture(page, name);
  await editor.save();
  await expect(page).toHaveURL(`${DEMO}/datasource-auth/things-${name}`);
}

/** Scrolls a heading or field to the top. */
async function scrollTo(page: Page, text: string) {
  await page
    .getByText(text, { exact: true })
    .first()
    .evaluate(element => element.scrollIntoView({ block: 'start' }));
}

test('a person approves', async ({ page }) => {
  await page.goto(`${DEMO}/datasource-auth/new`);
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  await picture(page, 'start');

  const editor = await openFor(page, 'Things');
  await scrollTo(page, 'General');
  await picture(page, 'general');

  await editor.fill({
    'Client ID': WEB.id,
    'Client secret': WEB.secret,
    'Authorize URL': `${PROVIDER}/authorize`,
    'Token URL': `${PROVIDER}/token`,
    Scopes: 'read offline_access',
  });
  await expect(editor.panel.text('No credential yet.')).toBeVisible();
  await scrollTo(page, 'Authentication');
  await picture(page, 'authentication');

  const window = await editor.panel.getNewCredential();
  await window.setViewportSize({ width: 560, height: 560 });
  await window.getByLabel('Username').fill(JANE.username);
  await window.getByLabel('Password').fill(JANE.password);
  await window.getByRole('button', { name: 'Sign in' }).click();
  await expect(window.getByRole('button', { name: 'Allow' })).toBeVisible();
  await picture(window, 'provider');
  await window.getByRole('button', { name: 'Allow' }).click();
  if (!window.isClosed()) await window.waitForEvent('close');

  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  await expect(editor.panel.notSaved).toBeVisible();
  await scrollTo(page, 'Authentication');
  await picture(page, 'staged');

  await editor.save();
  await expect(page).toHaveURL(`${DEMO}/datasource-auth/things`);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText(/^HTTP 200/)).toBeVisible();
  await expect(page.getByText(/^Saved\./)).toBeHidden();
  await picture(page, 'tested');
});

test('a plugin uses it', async ({ page }) => {
  await expect
    .poll(
      async () => {
        // If an earlier walk left a datasource with this name, the plugin has its token in memory for half a
        // minute.
        expect((await guest.consume('things')).status).toBe(200);
        await page.goto(`${DEMO}/datasource-auth/things/consumers`);
        await expect(page.getByRole('tabpanel')).toContainText(
          'sample-consumer',
        );
        return page.getByRole('tabpanel').innerText();
      },
      // Usage is counted in memory and stored every half minute.
      { timeout: 90_000, intervals: [5_000] },
    )
    .toMatch(/Used [1-9]\d* times?/);
  await picture(page, 'consumers');
});

test('Backstage signs in as itself', async ({ page }) => {
  const editor = await openFor(page, 'Things, as a machine');
  await editor.field('Name').fill('things-machine');
  await page
    .getByRole('button', { name: 'Client credentials', exact: true })
    .click();
  await editor.fill({
    'Client ID': MACHINE.id,
    'Client secret': MACHINE.secret,
    'Token URL': `${PROVIDER}/token`,
    Scopes: 'read',
  });
  await obtainAndSave(editor, page, 'machine');
});

test('Backstage stores a username and a password', async ({ page }) => {
  const editor = await openFor(page, 'Things, with a password');
  await editor.field('Name').fill('things-password');
  await page.getByRole('button', { name: 'Password', exact: true }).click();
  await editor.fill({
    'Client ID': LEGACY.id,
    'Client secret': LEGACY.secret,
    'Token URL': `${PROVIDER}/token`,
    Username: ROBOT.username,
    Password: ROBOT.password,
    Scopes: 'read',
  });
  await obtainAndSave(editor, page, 'password');
});
