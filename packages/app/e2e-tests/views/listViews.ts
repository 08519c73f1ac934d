import { expect } from '@playwright/test';
import type { View, ViewContext } from './View';

const LIST = '**/api/datasource-auth/datasources?*';

/** Increases with each view, so that each finds a change. */
const OTHERS = [['search', 'techdocs'], ['search'], ['techdocs'], ['search']];

async function answerLists({ page }: ViewContext, body: object, status = 200) {
  await page.route(LIST, route => route.fulfill({ status, json: body }));
}

async function openList(context: ViewContext, path = '') {
  await context.open(path);
  await expect(context.page.getByRole('table').first()).toBeVisible();
}

/** The list in each of its states. */
export const listViews: View[] = [
  { name: 'list', reach: context => openList(context) },
  {
    name: 'list-menu',
    reach: async context => {
      await openList(context);
      await context.page
        .getByRole('button', { name: 'Actions for Salesforce CRM' })
        .click();
    },
  },
  {
    name: 'list-more',
    reach: async context => {
      await openList(context);
      await context.page
        .getByRole('button', { name: 'More actions for datasources' })
        .click();
    },
  },
  {
    name: 'list-changes',
    reach: async context => {
      const { page, datasources } = context;
      await openList(context, '?way=client_credentials');
      const row = page.getByRole('link', { name: /^PagerDuty/ }).last();
      await row.hover();
      await datasources.change('closed', { consumers: OTHERS.shift() });
      // What loads above the list may have moved it away from the pointer.
      await row.hover();
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await expect(page.getByText(/^Show \d changes?$/)).toBeVisible();
    },
  },
  {
    name: 'list-no-match',
    reach: async ({ page, open }) => {
      await open('?search=nothing-like-this');
      await expect(
        page.getByText('No datasources match the filters.'),
      ).toBeVisible();
    },
  },
  {
    name: 'list-empty',
    reach: async context => {
      await answerLists(context, { items: [], mayCreate: true });
      await context.open('');
      await context.page.getByText('Use one in a plugin').click();
    },
  },
  {
    name: 'list-empty-reader',
    reach: async context => {
      await answerLists(context, { items: [], mayCreate: false });
      await context.open('');
      await expect(context.page.getByText(/^No datasources yet/)).toBeVisible();
    },
  },
  {
    name: 'list-no-access',
    reach: async context => {
      const error = { code: 'not_allowed', message: 'You are not allowed' };
      await answerLists(context, { error }, 403);
      await context.open('');
      await expect(context.page.getByText(/^You don't have/)).toBeVisible();
    },
  },
  {
    name: 'list-session-ended',
    reach: async context => {
      await answerLists(context, { error: { message: 'Illegal token' } }, 401);
      await context.open('');
      await expect(
        context.page.getByText(/^Your session has ended/),
      ).toBeVisible();
    },
  },
  {
    name: 'list-failed',
    reach: async context => {
      await answerLists(context, { error: { message: 'Out of order' } }, 500);
      await context.open('');
      await expect(context.page.getByText('Out of order')).toBeVisible();
    },
  },
  {
    name: 'list-loading',
    reach: async ({ page, open }) => {
      await page.route(LIST, () => {});
      await open('');
      await expect(
        page.getByRole('progressbar', { name: 'Loading datasources…' }),
      ).toBeVisible();
    },
  },
  {
    name: 'clear-dialog',
    reach: async context => {
      await openList(context);
      const { page } = context;
      await page
        .getByRole('button', { name: 'Actions for Salesforce CRM' })
        .click();
      await page.getByRole('menuitem', { name: 'Clear credential…' }).click();
    },
  },
  {
    name: 'delete-in-use',
    reach: async context => {
      await openList(context);
      const { page } = context;
      await page
        .getByRole('button', { name: 'Actions for Salesforce CRM' })
        .click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      // Usage that isn't shown yet is stored when the backend rejects the request.
      const impact = page.getByRole('dialog').getByText(/^(Used|Not used)/);
      if ((await impact.innerText()).startsWith('Not used'))
        await page
          .getByRole('button', { name: 'Delete datasource', exact: true })
          .click();
      await expect(page.getByLabel(/^Type salesforce-crm/)).toBeVisible();
    },
  },
];
