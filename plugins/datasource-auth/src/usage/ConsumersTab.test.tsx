import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ConsumerUsage,
  Datasource,
} from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

const usage = (part: Partial<ConsumerUsage>): ConsumerUsage => ({
  plugin: 'techdocs',
  allowed: true,
  handOuts24h: 0,
  rejections24h: 0,
  refusals24h: 0,
  ...part,
});

const FIRST_SEEN = new Date(2026, 10, 27, 9, 7, 30).getTime();
const TECHDOCS = usage({
  firstSeenAt: FIRST_SEEN,
  lastUsedAt: new Date(2026, 10, 28, 14).getTime(),
  handOuts24h: 12,
});
const STRANGER = usage({
  plugin: 'search',
  allowed: false,
  refusals24h: 4,
  lastRefusedAt: new Date(2026, 10, 28, 16).getTime(),
});
/** Used it before it was blocked. */
const FORMER = usage({ plugin: 'kiosk', allowed: false });
const NEVER = usage({ plugin: 'scaffolder' });

async function open(
  items: ConsumerUsage[],
  datasource: Datasource = datasourceOf({
    consumers: ['techdocs', 'scaffolder'],
  }),
  methods = {},
) {
  const hours = items.length
    ? [{ hour: Date.now(), handOuts: 12, rejections: 1, refusals: 4 }]
    : [];
  const api = apiStub({
    getDatasource: async () => datasource,
    listConsumers: async () => ({ items, hours }),
    ...methods,
  });
  await renderPage(api, '/datasource-auth/salesforce-crm/consumers');
  await screen.findByText(/can use the datasource\./);
  return { api, user: userEvent.setup({ delay: null }) };
}

const cells = (plugin: string) =>
  within(screen.getByRole('rowheader', { name: plugin }).closest('tr')!)
    .getAllByRole('cell')
    .map(cell => cell.textContent);

describe('ConsumersTab', () => {
  it('shows since when and in which hour plugins used it, which allowed plugins never did, and which were rejected', async () => {
    await open([NEVER, FORMER, STRANGER, TECHDOCS]);
    expect(cells('techdocs')).toEqual([
      'Yes',
      expect.any(String),
      expect.stringMatching(/28.*, (14|0?2):00.*–(15|0?3):00/),
      '12',
      '0',
      '0',
      'Block',
    ]);
    const first = new Date(FIRST_SEEN).toISOString();
    expect(
      screen
        .getByRole('rowheader', { name: 'techdocs' })
        .closest('tr')!
        .querySelector('time'),
    ).toHaveAttribute('datetime', first);
    expect(cells('scaffolder').slice(0, 3)).toEqual(['Yes', 'Never', 'Never']);
    expect(cells('kiosk')).toEqual([
      ...['No', 'Never', 'Never', '0', '0', '0', 'Allow'],
    ]);
    expect(
      screen.getByText(
        'Used 12 times · 1 rejected by the API · 4 requests denied',
      ),
    ).toBeInTheDocument();
  });

  it('shows gateway users and external tokens, which the list neither allows nor blocks', async () => {
    await open([usage({ plugin: '@users', handOuts24h: 3 })]);
    expect(cells('Users, through the gateway')).toEqual([
      'Yes',
      'Never',
      'Never',
      '3',
      '0',
      '0',
      '',
    ]);
  });

  it('X0.2 says that it was never used, and shows how a plugin would use it', async () => {
    await open([]);
    expect(
      screen.getByText('No plugin has used this datasource yet.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/tokens\.fetch\(\{ datasource: 'salesforce-crm' \}/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy Snippet' }),
    ).toBeInTheDocument();
  });

  it('shows plugins that asked and were refused, and allows one with one click', async () => {
    const datasource = datasourceOf({ consumers: ['techdocs', 'scaffolder'] });
    const { api, user } = await open([STRANGER, TECHDOCS], datasource, {
      updateDatasource: async () => datasource,
    });
    const refused = within(
      screen.getByRole('region', { name: 'Asked and refused' }),
    );
    expect(refused.getByRole('listitem')).toHaveTextContent(
      /^searchLast asked .*28.* · 4 requests in 24\sh/,
    );
    expect(
      screen.queryByRole('rowheader', { name: 'search' }),
    ).not.toBeInTheDocument();
    const allow = refused.getByRole('button', { name: 'Allow search' });
    expect(allow).toHaveAccessibleDescription(
      'An allowed plugin can call the API with the full access of the credential. Takes effect immediately.',
    );
    await user.click(allow);
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalled());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(api.updateDatasource.mock.calls[0][1]).toMatchObject({
      consumers: ['techdocs', 'scaffolder', 'search'],
      credential: { action: 'keep' },
    });
    await waitFor(() =>
      expect(screen.getByText(/can use the datasource\./)).toHaveFocus(),
    );
    await waitFor(() => expect(api.listConsumers).toHaveBeenCalledTimes(2));
  });

  it("says why the user can't allow a plugin", async () => {
    const { allowed } = datasourceOf();
    await open(
      [STRANGER, FORMER],
      datasourceOf({ allowed: { ...allowed, grant: false } }),
    );
    expect(
      screen.getByText(
        'You need the update and grant permissions to allow a plugin.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Allow/ }),
    ).not.toBeInTheDocument();
  });

  it('allows a plugin immediately after a confirmation, and keeps the other settings', async () => {
    const datasource = datasourceOf({ consumers: ['techdocs', 'scaffolder'] });
    const { api, user } = await open([FORMER, TECHDOCS], datasource, {
      updateDatasource: async () => datasource,
    });
    await user.click(screen.getByRole('button', { name: 'Allow kiosk' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveAccessibleDescription(
      'kiosk can use Salesforce CRM and call the API with the full access of its credential. Takes effect immediately.',
    );
    expect(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    ).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Allow' }));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalled());
    const [name, body, options] = api.updateDatasource.mock.calls[0];
    expect(name).toBe('salesforce-crm');
    expect(options).toEqual({ version: 3 });
    expect(body).toMatchObject({
      title: 'Salesforce CRM',
      consumers: ['techdocs', 'scaffolder', 'kiosk'],
      credential: { action: 'keep' },
      auth: { clientId: 'backstage', scopes: ['read'] },
    });
    expect(body.auth).not.toHaveProperty('clientSecret');
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
  });

  it('blocks a plugin, and shows how much it used before', async () => {
    const { api, user } = await open([TECHDOCS], undefined, {
      updateDatasource: async () => datasourceOf(),
    });
    await user.click(screen.getByRole('button', { name: 'Block techdocs' }));
    expect(
      await screen.findByText(
        /It used the datasource 12 times in the last 24 hours\./,
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Block' }));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalled());
    expect(api.updateDatasource.mock.calls[0][1]).toMatchObject({
      consumers: ['scaffolder'],
    });
  });

  it('shows why a change was refused, and reloads', async () => {
    const { api, user } = await open([STRANGER], undefined, {
      updateDatasource: async () => {
        throw apiError('version_conflict', 412, { message: 'Changed by bob' });
      },
    });
    await user.click(screen.getByRole('button', { name: 'Allow search' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Changed by bob',
    );
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
  });

  it('is read-only if any plugin is allowed or app-config lists them', async () => {
    await open([TECHDOCS], datasourceOf({ consumers: '*' }));
    expect(
      screen.getByText('Any plugin can use the datasource.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Block techdocs' }),
    ).not.toBeInTheDocument();
  });
});
