import type { Page } from '@playwright/test';
import { approve } from './approve';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expectTyped } from './expectTyped';
import { expect, test } from './instanceTest';

const NAME = 'same-tab';

/** Fills in a new datasource, and approves in the same tab, because the browser blocks windows. */
async function approveInSameTab(
  page: Page,
  appUrl: string,
  settings: Record<string, string>,
) {
  const editor = EditorPage.on(page);
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(settings);
  await editor.panel.button(/^Get new credential/).click();
  await editor.panel.button('Continue in this tab').click();
  await approve(page);
}

test('S0.13 approval in the same tab restores every value, and Save requires no secret again', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Same tab');
  await approveInSameTab(page, appUrl, settings);

  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  await expect(editor.panel.notSaved).toBeVisible();
  await expectTyped(editor, settings, { secrets: 'stored' });

  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  expect((await guest.consume(NAME)).status).toBe(200);
});

test('S0.13 Back after the approval in the same tab loses nothing', async ({
  page,
  instance,
}) => {
  const { appUrl, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Way back');
  page.on('dialog', dialog => dialog.accept());
  await approveInSameTab(page, appUrl, settings);
  await expect(editor.panel.notSaved).toBeVisible();
  await expect(page).toHaveURL(/authorization=/);

  // The provider's page, whose request is already completed; then the editor again.
  await page.goBack();
  await expect(page.getByText("This didn't work")).toBeVisible();
  await page.goForward();
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  await expect(editor.panel.notSaved).toBeVisible();
  await expectTyped(editor, settings, { secrets: 'stored' });
});

test('a user who denies access sees the cause, and can try again', async ({
  page,
  instance,
}) => {
  const { appUrl, provider } = instance;
  const editor = EditorPage.on(page);
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(demoSettings(provider, 'Denied'));

  const denied = await editor.panel.getNewCredential();
  await denied.getByRole('button', { name: 'Cancel' }).click();
  await expect(editor.panel.text('Access was not approved')).toBeVisible();
  await denied.close();

  const allowed = await editor.panel.getNewCredential();
  await approve(allowed);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
});
