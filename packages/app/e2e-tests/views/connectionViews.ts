import { expect } from '@playwright/test';
import { changeJson } from '../changeJson';
import type { View, ViewContext } from './View';

const LIST = '**/api/datasource-auth/connections';
const ATTEMPTS = '**/api/datasource-auth/authorizations';
const ATTEMPT = '6f1c1f4e-0d5b-4f0e-9d0e-3f6f2f1f0a11';
const DAY = 86_400_000;

const termsOf = (host: string) => ({
  baseUrl: `https://${host}/api`,
  hosts: [host],
  scopes: ['read', 'write', 'offline_access'],
  consumers: ['sample-consumer', 'scaffolder'],
  routes: [{ methods: ['GET'], path: '/issues/**' }],
});

const JIRA = {
  datasource: 'jira-cloud',
  title: 'Jira Cloud',
  description: 'Issues of all teams.',
  terms: termsOf('jira.example.com'),
};

const agreedOf = ({ terms }: typeof JIRA) => ({
  agreed: terms,
  account: 'jane.doe@demo.example',
  scope: 'read write offline_access',
  connectedAt: Date.now() - 40 * DAY,
  lastUsedAt: Date.now() - 180_000,
});

const of = (datasource: string, title: string, host: string) => ({
  ...{ datasource, title, terms: termsOf(host) },
  description: `Your own account at ${title}.`,
});

const GITHUB = of('github', 'GitHub', 'api.github.com');
const SERVICENOW = of('servicenow', 'ServiceNow', 'acme.service-now.com');
const GITLAB = of('gitlab', 'GitLab', 'gitlab.com');
const PAGERDUTY = of(
  'pagerduty-of-the-operations-team-in-production',
  'PagerDuty of the operations team in production',
  'api.pagerduty.com',
);

/** A connection of each state. */
const EVERY_STATE = [
  {
    ...GITHUB,
    ...agreedOf(GITHUB),
    state: 'consent_outdated',
    agreed: { ...GITHUB.terms, consumers: ['scaffolder'] },
  },
  {
    ...GITLAB,
    ...agreedOf(GITLAB),
    state: 'scope_missing',
    scope: 'read',
    missingScopes: ['write'],
  },
  { ...JIRA, ...agreedOf(JIRA), state: 'connected' },
  {
    ...PAGERDUTY,
    ...agreedOf(PAGERDUTY),
    state: 'reconnect',
    account: undefined,
    lastUsedAt: undefined,
  },
  { ...SERVICENOW, state: 'not_connected' },
];

/** What a plugin asks a person for. */
const DELEGATION = {
  ...{ id: ATTEMPT, state: 'pending', version: 'v', plugin: 'scaffolder' },
  ...{ datasource: 'jira-cloud', title: 'Jira Cloud' },
  ...{ purpose: 'Run 42 of Onboard service', context: { task: '42' } },
  ...{ scopes: JIRA.terms.scopes, hosts: JIRA.terms.hosts },
  account: 'jane.doe@demo.example',
  ...{ createdAt: Date.now(), until: Date.now() + 7 * DAY },
};

const PEOPLE = ['jane', 'joe'].map(name => ({
  user: `user:default/${name}`,
  connectedAt: Date.now() - 40 * DAY,
  lastUsedAt: name === 'jane' ? Date.now() - DAY : undefined,
}));

/** Opens the page with these connections, as the backend lists them. */
async function openWith(
  { page, open }: ViewContext,
  items: object[],
  more: object = {},
) {
  await page.route(LIST, route => route.fulfill({ json: { items, ...more } }));
  await open('/connections');
  await expect(
    page.getByRole('heading', { name: 'My connections' }),
  ).toBeVisible();
}

/** Clicks Connect my account, with what the attempt then is. */
async function connect(context: ViewContext, attempt: object) {
  const { page } = context;
  const json = {
    ...{ id: ATTEMPT, commit: false, display: 'popup' },
    ...{ datasource: 'jira-cloud', expiresAt: Date.now() + DAY },
    ...attempt,
  };
  await page.route(ATTEMPTS, route => route.fulfill({ json }));
  await page.route(`${ATTEMPTS}/*`, route => route.fulfill({ json }));
  await openWith(context, [{ ...JIRA, state: 'not_connected' }]);
  await page.getByRole('button', { name: /^Connect my account/ }).click();
}

