import { approve } from './approve';
import { AuthorizationPanel } from './AuthorizationPanel';
import { expect, test } from './instanceTest';

const NAME = 'declared';

test('a datasource in app-config is authorized and cleared on its page, at once', async ({
  page,
  instance,
}) => {
  const { appUrl, guest } = instance;
  const panel = AuthorizationPanel.on(page);
  await page.goto(`${appUrl}/datasource-auth/${NAME}`);
  await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
  expect((await guest.consume(NAME)).status).toBe(409);

  await approve(await panel.getNewCredential());
  await expect(panel.marker('AUTHORIZED')).toBeVisible();
  await expect(panel.notSaved).toBeHidden();
  expect((await guest.consume(NAME)).status).toBe(200);

  await panel.clearCredential();
  await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
  await expect
    .poll(async () => (await guest.consume(NAME)).status, { timeout: 30_000 })
    .toBe(409);
});
