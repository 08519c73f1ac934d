import type { Page } from '@playwright/test';
import { demoClients } from 'demo-provider';
import { approve } from './approve';
import { AuthorizationPanel } from './AuthorizationPanel';
import { axeFaults } from './axe';
import { ConnectPage } from './ConnectPage';
import { expect, test } from './instanceTest';

const ENTITY = '/catalog/default/api/demo-things';

/** Counts the user's clicks in a page, as the browser sees them. */
async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction('countClick', () => {
    clicks += 1;
  });
  await page.addInitScript(() =>
    window.addEventListener(
      'click',
      // A click that follows from another, such as on a label, has no pointer.
      event => event.detail > 0 && (window as any).countClick(),
      { capture: true },
    ),
  );
  return () => clicks;
}

test('S4.3 S4.13 S4.14 a user authorizes an API of the catalog in four clicks', async ({
  page,
  instance,
}) => {
  const { appUrl, guest } = instance;
  const connect = ConnectPage.on(page);
  const panel = AuthorizationPanel.on(page);
  const clicks = await countClicks(page);
  const [client] = demoClients();

  await page.goto(`${appUrl}${ENTITY}`);
  await page
    .getByRole('button', { name: 'Create from this API description' })
    .click();

  await expect(
    page.getByRole('heading', { name: 'Step 4 of 4: Review' }),
  ).toBeFocused();
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(connect.field('Scopes')).toHaveValue('read offline_access');
  await connect.fill({
    'Client ID': client.id,
    'Client secret': client.secret,
  });
  await approve(await connect.openProvider());
  await expect(connect.connected).toBeVisible();
  // Known plugins can be typed, too.
  await page.getByRole('combobox', { name: 'Plugins' }).fill('sample-consumer');
  await connect.primary.click();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/demo-things`);
  await expect(panel.marker('AUTHORIZED')).toBeVisible();
  await expect(page.getByText('received')).toBeVisible();
  expect(clicks()).toBe(4);

  expect((await guest.consume('demo-things')).status).toBe(200);
  await expect(
    page
      .getByRole('region', { name: 'In the catalog' })
      .getByRole('link', { name: 'demo-things' }),
  ).toHaveAttribute('href', ENTITY);
});

test('the entity page shows the status of its datasources', async ({
  page,
  instance,
}) => {
  await page.goto(
    `${instance.appUrl}/catalog/default/component/sample-consumer`,
  );
  const list = page.getByRole('list', { name: 'Credentials of this entity' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(
    list.getByText(
      "No datasource has this name, or you don't have permission to view it.",
    ),
  ).toHaveCount(3);

  const card = '[aria-label="Credentials of this entity"]';
  expect(await axeFaults(page, { include: [card] })).toEqual([]);
});