const granted = (doubts: string[]) => ({
  status: 'granted',
  connection: { terms: JIRA.terms, doubts },
  staged: {
    obtainedAt: Date.now(),
    hasRefreshToken: true,
    account: 'jane.doe@demo.example',
    missingScopes: ['write'],
  },
});

/** The page on which people connect their own accounts. */
export const connectionViews: View[] = [
  {
    name: 'connections',
    reach: async context => {
      await openWith(context, EVERY_STATE);
      await expect(context.page.getByText('4 of 5 connected')).toBeVisible();
    },
  },
  {
    name: 'connections-shared-user',
    reach: async context => {
      // The guest, as the backend answers.
      await context.open('/connections');
      await expect(
        context.page.getByText(/^Several people share/),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-empty',
    reach: async context => {
      await openWith(context, []);
      await expect(
        context.page.getByText(/^You can't connect an account yet/),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-terms',
    reach: async context => {
      await openWith(context, [{ ...SERVICENOW, state: 'not_connected' }]);
      await context.page.getByText('What connecting allows').click();
    },
  },
  {
    name: 'connections-waiting',
    reach: async context => {
      await connect(context, {
        status: 'pending',
        startUrl: 'about:blank',
        ticket: 'ticket',
      });
      await expect(
        context.page.getByText(/^Waiting for you to approve/),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-confirm',
    reach: async context => {
      await connect(context, granted([]));
      await expect(
        context.page.getByRole('button', { name: 'Yes, connect' }),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-doubt',
    reach: async context => {
      await connect(context, granted(['other_email', 'account_taken']));
      await context.page.getByRole('button', { name: 'Yes, continue' }).click();
      await expect(
        context.page.getByRole('button', { name: 'Connect this account' }),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-failed',
    reach: async context => {
      await connect(context, {
        status: 'failed',
        error: {
          code: 'access_denied',
          title: 'Access was not approved',
          cause: 'You or an administrator declined.',
          remedy: 'Connect again, and choose Allow.',
          texts: { title: [], cause: [], remedy: [] },
          retryable: true,
          details: { errorDescription: 'End-User aborted interaction' },
        },
      });
      await expect(
        context.page.getByText('Access was not approved'),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-disconnect',
    reach: async context => {
      await openWith(context, EVERY_STATE);
      await context.page
        .getByRole('button', { name: 'Disconnect my account: Jira Cloud' })
        .click();
      await expect(context.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'delegation-request',
    reach: async ({ page, open }) => {
      await page.route('**/api/datasource-auth/delegations/*', route =>
        route.fulfill({ json: DELEGATION }),
      );
      await open(`/connections/delegations/${DELEGATION.id}`);
      await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
    },
  },
  {
    name: 'detail-people',
    reach: async ({ page, open }) => {
      const datasource = '**/api/datasource-auth/datasources/salesforce-crm';
      await page.route(datasource, route =>
        changeJson<{ allowed: object }>(route, json => ({
          ...{ ...json, subjects: 'both', connections: PEOPLE.length },
          allowed: { ...json.allowed, connections: true },
        })),
      );
      await page.route(`${datasource}/connections*`, route =>
        route.fulfill({ json: { items: PEOPLE, totalItems: PEOPLE.length } }),
      );
      await open('/salesforce-crm/people');
      await expect(
        page.getByRole('button', { name: 'Disconnect everyone…' }),
      ).toBeVisible();
    },
  },
  {
    name: 'connections-disconnected',
    reach: async context => {
      const { page } = context;
      await page.route(`${LIST}/*`, route =>
        route.fulfill({ json: { revoked: false } }),
      );
      await openWith(context, EVERY_STATE);
      await page
        .getByRole('button', { name: 'Disconnect my account: Jira Cloud' })
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Disconnect my account' })
        .click();
      await expect(page.getByText(/didn't confirm/).last()).toBeVisible();
    },
  },
];
