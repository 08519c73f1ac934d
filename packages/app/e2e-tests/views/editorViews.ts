import { expect, type Page } from '@playwright/test';
import { approve } from '../approve';
import { demoSettings } from '../demoSettings';
import { EditorPage } from '../EditorPage';
import type { View, ViewContext } from './View';

/** Open windows of a view would interfere with the next one. */
async function closeOthers(page: Page) {
  for (const other of page.context().pages()) {
    if (other !== page) await other.close();
  }
}

async function openNew({ page, open }: ViewContext): Promise<EditorPage> {
  await closeOthers(page);
  await open('/new/blank');
  await expect(page.getByRole('heading', { name: 'General' })).toBeVisible();
  return EditorPage.on(page);
}

async function openFilled(context: ViewContext): Promise<EditorPage> {
  const editor = await openNew(context);
  await editor.fill(demoSettings(context.instance.provider, 'Viewed'));
  await expect(editor.panel.text('No credential yet.')).toBeVisible();
  return editor;
}

async function openSaved(
  { page, open }: ViewContext,
  name: string,
): Promise<EditorPage> {
  await open(`/${name}/edit`);
  await expect(page.getByRole('heading', { name: 'General' })).toBeVisible();
  return EditorPage.on(page);
}

/** The editor, and the authorization panel in each of its nine states. */
export const editorViews: View[] = [
  {
    name: 'panel-1-incomplete',
    reach: async context => {
      const editor = await openNew(context);
      await expect(editor.panel.text(/^Fill in:/).first()).toBeVisible();
    },
  },
  {
    name: 'panel-2-nothing',
    reach: async context => {
      await openFilled(context);
    },
  },
  {
    name: 'panel-3-waiting',
    reach: async context => {
      const editor = await openFilled(context);
      await editor.panel.getNewCredential();
      await expect(editor.panel.text(/Waiting for you/)).toBeVisible();
    },
  },
  {
    name: 'panel-3-blocked',
    reach: async context => {
      const editor = await openFilled(context);
      await context.page.evaluate(() => {
        const { open } = window;
        window.open = () => {
          window.open = open;
          return null;
        };
      });
      await editor.panel.button(/^Get new credential/).click();
      await expect(editor.panel.text(/blocked the window/)).toBeVisible();
    },
  },
  {
    name: 'panel-3-closed',
    reach: async context => {
      const editor = await openFilled(context);
      const window = await editor.panel.getNewCredential();
      await expect(window.getByLabel('Username')).toBeVisible();
      await window.close();
      await expect(editor.panel.text('Closed the window?')).toBeVisible();
    },
  },
  {
    name: 'panel-4-staged',
    reach: async context => {
      const editor = await openFilled(context);
      const window = await editor.panel.getNewCredential();
      await approve(window);
      // The window loads the whole app before it closes.
      if (!window.isClosed()) await window.waitForEvent('close');
      await expect(editor.panel.notSaved).toBeVisible();
    },
  },
  {
    name: 'panel-4-staged-token',
    reach: async context => {
      const editor = await openNew(context);
      await editor.chooseGrant('Client credentials');
      await editor.fill(
        demoSettings(context.instance.provider, 'Viewed too', 'machine'),
      );
      await editor.panel.button('Get access token').click();
      await expect(editor.panel.text(/^Valid access token/)).toBeVisible();
      await editor.panel.button('Test connection').click();
      await expect(editor.panel.text(/^HTTP 200/)).toBeVisible();
    },
  },
  {
    name: 'panel-5-saved',
    reach: async context => {
      const editor = await openSaved(context, 'salesforce-crm');
      await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
    },
  },
  {
    name: 'panel-6-out-of-date',
    reach: async context => {
      const editor = await openSaved(context, 'salesforce-crm');
      await editor.field('Client ID').fill('another-client');
      await expect(editor.panel.text(/^Out of date/)).toBeVisible();
    },
  },
  {
    name: 'panel-7-clear-staged',
    reach: async context => {
      const editor = await openSaved(context, 'salesforce-crm');
      await editor.panel.clearCredential();
      await expect(editor.panel.button('Undo clear')).toBeVisible();
    },
  },
  {
    name: 'panel-8-reauthorize',
    reach: async context => {
      const editor = await openSaved(context, 'jira-cloud');
      await expect(editor.panel.text(/no longer accepts/)).toBeVisible();
    },
  },
  {
    name: 'panel-9-error',
    reach: async context => {
      const editor = await openSaved(context, 'sap-orders');
      await expect(editor.panel.marker('ERROR')).toBeVisible();
    },
  },
  {
    name: 'panel-9-refused',
    reach: async context => {
      const editor = await openNew(context);
      await editor.chooseGrant('Client credentials');
      await editor.fill({
        ...demoSettings(context.instance.provider, 'Refused', 'machine'),
        'Client secret': 'not-the-secret',
      });
      await editor.panel.button('Get access token').click();
      await expect(editor.panel.text(/not accepted$/)).toBeVisible();
      await editor.panel.text('Technical details').click();
    },
  },
  {
    name: 'editor-advanced',
    reach: async context => {
      await openSaved(context, 'salesforce-crm');
      await context.page.getByRole('button', { name: /^Advanced/ }).click();
      await expect(
        context.page.getByRole('heading', { name: 'Token response' }),
      ).toBeVisible();
    },
  },
  {
    name: 'editor-search',
    reach: async context => {
      await openSaved(context, 'salesforce-crm');
      await context.page
        .getByRole('searchbox', { name: 'Search settings' })
        .fill('expires');
      await expect(
        context.page.getByRole('button', { name: /^Token response/ }),
      ).toBeVisible();
    },
  },
  {
    name: 'editor-errors',
    reach: async context => {
      const editor = await openFilled(context);
      await editor.field('Token URL').fill('not an address');
      await editor.field('Scopes').fill('read,write');
      await editor.save();
      await expect(
        context.page.getByText('2 fields need attention'),
      ).toBeVisible();
    },
  },
  {
    name: 'editor-password',
    reach: async context => {
      await openNew(context);
      await context.page
        .getByRole('button', { name: 'Password', exact: true })
        .click();
      await expect(context.page.getByLabel(/^Username/)).toBeVisible();
    },
  },
  {
    name: 'editor-conflict',
    reach: async context => {
      const editor = await openSaved(context, 'servicenow');
      await context.datasources.change('servicenow', {
        tags: [`ticket-${Date.now() % 1000}`],
      });
      await editor.field('Title').fill('ServiceNow of mine');
      await editor.save();
      await expect(
        context.page.getByRole('button', { name: 'Keep mine' }),
      ).toBeVisible();
    },
  },
  {
    name: 'editor-unreachable',
    reach: async context => {
      const editor = await openSaved(context, 'servicenow');
      await editor.field('Title').fill('ServiceNow, typed');
      await context.page.route('**/datasources/servicenow', route =>
        route.abort('internetdisconnected'),
      );
      await editor.save();
      await expect(context.page.getByText(/^Not saved/)).toBeVisible();
    },
  },
  {
    name: 'editor-issuer',
    reach: async context => {
      const editor = await openNew(context);
      await editor.fill({ Issuer: context.instance.provider.issuer });
      await context.page
        .getByRole('button', { name: 'Fill from issuer' })
        .click();
      await expect(
        context.page.getByRole('button', { name: 'Use these settings' }),
      ).toBeVisible();
    },
  },
  {
    name: 'editor-guard',
    reach: async context => {
      await openFilled(context);
      await context.page
        .getByRole('navigation', { name: 'breadcrumb', exact: true })
        .getByRole('link', { name: 'Datasources' })
        .click();
      await expect(
        context.page.getByText('Discard your changes?'),
      ).toBeVisible();
    },
  },
];
