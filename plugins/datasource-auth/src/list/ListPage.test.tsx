import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DatasourceList } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  statusOf,
  summaryOf,
} from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';
import { catchSavedFiles } from '../__testUtils__/savedFiles';

const LIST = '/datasource-auth';

function listing(
  items: DatasourceList['items'],
  part: Partial<DatasourceList> = {},
) {
  return apiStub({
    listDatasources: async query => ({
      items: query?.attention
        ? items.filter(item => item.status.state !== 'AUTHORIZED')
        : items,
      mayCreate: true,
      ...part,
    }),
  });
}

const HEALTHY = summaryOf({
  name: 'pagerduty',
  title: 'PagerDuty',
  grantType: 'client_credentials',
  status: authorizedStatus({
    verifiedAt: Date.now() - 7_200_000,
    lastUsedAt: Date.now() - 10_800_000,
  }),
  consumers: ['techdocs', 'scaffolder'],
  owner: 'group:default/platform',
});

const row = (name: string) =>
  within(
    screen.getByRole('rowheader', { name: new RegExp(name) }).closest('tr')!,
  );

afterEach(() => jest.restoreAllMocks());

describe('ListPage', () => {
  it('S0.3 S3.5 lists datasources, and links to a new one', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(listing([HEALTHY]), LIST);
    expect(
      await screen.findByRole('link', { name: 'PagerDuty' }),
    ).toHaveAttribute('href', '/datasource-auth/pagerduty');
    await user.click(screen.getByRole('button', { name: 'New datasource' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth\/new$/,
    );
    expect(
      await screen.findByRole('heading', { name: 'New datasource' }),
    ).toBeInTheDocument();
  });

  it('S0.22-S0.27 shows marker, what is known, consumers, and owner of each datasource', async () => {
    await renderPage(listing([HEALTHY, summaryOf()]), LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    const healthy = row('PagerDuty');
    expect(healthy.getByText('Authorized')).toBeInTheDocument();
    expect(healthy.getByText(/^Verified/)).toHaveTextContent(
      'Verified 2 hr. ago',
    );
    expect(healthy.getByText('Renews by itself')).toBeInTheDocument();
    expect(healthy.getByText('techdocs, scaffolder')).toBeInTheDocument();
    expect(healthy.getByText(/^Used/)).toHaveTextContent('Used 3 hr. ago');
    expect(healthy.getByText('platform')).toBeInTheDocument();
    expect(
      healthy.queryByRole('button', { name: /: PagerDuty/ }),
    ).not.toBeInTheDocument();
    const other = row('Salesforce CRM');
    expect(other.getByText('Not authorized')).toBeInTheDocument();
    expect(other.getByText('No credential yet.')).toBeInTheDocument();
  });

  it('says who is needed, and that nothing was verified', async () => {
    const status = authorizedStatus({
      hasRefreshToken: false,
      renewable: false,
    });
    await renderPage(listing([summaryOf({ status })]), LIST);
    await screen.findByRole('link', { name: 'Salesforce CRM' });
    const cells = row('Salesforce CRM');
    expect(cells.getByText('Not verified yet')).toBeInTheDocument();
    expect(cells.getByText(/^Needs a person by/)).toBeInTheDocument();
  });

  it('names two consumers and counts the others, which screen readers hear', async () => {
    const consumers = ['techdocs', 'scaffolder', 'search', 'kubernetes'];
    await renderPage(listing([{ ...HEALTHY, consumers }]), LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    const names = row('PagerDuty').getByTitle(consumers.join(', '));
    expect(names).toHaveTextContent(
      'techdocs, scaffolder +2, search, kubernetes',
    );
  });

  it('shows which ones need attention, each with a link to fix it', async () => {
    const incomplete = summaryOf({
      name: 'jira',
      title: 'Jira',
      status: statusOf({
        state: 'NOT_CONFIGURED',
        reasonCode: 'missing_settings',
        missing: ['auth.token.url'],
      }),
    });
    await renderPage(listing([summaryOf(), incomplete, HEALTHY]), LIST);
    const strip = await screen.findByText(/^2 datasources need attention:/);
    expect(strip).toHaveTextContent(
      '2 datasources need attention: Salesforce CRM · Jira',
    );
    expect(
      within(strip).getByRole('link', { name: 'Salesforce CRM' }),
    ).toHaveAttribute('href', '/datasource-auth/salesforce-crm');
    expect(within(strip).getByRole('link', { name: 'Jira' })).toHaveAttribute(
      'href',
      '/datasource-auth/jira/edit?fix',
    );
  });

  it('keeps search and filters in the address, and sends them to the backend', async () => {
    const user = userEvent.setup({ delay: null });
    const api = listing([HEALTHY]);
    await renderPage(api, `${LIST}?way=client_credentials`);
    await screen.findByRole('link', { name: 'PagerDuty' });
    expect(
      screen.getByRole('combobox', { name: 'Authentication' }),
    ).toHaveDisplayValue('Client credentials');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Status' }),
      'NOT_AUTHORIZED',
    );
    await user.type(screen.getByRole('searchbox'), 'pager');
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/datasource-auth?way=client_credentials&status=NOT_AUTHORIZED&search=pager',
      ),
    );
    expect(api.listDatasources).toHaveBeenLastCalledWith({
      search: 'pager',
      status: 'NOT_AUTHORIZED',
      way: 'client_credentials',
      limit: 50,
    });
  });

  it('counts the filters on the button that shows them on a small screen', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(
      listing([HEALTHY]),
      `${LIST}?search=a&status=AUTHORIZED&consumer=techdocs`,
    );
    const button = await screen.findByRole('button', { name: 'Filters (2)' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
  });

  it('says that nothing matches, and clears the filters', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(listing([]), `${LIST}?search=nothing`);
    expect(
      await screen.findByText('No datasources match the filters.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth$/,
    );
  });

  it('explains datasources if there are none', async () => {
    await renderPage(listing([]), LIST);
    expect(
      await screen.findByText(
        /^No datasources yet\. A datasource holds the credential/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start blank' })).toHaveAttribute(
      'href',
      '/datasource-auth/new/blank',
    );
    expect(
      screen.getByRole('button', { name: 'Choose a provider' }),
    ).toHaveAttribute('href', '/datasource-auth/new');
    expect(
      screen.getByText('Use one in a plugin (3 lines)'),
    ).toBeInTheDocument();
  });

  it('says whom to ask if there are none and the user may not create one', async () => {
    await renderPage(listing([], { mayCreate: false }), LIST);
    expect(
      await screen.findByText(
        'No datasources yet. Ask a platform administrator to add one.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'New datasource' }),
    ).not.toBeInTheDocument();
  });

  it('says that the user has no access, instead of showing an empty table', async () => {
    const api = apiStub({
      listDatasources: async () => {
        throw apiError('not_allowed', 403);
      },
    });
    await renderPage(api, LIST);
    expect(
      await screen.findByText("You don't have access to datasources."),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says that the session has ended, and links to sign-in', async () => {
    window.history.replaceState({}, '', '/datasource-auth?search=crm');
    const api = apiStub({
      listDatasources: async () => {
        throw apiError('not_allowed', 401, { message: 'Illegal token' });
      },
    });
    await renderPage(api, LIST);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Your session has ended\. Sign in to Backstage again\.$/,
    );
    expect(screen.queryByText(/have access/)).not.toBeInTheDocument();
    // On a reload of the same address, Backstage checks who is signed in.
    expect(screen.getByRole('link', { name: 'Sign in again' })).toHaveAttribute(
      'href',
      '/datasource-auth?search=crm',
    );
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('shows a failure, and tries again', async () => {
    const user = userEvent.setup({ delay: null });
    let broken = true;
    const api = apiStub({
      listDatasources: async () => {
        if (broken)
          throw apiError('datasource_unavailable', 503, {
            message: 'The database is away',
          });
        return { items: [HEALTHY], mayCreate: true };
      },
    });
    await renderPage(api, LIST);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('rowheader', { name: /PagerDuty/ }),
    ).toBeInTheDocument();
  });

  it('moves no row under the pointer or focus: it counts changes, and shows them on demand', async () => {
    const user = userEvent.setup({ delay: null });
    let items = [HEALTHY];
    const api = apiStub({
      listDatasources: async query => {
        const found = query?.attention ? items.slice(0, -1) : items;
        return { items: found, mayCreate: true, totalItems: found.length };
      },
    });
    const look = () =>
      act(async () => {
        window.dispatchEvent(new Event('focus'));
      });
    await renderPage(api, LIST);
    await user.hover(await screen.findByRole('link', { name: 'PagerDuty' }));
    items = [summaryOf(), { ...HEALTHY, title: 'Pager' }];
    await look();
    const refresh = await screen.findByRole('button', {
      name: 'Show 2 changes',
    });
    expect(screen.getByRole('link', { name: 'PagerDuty' })).toBeInTheDocument();
    expect(screen.queryByText(/need.? attention:/)).not.toBeInTheDocument();
    await user.click(refresh);
    expect(screen.getByRole('link', { name: 'Pager' })).toBeInTheDocument();
    expect(screen.getByText(/^1 datasource needs attention:/)).toBeVisible();

    items = [HEALTHY];
    await user.unhover(screen.getByRole('link', { name: 'Pager' }));
    act(() => screen.getByRole('link', { name: 'Pager' }).focus());
    await look();
    expect(
      await screen.findByRole('button', { name: 'Show 2 changes' }),
    ).toBeInTheDocument();
    act(() => screen.getByRole('link', { name: 'Pager' }).blur());
    expect(
      await screen.findByRole('link', { name: 'PagerDuty' }),
    ).toBeInTheDocument();
    expect(screen.getByText('1 datasource')).toBeInTheDocument();
  });

  it('shows changes immediately if no row has the pointer or focus', async () => {
    let items = [HEALTHY];
    const api = apiStub({
      listDatasources: async query => ({
        items: query?.attention ? [] : items,
        mayCreate: true,
      }),
    });
    await renderPage(api, LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    items = [{ ...HEALTHY, title: 'Pager' }];
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    expect(
      await screen.findByRole('link', { name: 'Pager' }),
    ).toBeInTheDocument();
  });

  it('shows a skeleton while loading', async () => {
    let arrive: (list: DatasourceList) => void = () => {};
    const api = apiStub({
      listDatasources: () =>
        new Promise(resolve => {
          arrive = resolve;
        }),
    });
    await renderPage(api, LIST);
    expect(
      screen.getByRole('progressbar', { name: 'Loading datasources…' }),
    ).toBeInTheDocument();
    await act(async () => arrive({ items: [], mayCreate: true }));
  });

  it('filters by what the user and their groups own, and by plugin', async () => {
    const user = userEvent.setup({ delay: null });
    const api = listing([HEALTHY]);
    await renderPage(api, LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Owner' }),
      'Mine',
    );
    await user.type(
      screen.getByRole('combobox', { name: 'Consumer' }),
      'techdocs',
    );
    await waitFor(() =>
      expect(api.listDatasources).toHaveBeenLastCalledWith({
        owner: expect.stringMatching(/^user:/),
        consumer: 'techdocs',
        limit: 50,
      }),
    );
  });

  describe('by keyboard', () => {
    it('focuses the search on /, except while typing or if shortcuts are off', async () => {
      const user = userEvent.setup({ delay: null });
      await renderPage(listing([HEALTHY]), LIST);
      await screen.findByRole('link', { name: 'PagerDuty' });
      const search = screen.getByRole('searchbox', { name: /^Search/ });
      await user.keyboard('/');
      expect(search).toHaveFocus();
      expect(search).toHaveAttribute('aria-keyshortcuts', '/');
      await user.keyboard('a/b');
      expect(search).toHaveValue('a/b');

      await user.click(
        screen.getByRole('button', { name: 'More actions for datasources' }),
      );
      await user.click(
        screen.getByRole('menuitemcheckbox', {
          name: 'Turn off the / shortcut for search',
        }),
      );
      act(() => (document.activeElement as HTMLElement).blur());
      await user.keyboard('/');
      expect(search).not.toHaveFocus();
    });

    it('moves between rows and within a row with arrow keys, and opens with Enter', async () => {
      const user = userEvent.setup({ delay: null });
      await renderPage(listing([HEALTHY, summaryOf()]), LIST);
      const first = await screen.findByRole('link', { name: 'PagerDuty' });
      act(() => first.focus());
      await user.keyboard('{ArrowDown}');
      const second = row('Salesforce CRM').getByRole('link');
      expect(second).toHaveFocus();
      await user.keyboard('{ArrowDown}');
      expect(second).toHaveFocus();
      await user.keyboard('{ArrowRight}{ArrowRight}');
      expect(
        screen.getByRole('button', { name: /^Connect for everyone/ }),
      ).toHaveFocus();
      await user.keyboard('{ArrowRight}');
      expect(
        screen.getByRole('button', { name: 'Actions for Salesforce CRM' }),
      ).toHaveFocus();
      await user.keyboard('{ArrowUp}');
      expect(
        screen.getByRole('button', { name: 'Actions for PagerDuty' }),
      ).toHaveFocus();
      await user.keyboard('{ArrowLeft}{ArrowLeft}{Enter}');
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/datasource-auth/pagerduty',
      );
    });
  });

  it('links to setup health, and saves the listed datasources as YAML', async () => {
    const saved = catchSavedFiles();
    const user = userEvent.setup({ delay: null });
    const api = listing([HEALTHY, summaryOf()]);
    api.exportDatasource.mockImplementation(
      async name => `datasourceAuth:\n  datasources:\n    ${name}: {}\n`,
    );
    await renderPage(api, LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    const more = () =>
      user.click(
        screen.getByRole('button', { name: 'More actions for datasources' }),
      );
    await more();
    await user.click(screen.getByRole('menuitem', { name: 'Export YAML' }));
    await waitFor(() => expect(saved.files).toHaveLength(1));
    expect(await saved.text(saved.files[0])).toBe(
      'datasourceAuth:\n  datasources:\n    pagerduty: {}\n    salesforce-crm: {}\n',
    );
    await more();
    await user.click(screen.getByRole('menuitem', { name: 'Setup health' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/admin',
    );
  });

  it('goes from page to page', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({
      listDatasources: async query => {
        if (query?.attention) return { items: [], mayCreate: true };
        return query?.cursor
          ? { items: [summaryOf()], mayCreate: true }
          : { items: [HEALTHY], nextCursor: 'c2', mayCreate: true };
      },
    });
    await renderPage(api, LIST);
    await user.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(
      await screen.findByRole('link', { name: 'Salesforce CRM' }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(
      await screen.findByRole('link', { name: 'PagerDuty' }),
    ).toBeInTheDocument();
  });

  it('marks datasources declared in app-config, which can be authorized but not edited', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(listing([summaryOf({ source: 'config' })]), LIST);
    await screen.findByRole('rowheader', { name: /Salesforce CRM/ });
    expect(row('Salesforce CRM').getByText('From config')).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Actions for Salesforce CRM' }),
    );
    const items = screen.getAllByRole('menuitem').map(item => item.textContent);
    expect(items).toEqual(['Open', 'Get new credential', 'Duplicate']);
  });

  it('opens a datasource on a click on its row, but not on its menu', async () => {
    const user = userEvent.setup({ delay: null });
    const api = listing([HEALTHY]);
    await renderPage(api, LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    await user.click(
      screen.getByRole('button', { name: 'Actions for PagerDuty' }),
    );
    await user.keyboard('{Escape}');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth$/,
    );
    await user.click(row('PagerDuty').getByText('Authorized'));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/pagerduty',
    );
  });
});
