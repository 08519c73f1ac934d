import { expect } from '@playwright/test';
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
    name: 'preset',
    reach: async ({ page, open }) => {
      await open('/new/gallery/salesforce');
      await expect(
        page.getByRole('heading', { name: 'Register the application' }),
      ).toBeVisible();
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
