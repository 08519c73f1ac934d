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
