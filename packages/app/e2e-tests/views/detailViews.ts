import { expect } from '@playwright/test';
import { changeJson } from '../changeJson';
import type { View, ViewContext } from './View';

async function openTab({ page, open }: ViewContext, tab: string) {
  await open(`/salesforce-crm/${tab.toLowerCase()}`);
  await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
}

/** A datasource with all its views. */
export const detailViews: View[] = [
  {
    name: 'detail-overview',
    reach: async context => {
      const { page, open } = context;
      await open('/salesforce-crm');
      await expect(
        page.getByRole('heading', { name: 'Use in the last 7 days' }),
      ).toBeVisible();
    },
  },
  {
    name: 'detail-activity',
    reach: async context => {
      await context.open('/pagerduty-incidents/activity');
      await context.page.getByText('Details').first().click();
    },
  },
  {
    name: 'detail-consumers',
    reach: async context => {
      // Usage is recorded now and then.
      await expect
        .poll(async () => {
          const { text } = await context.instance.guest.call(
            'GET',
            '/api/datasource-auth/datasources/closed/consumers',
          );
          return text;
        })
        .toContain('sample-consumer');
      await context.open('/closed/consumers');
      await expect(
        context.page.getByRole('region', { name: 'Asked and refused' }),
      ).toBeVisible();
    },
  },
  {
    name: 'detail-consumer-blocked',
    reach: async ({ page, open }) => {
      await open('/pagerduty-incidents/consumers');
      await page.getByRole('button', { name: 'Block sample-consumer' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'detail-access',
    reach: async context => {
      await openTab(context, 'Access');
      await expect(context.page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'detail-configuration',
    reach: async context => {
      await openTab(context, 'Configuration');
      await expect(context.page.getByText(/^datasourceAuth:/)).toBeVisible();
    },
  },
  {
    name: 'detail-declared',
    reach: async ({ page, open }) => {
      await open('/declared');
      await expect(
        page.getByText('Declared in app-config. Change its settings there.'),
      ).toBeVisible();
    },
  },
  {
    name: 'detail-error',
    reach: async ({ page, open }) => {
      await open('/sap-orders');
      await page.getByText('Technical details').click();
    },
  },
  {
    name: 'detail-hand-over',
    reach: async ({ page, open }) => {
      const datasource = '**/api/datasource-auth/datasources/salesforce-crm';
      await page.route(datasource, route =>
        changeJson<{ status: object }>(route, json => ({
          ...json,
          status: { ...json.status, authorizerLeft: true },
        })),
      );
      await open('/salesforce-crm');
      await expect(
        page.getByRole('button', { name: 'Hand over (opens a new window)' }),
      ).toBeVisible();
      await page.unroute(datasource);
    },
  },
  {
    name: 'detail-tested',
    reach: async ({ page, open }) => {
      await open('/salesforce-crm');
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText(/^HTTP 200/)).toBeVisible();
      await page.getByRole('button', { name: /^Actions for/ }).click();
      await page.getByRole('menuitem', { name: 'Test refresh' }).click();
      await expect(page.getByText(/^Refresh works/).last()).toBeVisible();
    },
  },
];
