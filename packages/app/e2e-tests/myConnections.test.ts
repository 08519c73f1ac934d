import type { Page } from '@playwright/test';
import { approve } from './approve';
import { DatasourcePage } from './DatasourcePage';
import { DemoDatasources } from './DemoDatasources';
import { expect, test } from './instanceTest';

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const NAME = 'demo-people';
const TITLE = 'Jira Cloud';
const ACCOUNT = 'jane@demo.example';

const card = (page: Page) => page.getByRole('region', { name: TITLE });
const connectButton = (page: Page) =>
  card(page).getByRole('button', { name: /^Connect my account/ });

/** Clicks Connect my account, and signs in at the provider as its first user. */
async function approveInWindow(page: Page, click: () => Promise<void>) {
  const [window] = await Promise.all([page.waitForEvent('popup'), click()]);
  await approve(window);
  return page.getByRole('dialog');
}

test('N10: a person connects their own account, plugins act as them, and they disconnect', async ({
  page,
  browser,
  instance,
}) => {
  const { appUrl, provider, identities } = instance;
  const myConnections = `${appUrl}/datasource-auth/connections`;
  const link = `${myConnections}?datasource=${NAME}`;
  await DemoDatasources.of(instance).save(NAME, 'web', {
    title: TITLE,
    subjects: 'user',
    auth: { revoke: { url: `${provider.issuer}/revoke` } },
  });
  const mine = async (user: string) => {
    const response = await fetch(`${appUrl}/api/sample-consumer/${NAME}/mine`, {
      headers: { authorization: `Bearer ${identities.token(user)}` },
    });
    return { status: response.status, body: await response.json() };
  };

  await test.step("the guest is told why they can't connect", async () => {
    await page.goto(`${appUrl}/datasource-auth/${NAME}`);
    const datasource = DatasourcePage.on(page);
    await expect(datasource.panel.marker('Each person connects')).toBeVisible();
    await page.getByRole('link', { name: 'Connect your own account' }).click();
    await expect(card(page)).toBeVisible();
    await expect(
      page.getByText(/^Several people share 'user:development\/guest'/),
    ).toBeVisible();
    await expect(connectButton(page)).toBeHidden();
  });

  await test.step('a person connects with the keyboard, after they saw the account and the terms', async () => {
    await identities.signIn(page, JANE);
    expect(await mine(JANE)).toMatchObject({
      status: 409,
      body: { error: { code: 'user_not_connected', link } },
    });
    await page.goto(link);
    await expect(page.getByRole('heading', { name: TITLE })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(connectButton(page)).toBeFocused();
    const dialog = await approveInWindow(page, () =>
      page.keyboard.press('Enter'),
    );
    await expect(
      dialog.getByRole('heading', {
        name: `Connected as ${ACCOUNT}. Is this you?`,
      }),
    ).toBeVisible();
    for (const term of [
      'sample-consumer',
      new URL(provider.url).host,
      'openid, read, offline_access',
    ])
      await expect(dialog.getByText(term, { exact: true })).toBeVisible();
    expect((await mine(JANE)).status).toBe(409);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(
      card(page).getByText(`${TITLE} is connected.`).first(),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: TITLE })).toBeFocused();
    await expect(card(page).getByText(ACCOUNT)).toBeVisible();
  });

  await test.step('a plugin acts as that person only', async () => {
    expect(await mine(JANE)).toMatchObject({
      status: 200,
      body: { account: 'jane' },
    });
    expect((await mine(JOE)).status).toBe(409);
    await page.goto(`${appUrl}/my-things`);
    await expect(
      page.getByRole('list', { name: 'My things' }).getByText(/Jane Doe/),
    ).toHaveCount(2);
  });

  await test.step('another person who gets the same account must say twice that it is theirs', async () => {
    const context = await browser.newContext();
    const his = await context.newPage();
    await identities.signIn(his, JOE);
    await his.goto(`${appUrl}/my-things`);
    const dialog = await approveInWindow(his, () =>
      his.getByRole('button', { name: /^Connect my account/ }).click(),
    );
    await dialog.getByRole('button', { name: 'Yes, continue' }).click();
    await expect(
      dialog.getByText('Another user has connected this account.'),
    ).toBeVisible();
    await dialog.getByRole('button', { name: 'Not me' }).click();
    await expect(dialog).toBeHidden();
    expect((await mine(JOE)).status).toBe(409);
    await context.close();
  });

  await test.step('the settings page has the same connections', async () => {
    await page.goto(`${appUrl}/settings/connections`);
    await expect(card(page).getByText(ACCOUNT)).toBeVisible();
    await expect(
      page
        .getByRole('link', { name: 'My connections' })
        .or(page.getByRole('tab', { name: 'My connections' })),
    ).toBeVisible();
  });

  await test.step('the person disconnects, and the provider revokes the tokens', async () => {
    await page.goto(myConnections);
    await card(page)
      .getByRole('button', { name: /^Disconnect my account/ })
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Disconnect my account' })
      .click();
    await expect(
      card(page).getByText(/The provider has revoked the tokens\./),
    ).toBeVisible();
    await expect(connectButton(page)).toBeVisible();
    expect((await mine(JANE)).status).toBe(409);
  });
});
