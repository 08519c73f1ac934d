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
  const first = page.locator('li a[tabindex="0"]');
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
