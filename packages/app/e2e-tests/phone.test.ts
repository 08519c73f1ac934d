import { DemoDatasources } from './DemoDatasources';
import { expect, test } from './instanceTest';

test.use({ viewport: { width: 320, height: 568 } });

test('on a phone, the primary action of the list and of a datasource stays in view', async ({
  page,
  instance,
}) => {
  const { appUrl } = instance;
  const datasources = DemoDatasources.of(instance);
  for (const name of ['first', 'second', 'third', 'fourth'])
    await datasources.save(name, 'web');

  const expectInView = async (path: string, action: string | RegExp) => {
    await page.goto(`${appUrl}/datasource-auth${path}`);
    const button = page.getByRole('button', { name: action });
    await expect(button).toBeInViewport({ ratio: 1 });
    // The page may still grow.
    const last = page.locator('article *:visible').last();
    await expect(async () => {
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport({ timeout: 1_000 });
    }).toPass();
    await expect(button).toBeInViewport({ ratio: 1 });
    // Nothing covers it.
    await button.click({ trial: true });
  };

  await test.step('the list', () => expectInView('', 'New datasource'));
  await test.step('a datasource', () =>
    expectInView('/first', /^Connect for everyone/));
});
