import { expect } from '@playwright/test';
import { ConnectPage } from '../ConnectPage';
import { clientOf, demoPreset } from '../connectPresets';
import type { View } from './View';

/** Starting points of a new datasource, and the setup of the installation. */
export const startViews: View[] = [
  {
    name: 'gallery',
    reach: async ({ page, open }) => {
      await open('/new');
      await expect(page.getByRole('link', { name: 'GitLab' })).toBeVisible();
      await expect(page.locator('li svg path').first()).toBeVisible();
    },
  },
  {
    name: 'gallery-filtered',
    reach: async ({ page, open }) => {
      await open('/new?access=app');
      await page.getByLabel('Search providers').fill('microsoft');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'gallery-nothing',
    reach: async ({ page, open }) => {
      await open('/new');
      await page.getByLabel('Search providers').fill('nobody');
      await expect(page.getByText('No providers match.')).toBeVisible();
    },
  },
  {
    name: 'connect-register',
    reach: async ({ page, open }) => {
      await open('/new/gallery/salesforce');
      await expect(ConnectPage.on(page).primary).toBeVisible();
    },
  },
  {
    name: 'connect-empty',
    reach: async ({ page, open }) => {
      await open('/new/gallery/pagerduty');
      const connect = ConnectPage.on(page);
      await connect.primary.click();
      await expect(connect.field('Account subdomain')).toBeFocused();
    },
  },
  {
    name: 'connect-another',
    reach: async ({ page, open }) => {
      await open('/new/connect');
      await expect(ConnectPage.on(page).primary).toBeVisible();
    },
  },
  {
    name: 'connect-refused',
    reach: async ({ page, open, instance }) => {
      await ConnectPage.offer(page, presets => [
        ...presets,
        demoPreset(instance.provider),
      ]);
      await open('/new/gallery/demo');
      const connect = ConnectPage.on(page);
      await connect.button('An app').click();
      await connect.fill({
        Area: 'api',
        ...clientOf('client_credentials'),
        'Client secret': 'wrong',
      });
      await connect.primary.click();
      await expect(connect.field('Client secret')).toBeFocused();
    },
  },
  {
    name: 'connect-connected',
    reach: async ({ page, open, instance }) => {
      await ConnectPage.offer(page, presets => [
        ...presets,
        demoPreset(instance.provider),
      ]);
      await open('/new/gallery/demo');
      const connect = ConnectPage.on(page);
      await connect.button('An app').click();
      await connect.fill({ Area: 'api', ...clientOf('client_credentials') });
      await connect.primary.click();
      await expect(connect.connected).toBeVisible();
    },
  },
  {
    name: 'health',
    reach: async ({ page, open }) => {
      await open('/admin');
      await page
        .getByRole('button', { name: 'Check from this browser' })
        .click();
      await expect(
        page.getByText('This browser can reach the redirect URI.').last(),
      ).toBeVisible();
    },
  },
  {
    name: 'not-found',
    reach: async ({ page, open }) => {
      await open('/salesforce-crm/nothing');
      await expect(page.getByText(/Page not found/)).toBeVisible();
    },
  },
  {
    name: 'authorized-used',
    reach: async ({ page, open }) => {
      await open('/authorized');
      await expect(page.getByText(/^This link was already used/)).toBeVisible();
    },
  },
  {
    name: 'authorized-refused',
    reach: async ({ page, open }) => {
      await page.route('**/authorizations/*/completion', route =>
        route.fulfill({
          status: 403,
          json: {
            error: {
              code: 'other_user',
              message:
                'This approval was started by jane. Start again as yourself.',
            },
          },
        }),
      );
      await open('');
      await page.goto(
        `${
          new URL(page.url()).origin
        }/datasource-auth/authorized#id=1&completion=2`,
      );
      await expect(page.getByText(/^This approval was started/)).toBeVisible();
    },
  },
];
