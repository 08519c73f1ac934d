import type { Page } from '@playwright/test';
import { approve } from './approve';
import { ConnectPage, type TestPreset } from './ConnectPage';
import { atDemoProvider, clientOf, demoPreset } from './connectPresets';
import type { DemoInstance } from './DemoInstance';
import { ACCESS_TOKEN_SECONDS, expect, test } from './instanceTest';

/** What one step may demand. */
const MOST = { typed: 2, words: 200, interactions: 6, controls: 25 };

/** From the gallery, with the values of the fields that aren't instance values or client ID and secret. */
const PROVIDERS: Array<{
  search: string;
  tile: RegExp;
  id: string;
  own?: Record<string, string>;
}> = [
  {
    search: 'jira',
    tile: /^Jira Cloud \(API token\)/,
    id: 'jira',
    own: { 'Basic username': 'jane@example.com', Password: 'token' },
  },
  { search: 'github', tile: /^GitHub \(OAuth app\)/, id: 'github' },
  { search: 'cmdb', tile: /^ServiceNow$/, id: 'servicenow' },
  { search: 'entra', tile: /^Microsoft Entra ID \(any/, id: 'microsoft-entra' },
  { search: 'on-call', tile: /^PagerDuty/, id: 'pagerduty' },
  { search: 'gmail', tile: /^Google$/, id: 'google' },
];

/** The instance values that the user has to enter, by their labels. */
function instanceOf({ instance, ways: [way] }: TestPreset) {
  return Object.fromEntries(
    instance
      .filter(field => !field.default)
      .filter(field => !field.ways || field.ways.includes(way))
      .map(field => [field.label, field.example]),
  );
}

async function openDemo(page: Page, instance: DemoInstance) {
  await ConnectPage.offer(page, presets => [
    ...presets,
    demoPreset(instance.provider),
  ]);
  await page.goto(`${instance.appUrl}/datasource-auth/new/gallery/demo`);
  await expect(
    page.getByRole('heading', { name: 'Connect Demo API' }),
  ).toBeVisible();
  return ConnectPage.on(page);
}

/** Lets a plugin use what was connected. */
async function allowPlugin(connect: ConnectPage, plugin: string) {
  await connect.click(connect.step.getByRole('option', { name: plugin }));
}

// The steps test a token that they got before, and the page may load slowly in between.
test.beforeEach(({ instance }) =>
  instance.provider.setAccessTokenSeconds(3_600),
);
test.afterEach(({ instance }) =>
  instance.provider.setAccessTokenSeconds(ACCESS_TOKEN_SECONDS),
);

for (const { search, tile, id, own } of PROVIDERS) {
  test(`N8 N9 ${id} is connected from the gallery with at most two typed fields and its instance values, in six interactions`, async ({
    page,
    instance,
  }) => {
    const { appUrl, provider } = instance;
    let preset: TestPreset | undefined;
    await ConnectPage.offer(page, presets => {
      preset = presets.find(each => each.id === id);
      return presets.map(each =>
        each.id === id ? atDemoProvider(each, provider) : each,
      );
    });
    const connect = ConnectPage.on(page);
    await page.goto(`${appUrl}/datasource-auth/new`);
    await page.getByRole('searchbox').fill(search);
    await connect.click(page.getByRole('link', { name: tile }));
    await expect(connect.primary).toBeVisible();
    const instanceValues = instanceOf(preset!);
    const values = own ?? clientOf(preset!.ways[0]);

    await test.step('the step shows nothing but what only the user knows', async () => {
      const { typed, words, controls } = await connect.burden();
      expect(typed.sort()).toEqual(
        [...Object.keys(instanceValues), ...Object.keys(values)].sort(),
      );
      expect(Object.keys(values).length).toBeLessThanOrEqual(MOST.typed);
      expect(words).toBeLessThanOrEqual(MOST.words);
      expect(controls).toBeLessThanOrEqual(MOST.controls);
      await expect(connect.primary).toHaveCount(1);
    });

    await test.step('no field can be left empty without being told, with the focus there', async () => {
      const all = { ...instanceValues, ...values };
      for (const label of Object.keys(all)) {
        for (const [other, value] of Object.entries(all)) {
          await connect.field(other).fill(other === label ? '' : value);
        }
        await connect.primary.click();
        await expect(connect.field(label)).toBeFocused();
        await expect(connect.field(label)).toHaveAccessibleDescription(
          `Enter this value: ${label}.`,
        );
      }
      for (const label of Object.keys(all)) await connect.field(label).fill('');
    });

    await connect.fill({ ...instanceValues, ...values });
    if (preset!.ways[0] === 'authorization_code') {
      await approve(await connect.openProvider());
    } else {
      await connect.click(connect.primary);
    }
    await expect(connect.connected).toBeVisible();
    await expect(
      connect.step.getByText(/The test call succeeded/),
    ).toBeVisible();
    await allowPlugin(connect, 'sample-consumer');
    const { words, controls } = await connect.burden();
    expect(words).toBeLessThanOrEqual(MOST.words);
    expect(controls).toBeLessThanOrEqual(MOST.controls);
    await connect.click(connect.primary);
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${id}`);
    expect(connect.interactions).toBeLessThanOrEqual(
      MOST.interactions + Object.keys(instanceValues).length,
    );
  });
}

test('N9 S0.14 S0.15 on a phone, the whole way to a credential that a plugin uses, with the primary button always in view', async ({
  page,
  instance,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const connect = await openDemo(page, instance);
  await connect.expectPrimaryInView();
  await connect.fill({ Area: 'api', ...clientOf('authorization_code') });
  const window = await connect.openProvider();
  await approve(window);
  await expect(connect.connected).toBeVisible();
  await expect(
    connect.step.getByText('The test call succeeded · 3 scopes'),
  ).toBeVisible();
  if (!window.isClosed()) await window.waitForEvent('close');
  await connect.expectPrimaryInView();
  await allowPlugin(connect, 'sample-consumer');
  await connect.primary.click();
  await expect(page).toHaveURL(`${instance.appUrl}/datasource-auth/demo`);
  expect((await instance.guest.consume('demo')).status).toBe(200);
});

test('N9 a wrong secret is named, with the focus in its field, and can be corrected', async ({
  page,
  instance,
}) => {
  const connect = await openDemo(page, instance);
  const values: Record<string, string> = {
    Area: 'api',
    ...clientOf('authorization_code'),
  };
  await connect.fill({ ...values, 'Client secret': 'wrong' });
  await approve(await connect.openProvider());
  await expect(
    connect.step.getByText('Client ID or secret not accepted'),
  ).toBeVisible();
  await expect(connect.field('Client secret')).toBeFocused();
  await expect(connect.field('Client ID')).toHaveValue(values['Client ID']);

  await connect.fill({ 'Client secret': values['Client secret'] });
  const window = await connect.openProvider();
  await window.getByRole('button', { name: 'Allow' }).click();
  await expect(connect.connected).toBeVisible();
});

test('N9 a wrong tenant is named, with the focus in its field, and can be corrected', async ({
  page,
  instance,
}) => {
  const connect = await openDemo(page, instance);
  await connect.button('An app').click();
  await connect.fill({ Area: 'nowhere', ...clientOf('client_credentials') });
  await connect.primary.click();
  await expect(connect.step.getByText(/returned 404/)).toBeVisible();
  await expect(connect.field('Area')).toBeFocused();
  await expect(connect.field('Area')).toHaveAccessibleDescription(
    'Check this value.',
  );
  await connect.fill({ Area: 'api' });
  await connect.primary.click();
  await expect(connect.connected).toBeVisible();
});

test('N9 a wrong redirect URI: the step says what to compare while the provider shows its error', async ({
  page,
  instance,
}) => {
  const { provider } = instance;
  await ConnectPage.offer(page, () => {
    const preset = demoPreset(provider) as TestPreset;
    // Not registered at the demo provider.
    preset.settings.auth = {
      ...preset.settings.auth,
      redirectUri: 'own',
    } as object;
    return [preset];
  });
  await page.goto(`${instance.appUrl}/datasource-auth/new/gallery/demo`);
  const connect = ConnectPage.on(page);
  await connect.fill({ Area: 'api', ...clientOf('authorization_code') });
  const window = await connect.openProvider();
  await expect(window.getByRole('alert')).toContainText('redirect_uri');
  await expect(
    connect.step.getByText(
      'Compare the redirect URI, then check: Area, Client ID.',
    ),
  ).toBeVisible();
  await expect(connect.button('Copy Redirect URI')).toBeVisible();
  await window.close();
  await connect.button('Cancel').click();
  await expect(connect.primary).toHaveText('Connect for everyone');
  await expect(connect.field('Client ID')).toHaveValue(/demo/);
});

test('N9 S0.13 approval in the same tab, a reload, and Back lose nothing', async ({
  page,
  instance,
}) => {
  page.on('dialog', dialog => dialog.accept());
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await ConnectPage.offer(page, () => [demoPreset(instance.provider)]);
  await page.goto(`${instance.appUrl}/datasource-auth/new/gallery/demo`);
  const connect = ConnectPage.on(page);
  await connect.button('Change title or name').click();
  await connect.fill({
    Name: 'demo-same-tab',
    Area: 'api',
    ...clientOf('authorization_code'),
  });
  await connect.primary.click();
  await connect.button('Continue in this tab').click();
  await approve(page);
  await expect(connect.connected).toBeVisible();
  await expect(page).toHaveURL(/\/new\/gallery\/demo\?authorization=/);

  await page.reload();
  await expect(connect.connected).toBeVisible();
  await expect(connect.step.getByText('demo-same-tab')).toBeVisible();
  await connect.button('Back').click();
  await expect(connect.field('Area')).toHaveValue('api');
  await connect.button('Continue').click();
  await connect.primary.click();
  await expect(page).toHaveURL(
    `${instance.appUrl}/datasource-auth/demo-same-tab`,
  );
});

test('N9 a name that was taken meanwhile keeps the credential, and another is offered', async ({
  page,
  instance,
}) => {
  const { guest, appUrl } = instance;
  const connect = await openDemo(page, instance);
  await connect.button('Change title or name').click();
  await connect.button('An app').click();
  await connect.fill({
    Name: 'demo-taken',
    Area: 'api',
    ...clientOf('client_credentials'),
  });
  await connect.primary.click();
  await expect(connect.connected).toBeVisible();
  const { status } = await guest.call(
    'POST',
    '/api/datasource-auth/datasources',
    {
      name: 'demo-taken',
      auth: { type: 'none' },
    },
  );
  expect(status).toBe(201);
  await connect.primary.click();
  await connect.button('Save as demo-taken-2').click();
  await expect(page).toHaveURL(`${appUrl}/datasource-auth/demo-taken-2`);
});

test('N1 N9 an API key is checked by a test call, and All settings keeps what was entered', async ({
  page,
  instance,
}) => {
  page.on('dialog', dialog => dialog.accept());
  const connect = await openDemo(page, instance);
  await connect.button('API key').click();
  await connect.fill({ Area: 'api', 'API key of the demo': 'wrong' });
  await connect.primary.click();
  await expect(connect.field('API key of the demo')).toBeFocused();
  await connect.fill({ 'API key of the demo': 'demo-only-api-key' });
  await connect.primary.click();
  await expect(connect.connected).toBeVisible();
  await connect.button('All settings').click();
  await expect(connect.field('Base URL')).toHaveValue(/instance\.area/);
  await expect(page.getByText('Not saved', { exact: true })).toBeVisible();
});
