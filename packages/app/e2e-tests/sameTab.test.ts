import { approve } from './approve';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';

const NAME = 'same-tab';

test('S0.13 the way through the same tab brings every value back, and Save needs no secret again', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Same tab');
  await page.addInitScript(() => {
    // A browser that blocks windows.
    window.open = () => null;
  });

  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(settings);
  await editor.panel.button(/^Get new credential/).click();
  await editor.panel.button('Continue in this tab').click();
  await approve(page);

  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  await expect(editor.panel.notSaved).toBeVisible();
  for (const [label, value] of Object.entries(settings)) {
    if (label !== 'Client secret') {
      await expect(editor.field(label)).toHaveValue(value);
    }
  }

  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  expect((await guest.consume(NAME)).status).toBe(200);
});

test('a person who denies reads why nothing came of it, and can try again', async ({
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
