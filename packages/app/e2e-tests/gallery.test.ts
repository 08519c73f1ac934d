import { demoAccounts } from 'demo-provider';
import { approve } from './approve';
import { ConnectPage } from './ConnectPage';
import { clientOf } from './connectPresets';
import { expect, test } from './instanceTest';

const ROBOT = demoAccounts[1];

const STARTS = [
  {
    ...{ way: 'authorization_code', label: 'A person' },
    preset: 'Generic OpenID Connect',
    scopes: 'openid read offline_access',
  },
  {
    ...{ way: 'client_credentials', label: 'An app' },
    ...{ preset: 'Generic OpenID Connect', scopes: 'read' },
  },
  {
    ...{ way: 'password', label: 'A user with password' },
    ...{ preset: 'Generic OAuth 2.0', scopes: 'read' },
  },
];

for (const { way, label, preset, scopes } of STARTS) {
  test(`S0.1 S0.2 S1.3 S2.4 S4.2 a datasource from the preset ${preset} gets a credential that a plugin uses, connected as: ${label}`, async ({
    page,
    instance,
  }) => {
    const { appUrl, guest, provider } = instance;
    const connect = ConnectPage.on(page);
    const name = `preset-${way.replace('_', '-')}`;

    await page.goto(`${appUrl}/datasource-auth`);
    await page.getByRole('button', { name: 'New datasource' }).click();
    await page.getByLabel('Search providers').fill('generic');
    await page.getByRole('link', { name: preset }).click();
    await connect.button(label).click();
    await connect.button('Change title or name').click();
    await connect.fill({
      Name: name,
      'Base URL': `${provider.issuer}/api`,
      Scopes: scopes,
      ...clientOf(way),
      ...(way === 'password' && {
        Username: ROBOT.username,
        Password: ROBOT.password,
      }),
    });
    if (preset === 'Generic OpenID Connect') {
      await connect.fill({ Issuer: provider.issuer });
      await connect.button('Fill from issuer').click();
      await connect.button('Use these settings').click();
    } else {
      await connect.fill({ 'Token URL': `${provider.issuer}/token` });
    }

    if (way === 'authorization_code') {
      await approve(await connect.openProvider());
    } else {
      await connect.primary.click();
    }
    await expect(connect.connected).toBeVisible();
    await connect.step.getByRole('option', { name: 'sample-consumer' }).click();
    await connect.primary.click();
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
    expect((await guest.consume(name)).status).toBe(200);
  });
}

test('N8 the keyboard leads from the search through the tiles to a provider, whose logo stays visible in high contrast', async ({
  page,
  instance,
}) => {
  const { appUrl } = instance;
  const search = page.getByLabel('Search providers');
  const tile = (name: string) => page.getByRole('link', { name, exact: true });
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`${appUrl}/datasource-auth/new`);
  await expect(search).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const first = page.locator('li a[tabindex="0"][aria-describedby]');
  await expect(first).toBeFocused();
  const name = await first.textContent();
  await page.keyboard.press('ArrowDown');
  await expect(first).toBeFocused();
  await expect(first).not.toHaveText(name!);
  await page.keyboard.press('ArrowUp');
  await expect(first).toHaveText(name!);
  await page.keyboard.press('ArrowUp');
  await expect(search).toBeFocused();

  await page.keyboard.type('github');
  const logo = page
    .getByRole('listitem')
    .filter({ has: tile('GitHub (OAuth app)') })
    .locator('svg');
  await expect(logo).toHaveCSS('color', 'rgb(255, 255, 255)');
  await expect(logo.locator('..')).toHaveCSS(
    'background-color',
    'rgb(24, 23, 23)',
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/new/gallery/github`);
});
