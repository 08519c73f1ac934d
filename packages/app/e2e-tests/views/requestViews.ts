import { expect } from '@playwright/test';
import { DatasourcePage } from '../DatasourcePage';
import type { View, ViewContext } from './View';

/** Sends a request to the guest, and opens the link. */
async function openRequest({ instance, open }: ViewContext) {
  const { body } = await instance.guest.call(
    'POST',
    '/api/datasource-auth/authorization-requests',
    {
      datasource: 'salesforce-crm',
      recipient: 'user:development/guest',
      message: 'For the quarterly report. It takes a minute.',
    },
  );
  await open(`/authorize${new URL(body.link).hash}`);
}

/** Approval requests: sending one, and the recipient's page. */
export const requestViews: View[] = [
  {
    name: 'request-ask',
    reach: async ({ page, open }) => {
      await open('/salesforce-crm');
      await DatasourcePage.on(page).choose('Ask someone else…');
      await expect(page.getByLabel('User or group')).toBeVisible();
    },
  },
  {
    name: 'request-asked',
    reach: async ({ page, open }) => {
      await open('/salesforce-crm');
      await DatasourcePage.on(page).choose('Ask someone else…');
      await page.getByLabel('User or group').fill('group:default/platform');
      await page
        .getByRole('button', { name: 'Ask for approval', exact: true })
        .click();
      await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
    },
  },
  {
    name: 'request-page',
    reach: async context => {
      await openRequest(context);
      await expect(
        context.page.getByRole('button', { name: /^Approve at / }),
      ).toBeVisible();
    },
  },
  {
    name: 'request-declined',
    reach: async context => {
      await openRequest(context);
      await context.page
        .getByRole('button', { name: 'Decline request' })
        .click();
      await expect(
        context.page.getByText(/declined this request/),
      ).toBeVisible();
    },
  },
];
