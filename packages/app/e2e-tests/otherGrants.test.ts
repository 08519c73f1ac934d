import { DemoGrant } from './DemoDatasources';
import { demoSettings } from './demoSettings';
import { DatasourcePage } from './DatasourcePage';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';

const GRANTS: Array<{
  grant: DemoGrant;
  label: string;
  obtain: string;
  rows: string;
}> = [
  {
    grant: 'machine',
    label: 'Client credentials',
    obtain: 'Get access token',
    rows: 'S1.4 S1.9 S1.10 S1.11 S1.13',
  },
  {
    grant: 'legacy',
    label: 'Password',
    obtain: 'Test connection',
    rows: 'S2.5 S2.6 S2.7 S2.9',
  },
];

for (const { grant, label, obtain, rows } of GRANTS) {
  test(`${rows} S4.13 a datasource with the grant ${label} is created, authorized, changed, cleared and used without an approval`, async ({
    page,
    instance,
  }) => {
    const { appUrl, guest, provider } = instance;
    const editor = EditorPage.on(page);
    const { panel } = editor;
    const name = `grant-${grant}`;
    const descriptionOf = async (datasource: string) =>
      (await guest.get(`/api/datasource-auth/datasources/${datasource}`)).body
        .description;

    await test.step("a token is obtained inline, and isn't used before Save", async () => {
      await page.goto(`${appUrl}/datasource-auth/new/blank`);
      await editor.chooseGrant(label);
      await expect(editor.field('Authorize URL')).toBeHidden();
      await editor.fill(demoSettings(provider, `Grant ${grant}`, grant));
      await panel.button(obtain).click();
      await expect(panel.text(/^Valid access token – until/)).toBeVisible();
      await expect(panel.notSaved).toBeVisible();
      expect((await guest.consume(name)).status).toBe(404);
    });

    await test.step('Save stores settings and token at once', async () => {
      await editor.save();
      await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
      await expect(panel.marker('AUTHORIZED')).toBeVisible();
      await expect(page.getByText(/^Valid access token – until/)).toBeVisible();
      expect((await guest.consume(name)).status).toBe(200);
    });

    await test.step("an edit that the token doesn't depend on keeps it", async () => {
      await page.goto(`${appUrl}/datasource-auth/${name}/edit`);
      await editor.field('Description').fill('For the tests, staging.');
      await expect(panel.marker('AUTHORIZED')).toBeVisible();
      await expect(panel.notSaved).toBeHidden();
      expect(await descriptionOf(name)).toBeUndefined();
      await editor.save();
      await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
      expect(await descriptionOf(name)).toBe('For the tests, staging.');
      expect((await guest.consume(name)).status).toBe(200);
    });

    await test.step('Clear can be undone and repeated, and takes effect on Save', async () => {
      await page.goto(`${appUrl}/datasource-auth/${name}/edit`);
      await panel.clearCredential();
      await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
      await panel.button('Undo clear').click();
      await expect(panel.marker('AUTHORIZED')).toBeVisible();
      await panel.clearCredential();
      expect((await guest.consume(name)).status).toBe(200);

      await editor.save();
      await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
      await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
    });

    await test.step("a cleared credential isn't obtained again in the background", async () => {
      await expect
        .poll(async () => (await guest.consume(name)).status, {
          timeout: 30_000,
        })
        .toBe(409);
      await DatasourcePage.on(page).button('Connect for everyone').click();
      await expect(panel.marker('AUTHORIZED')).toBeVisible();
      await expect(panel.notSaved).toBeHidden();
      expect((await guest.consume(name)).status).toBe(200);
    });
  });
}

test('S4.17 a rejected secret is explained, and no input is lost', async ({
  page,
  instance,
}) => {
  const { appUrl, provider } = instance;
  const editor = EditorPage.on(page);
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.chooseGrant('Client credentials');
  await editor.fill({
    ...demoSettings(provider, 'Refused', 'machine'),
    'Client secret': 'not-the-secret',
  });
  await editor.panel.button('Get access token').click();
  await expect(
    editor.panel.text('Client ID or secret not accepted'),
  ).toBeVisible();
  await expect(editor.panel.marker('ERROR')).toBeVisible();

  await editor.fill(demoSettings(provider, 'Refused', 'machine'));
  await editor.panel.button('Try again').click();
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
});
