import { approve } from './approve';
import type { DemoGrant } from './DemoDatasources';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';

const STARTS: Array<{ grant: DemoGrant; label: string; preset: string }> = [
  {
    grant: 'web',
    label: 'Authorization code',
    preset: 'Generic OpenID Connect',
  },
  {
    grant: 'machine',
    label: 'Client credentials',
    preset: 'Generic OpenID Connect',
  },
  { grant: 'legacy', label: 'Password', preset: 'Generic OAuth 2.0' },
];

for (const { grant, label, preset } of STARTS) {
  test(`S0.1 S0.2 S1.3 S2.4 S4.2 a datasource from the preset ${preset} gets a credential that a plugin uses, with the grant ${label}`, async ({
    page,
    instance,
  }) => {
    const { appUrl, guest, provider } = instance;
    const editor = EditorPage.on(page);
    const name = `preset-${grant}`;
    const settings = demoSettings(provider, `Preset ${grant}`, grant);

    await page.goto(`${appUrl}/datasource-auth`);
    await page.getByRole('button', { name: 'New datasource' }).click();
    await page.getByLabel('Search providers').fill('generic');
    await page.getByRole('link', { name: preset }).click();
    await expect(
      page.getByRole('heading', { name: 'Register the application' }),
    ).toBeVisible();
    await page
      .getByLabel('How the API authenticates', { exact: true })
      .selectOption({ label });
    await page.getByRole('button', { name: 'Use this preset' }).click();

    await expect(page.getByText(`Filled in from ${preset}.`)).toBeVisible();
    if (preset === 'Generic OpenID Connect') {
      const { 'Token URL': tokenUrl, ...rest } = settings;
      delete rest['Authorize URL'];
      await editor.fill({ ...rest, Issuer: provider.issuer });
      await page.getByRole('button', { name: 'Fill from issuer' }).click();
      await page.getByRole('button', { name: 'Use these settings' }).click();
      await expect(editor.field('Token URL')).toHaveValue(tokenUrl);
    } else {
      await editor.fill(settings);
    }

    if (grant === 'web') {
      await approve(await editor.panel.getNewCredential());
    } else {
      await editor.panel.button('Get access token').click();
    }
    await expect(editor.panel.notSaved).toBeVisible();
    await editor.save();
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
    expect((await guest.consume(name)).status).toBe(200);
  });
}
