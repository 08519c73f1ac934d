import type { Page, Route } from '@playwright/test';
import { approve } from './approve';
import { DemoDatasources } from './DemoDatasources';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expectTyped } from './expectTyped';
import { expect, test } from './instanceTest';

/** The requests that Save sends. */
async function onSave(page: Page, act: (route: Route) => Promise<void>) {
  await page.route(/\/api\/datasource-auth\/datasources(\/|$)/, async route => {
    const method = route.request().method();
    if (method === 'POST' || method === 'PUT') await act(route);
    else await route.continue();
  });
}

test('an edit that affects the credential says so before Save, until it is undone', async ({
  page,
  instance,
}) => {
  const datasources = DemoDatasources.of(instance);
  await datasources.authorize('rebound', 'web');
  const editor = EditorPage.on(page);
  await page.goto(`${instance.appUrl}/datasource-auth/rebound/edit`);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();

  const clientId = await editor.field('Client ID').inputValue();
  await editor.field('Client ID').fill('another-client');
  await expect(editor.panel.text(/^Out of date/)).toBeVisible();
  await expect(editor.panel.marker('NOT AUTHORIZED')).toBeVisible();
  await editor.field('Client ID').fill(clientId);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
});

for (const choice of ['Keep mine', 'Use theirs']) {
  test(`S0.15 another user saved first: ${choice} keeps the input and the unsaved credential`, async ({
    page,
    instance,
  }) => {
    const { appUrl, guest } = instance;
    const datasources = DemoDatasources.of(instance);
    const name = choice.toLowerCase().replace(' ', '-');
    await datasources.save(name, 'web', { title: 'First title' });
    const editor = EditorPage.on(page);
    await page.goto(`${appUrl}/datasource-auth/${name}/edit`);
    await editor.field('Title').fill('My title');
    await editor.field('Description').fill('Typed by me.');
    await approve(await editor.panel.getNewCredential());
    await expect(editor.panel.notSaved).toBeVisible();

    await datasources.change(name, { title: 'Their title' });
    await editor.save();
    const conflict = page.getByRole('alert').filter({ hasText: /saved/ });
    await expect(conflict).toContainText('guest saved changes');
    await expect(conflict).toContainText('Title: yours My title');
    await expect(conflict).toContainText('theirs Their title');
    await expect(editor.field('Description')).toHaveValue('Typed by me.');

    await page.getByRole('button', { name: choice }).click();
    const title = choice === 'Keep mine' ? 'My title' : 'Their title';
    await expect(editor.field('Title')).toHaveValue(title);
    await expect(editor.panel.notSaved).toBeVisible();
    await editor.save();
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${name}`);
    await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
    const { body } = await guest.get(
      `/api/datasource-auth/datasources/${name}`,
    );
    expect(body).toMatchObject({ title, description: 'Typed by me.' });
    expect((await guest.consume(name)).status).toBe(200);
  });
}

test('a lost connection during Save loses no input, and Save works afterwards', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Offline', 'machine');
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.chooseGrant('Client credentials');
  await editor.fill(settings);
  await editor.panel.button('Get access token').click();
  await expect(editor.panel.notSaved).toBeVisible();

  await onSave(page, route => route.abort('internetdisconnected'));
  await editor.save();
  await expect(
    page.getByText(/^Not saved: Can't reach Backstage/),
  ).toBeInViewport();
  await expectTyped(editor, settings);
  await expect(editor.panel.notSaved).toBeVisible();

  await page.unrouteAll();
  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/offline`);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  expect((await guest.consume('offline')).status).toBe(200);
});

test('an expired session loses no input, and Save works after signing in again', async ({
  page,
  instance,
}) => {
  const { appUrl, identities } = instance;
  await DemoDatasources.of(instance).authorize('overnight', 'legacy');
  const editor = EditorPage.on(page);
  await page.goto(`${appUrl}/datasource-auth/overnight/edit`);
  await editor.field('Description').fill('Typed in the evening.');
  await editor.field('Title').fill('Saved in the morning');

  const ended = identities.token('user:development/guest', { ended: true });
  await onSave(page, route =>
    route.continue({
      headers: {
        ...route.request().headers(),
        authorization: `Bearer ${ended}`,
      },
    }),
  );
  await editor.save();
  await expect(
    page.getByText(/^Not saved: Your session has ended/),
  ).toBeInViewport();
  await expect(editor.field('Description')).toHaveValue(
    'Typed in the evening.',
  );

  await page.unrouteAll();
  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/overnight`);
  await expect(
    page.getByRole('heading', { name: 'Saved in the morning' }),
  ).toBeVisible();
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
});

test('a system that turns dark in the evening loses no input and no unsaved credential', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Evening', 'machine');
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.chooseGrant('Client credentials');
  await editor.fill(settings);
  await editor.panel.button('Get access token').click();
  await expect(editor.panel.notSaved).toBeVisible();
  await editor.field('Description').fill('Typed at dusk.');

  // Backstage renders the page from nothing in its other theme.
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', 'dark');
  await expectTyped(editor, { ...settings, Description: 'Typed at dusk.' });
  await expect(editor.panel.notSaved).toBeVisible();

  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/evening`);
  await expect(page.getByText('Typed at dusk.')).toBeVisible();
  expect((await guest.consume('evening')).status).toBe(200);
});

test('a reload restores the form with the new credential, without its secrets', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const settings = demoSettings(provider, 'Reloaded', 'legacy');
  page.on('dialog', dialog => dialog.accept());
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.chooseGrant('Password');
  await editor.fill(settings);
  await editor.panel.button('Get access token').click();
  await expect(page).toHaveURL(/authorization=/);

  await page.reload();
  await expect(editor.panel.text(/^Valid access token/)).toBeVisible();
  await expect(editor.field('Username')).toHaveValue(settings.Username);
  await expect(page.getByText('•••• set')).toHaveCount(2);
  const html = await page.content();
  for (const secret of [settings['Client secret'], settings.Password]) {
    expect(html).not.toContain(secret);
  }

  await editor.save();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/reloaded`);
  expect((await guest.consume('reloaded')).status).toBe(200);
});
