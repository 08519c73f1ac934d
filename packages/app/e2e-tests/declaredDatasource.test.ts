import { approve } from './approve';
import { DatasourcePage } from './DatasourcePage';
import { expect, test } from './instanceTest';

const NAME = 'declared';

test('a datasource in app-config is connected and disconnected on its page, at once', async ({
  page,
  instance,
}) => {
  const { appUrl, guest } = instance;
  const datasource = DatasourcePage.on(page);
  const { panel } = datasource;
  await page.goto(`${appUrl}/datasource-auth/${NAME}`);
  await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
  expect((await guest.consume(NAME)).status).toBe(409);

  await approve(await datasource.connect());
  await expect(panel.marker('AUTHORIZED')).toBeVisible();
  await expect(panel.notSaved).toBeHidden();
  expect((await guest.consume(NAME)).status).toBe(200);

  await datasource.disconnect();
  await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
  await expect
    .poll(async () => (await guest.consume(NAME)).status, { timeout: 30_000 })
    .toBe(409);
});
