import { expect, test } from './instanceTest';

test('everybody is the guest, and the datasources are one click away', async ({
  page,
  instance,
}) => {
  await page.goto(instance.appUrl);
  await page.getByRole('link', { name: 'Datasources' }).click();
  await expect(
    page.getByRole('heading', { name: 'Datasources', level: 1 }),
  ).toBeVisible();
});
