import { expect } from '@playwright/test';
import type { View, ViewContext } from './View';

/** An API description with choices for the user, and with parts that can't be used. */
const DOCUMENT = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1' },
  servers: [
    { url: 'https://api.example.com/v1', description: 'Production' },
    { url: 'https://staging.example.com/v1', description: 'Staging' },
  ],
  paths: {
    '/orders': {
      get: { summary: 'Read orders', security: [{ login: ['orders:read'] }] },
      post: { summary: 'Add one', security: [{ login: ['orders:write'] }] },
    },
  },
  components: {
    securitySchemes: {
      login: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: '/oauth/authorize',
            tokenUrl: '/oauth/token',
            scopes: {
              'orders:read': 'Read all orders of the organisation',
              'orders:write': 'Add orders, and change those that are open',
              offline_access: '',
            },
          },
          implicit: { authorizationUrl: '/oauth/authorize', scopes: {} },
        },
      },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    },
  },
});

const STEPS = ['Source', 'Scheme', 'Scopes', 'Review'] as const;

async function openStep(
  { page, open }: ViewContext,
  wanted: (typeof STEPS)[number],
) {
  await open('/new/openapi');
  await page.getByRole('radio', { name: 'Paste' }).check();
  await page.getByRole('textbox', { name: 'API description' }).fill(DOCUMENT);
  for (const [index, step] of STEPS.entries()) {
    await expect(
      page.getByRole('heading', { name: `Step ${index + 1} of 4: ${step}` }),
    ).toBeVisible();
    if (step === wanted) return;
    await page.getByRole('button', { name: 'Next' }).click();
  }
}

/** The import from an API description, step by step. */
export const openapiViews: View[] = [
  {
    name: 'openapi-1-source',
    reach: async ({ page, open }) => {
      await open('/new/openapi');
      await expect(
        page.getByRole('heading', { name: 'Step 1 of 4: Source' }),
      ).toBeVisible();
    },
  },
  {
    name: 'openapi-1-unreadable',
    reach: async ({ page, open }) => {
      await open('/new/openapi');
      await page.getByRole('radio', { name: 'Paste' }).check();
      await page
        .getByRole('textbox', { name: 'API description' })
        .fill('openapi: [3.0\ninfo:');
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'openapi-2-scheme',
    reach: context => openStep(context, 'Scheme'),
  },
  {
    name: 'openapi-3-scopes',
    reach: async context => {
      await openStep(context, 'Scopes');
      await context.page
        .getByRole('checkbox', { name: /^orders:read/ })
        .check();
    },
  },
  {
    name: 'openapi-4-review',
    reach: context => openStep(context, 'Review'),
  },
];
