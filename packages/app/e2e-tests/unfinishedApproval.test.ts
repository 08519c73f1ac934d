import type { Page } from '@playwright/test';
import { approve } from './approve';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expectTyped } from './expectTyped';
import { expect, test } from './instanceTest';

const USED = /^This approval can't be matched\. It was already used/;

async function closed(window: Page) {
  if (!window.isClosed()) await window.waitForEvent('close');
}

test('a user who closes the window keeps all input and can try again', async ({
  page,
  instance,
}) => {
  const { appUrl, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Closed window');
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(settings);

  const forsaken = await editor.panel.getNewCredential();
  await expect(forsaken.getByLabel('Username')).toBeVisible();
  await forsaken.close();
  await expect(editor.panel.text('Closed the window?')).toBeVisible();
  await expect(editor.panel.button('Cancel')).toBeVisible();

  await approve(await editor.panel.getNewCredential());
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  await expectTyped(editor, settings);
});

test('S0.12 S4.14 a user signed in at the provider is only asked to allow', async ({
  page,
  instance,
}) => {
  const { appUrl, provider } = instance;
  const editor = EditorPage.on(page);
  const { panel } = editor;
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(demoSettings(provider, 'Signed in'));
  const first = await panel.getNewCredential();
  await approve(first);
  await closed(first);
  await expect(panel.marker('AUTHORIZED')).toBeVisible();

  const second = await panel.getNewCredential();
  await expect(second.getByRole('button', { name: 'Allow' })).toBeVisible();
  await expect(second.getByLabel('Username')).toBeHidden();
  await second.getByRole('button', { name: 'Allow' }).click();
  await closed(second);
  await expect(panel.marker('AUTHORIZED')).toBeVisible();
  await expect(panel.notSaved).toBeVisible();
});

test('a repeated callback shows the first result, which can be saved, and another code is rejected', async ({
  page,
  context,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(demoSettings(provider, 'Twice'));
  const window = await editor.panel.getNewCredential();
  const callback = window.waitForEvent('request', request =>
    request.url().includes('/oauth/callback?'),
  );
  await approve(window);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();

  const again = await context.newPage();
  const address = new URL((await callback).url());
  await again.goto(address.href);
  await expect(
    again.getByText('Authorized. You can close this window.'),
  ).toBeVisible();
  address.searchParams.set('code', 'another');
  await again.goto(address.href);
  await expect(again.getByText(USED)).toBeVisible();
  await again.reload();
  await expect(again.getByText(USED)).toBeVisible();
  await again.getByRole('link').click();
  await expect(again).toHaveURL(new RegExp(`^${appUrl}/datasource-auth`));
  await again.close();

  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/twice`);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  expect((await guest.consume('twice')).status).toBe(200);
});

test('only the user who started the approval can finish it, and an attempt by another user ends it', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, identities, provider } = instance;
  const editor = EditorPage.on(page);
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(demoSettings(provider, 'Changed hands'));

  const window = await editor.panel.getNewCredential();
  await identities.signIn(page, 'user:development/jane');
  await approve(window);
  await expect(
    window.getByText(
      'This approval was started by guest. Start again as yourself.',
    ),
  ).toBeVisible();
  await window.close();

  await expect(
    editor.panel.text('Another user finished the approval'),
  ).toBeVisible();
  await expect(editor.panel.marker('AUTHORIZED')).toBeHidden();
  expect((await guest.consume('changed-hands')).status).toBe(404);
});
