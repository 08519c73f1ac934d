import type { Page } from '@playwright/test';
import { demoAccounts } from 'demo-provider';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';
import { Keyboard } from './Keyboard';

const NAME = 'by-keyboard';

async function approveByKeyboard(window: Page) {
  const [person] = demoAccounts;
  const keyboard = Keyboard.of(window);
  await keyboard.type(window.getByLabel('Username'), person.username);
  await keyboard.type(window.getByLabel('Password'), person.password);
  await window.keyboard.press('Enter');
  await keyboard.press(window.getByRole('button', { name: 'Allow' }), 'Space');
}

test('S0.11 S0.14 S0.15 S0.18 S0.21 with only the keyboard: create, get a credential, save, clear, undo, save', async ({
  page,
  instance,
}) => {
  // Each key is a message to the browser and back.
  test.setTimeout(900_000);
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const { panel } = editor;
  const keyboard = Keyboard.of(page);
  const save = page.getByRole('button', { name: 'Save', exact: true });

  await test.step('open a new datasource from the list', async () => {
    await page.goto(`${appUrl}/datasource-auth`);
    await keyboard.press(page.getByRole('button', { name: 'New datasource' }));
    await keyboard.press(page.getByRole('link', { name: 'Another API' }));
    for (const [label, value] of Object.entries(
      demoSettings(provider, 'By keyboard'),
    )) {
      await keyboard.type(editor.field(label), value);
    }
  });

  await test.step('the focus returns to the heading of the panel, and the result is announced', async () => {
    const opened = page.waitForEvent('popup');
    await keyboard.press(panel.button(/^Get new credential/));
    const window = await opened;
    await expect(panel.button('Cancel')).toBeVisible();
    await approveByKeyboard(window);
    if (!window.isClosed()) await window.waitForEvent('close');
    await expect(
      page.getByRole('heading', { name: 'Authorization', exact: true }),
    ).toBeFocused();
    await expect(page.getByRole('status').first()).toHaveText(
      'Credential obtained. Save to start using it.',
    );
    await expect(panel.marker('AUTHORIZED')).toBeVisible();
  });

  await test.step('save the credential', async () => {
    await keyboard.press(save);
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
    expect((await guest.consume(NAME)).status).toBe(200);
  });

  await test.step('clear, undo and clear again, without effect before Save', async () => {
    await keyboard.press(
      page.getByRole('button', { name: 'Actions for By keyboard' }),
    );
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await keyboard.press(page.getByRole('button', { name: 'All settings' }));

    const clear = panel.button('Clear credential…');
    const dialog = page.getByRole('dialog');
    await keyboard.press(clear);
    await expect(
      dialog.getByRole('button', { name: 'Keep credential' }),
    ).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(clear).toBeFocused();

    await keyboard.press(clear);
    await keyboard.press(
      dialog.getByRole('button', { name: 'Clear credential' }),
    );
    await expect(dialog).toBeHidden();
    await keyboard.press(panel.button('Undo clear'));
    await expect(panel.marker('AUTHORIZED')).toBeVisible();
    await expect(save).toHaveAttribute('aria-disabled', 'true');

    await keyboard.press(clear);
    await keyboard.press(
      dialog.getByRole('button', { name: 'Clear credential' }),
    );
    await expect(dialog).toBeHidden();
    expect((await guest.consume(NAME)).status).toBe(200);
  });

  await test.step('save: the credential is gone', async () => {
    await keyboard.press(save);
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
    await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
    await expect
      .poll(async () => (await guest.consume(NAME)).status, { timeout: 30_000 })
      .toBe(409);
  });
});
