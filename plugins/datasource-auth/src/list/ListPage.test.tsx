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
    lastUsedAt: Date.now() - 180_000,
  }),
  consumers: ['techdocs', 'scaffolder'],
  owner: 'group:default/platform',
});

const row = (name: string) =>
  within(
    screen.getByRole('rowheader', { name: new RegExp(name) }).closest('tr')!,
  );

describe('ListPage', () => {
  it('S0.3 S3.5 lists datasources, and leads to a new one', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(listing([HEALTHY]), LIST);
    expect(
      await screen.findByRole('link', { name: 'PagerDuty' }),
    ).toHaveAttribute('href', '/datasource-auth/pagerduty');
    await user.click(screen.getByRole('button', { name: 'New datasource' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/new',
    );
    expect(
      await screen.findByRole('heading', { name: 'New datasource' }),
    ).toBeInTheDocument();
  });

  it('S0.22-S0.27 shows of each its marker with the reason, grant, validity, evidence, consumers and owner', async () => {
    await renderPage(listing([HEALTHY, summaryOf()]), LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    const healthy = row('PagerDuty');
    expect(healthy.getByText('AUTHORIZED')).toBeInTheDocument();
    expect(healthy.getByText(/^Valid until/)).toHaveTextContent(
      /renews automatically$/,
    );
    expect(healthy.getByText('Client credentials')).toBeInTheDocument();
    expect(healthy.getByText(/· renews automatically$/)).toHaveTextContent(
      /^in (59|60) min|in 1 hr/,
    );
    expect(healthy.getByText(/^Stored/)).toHaveTextContent(
      'Stored · Verified 2 hr. ago · Used 3 min. ago',
    );
    expect(healthy.getByText('2')).toHaveAttribute(
      'title',
      'techdocs, scaffolder',
    );
    expect(healthy.getByText('platform')).toBeInTheDocument();
    const other = row('Salesforce CRM');
    expect(other.getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(other.getByText('No credential yet.')).toBeInTheDocument();
    expect(other.getByText('Authorization code')).toBeInTheDocument();
  });

  it('shows which ones need attention, each a link to where it is put right', async () => {
    const incomplete = summaryOf({
      name: 'jira',
      title: 'Jira',
      status: statusOf({
        state: 'NOT_CONFIGURED',
        reasonCode: 'missing_settings',
        missing: ['Token URL'],
      }),
    });
    await renderPage(listing([summaryOf(), incomplete, HEALTHY]), LIST);
    const strip = await screen.findByText(/^2 datasources need attention:/);
    expect(strip).toHaveTextContent(
      '2 datasources need attention: Salesforce CRM – No credential yet. · Jira – Missing: Token URL',
    );
    expect(
      within(strip).getByRole('link', { name: 'Salesforce CRM' }),
    ).toHaveAttribute('href', '/datasource-auth/salesforce-crm');
    expect(within(strip).getByRole('link', { name: 'Jira' })).toHaveAttribute(
      'href',
      '/datasource-auth/jira/edit',
    );
  });

  it('keeps search and filters in the address, and asks the backend with them', async () => {
    const user = userEvent.setup({ delay: null });
    const api = listing([HEALTHY]);
    await renderPage(api, `${LIST}?grantType=client_credentials`);
    await screen.findByRole('link', { name: 'PagerDuty' });
    expect(screen.getByRole('combobox', { name: 'Grant' })).toHaveDisplayValue(
      'Client credentials',
    );
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Status' }),
      'NOT_AUTHORIZED',
    );
    await user.type(screen.getByRole('searchbox'), 'pager');
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/datasource-auth?grantType=client_credentials&status=NOT_AUTHORIZED&search=pager',
      ),
    );
    expect(api.listDatasources).toHaveBeenLastCalledWith({
      search: 'pager',
      status: 'NOT_AUTHORIZED',
      grantType: 'client_credentials',
      limit: 50,
    });
  });

  it('says that nothing matches, and clears the filters', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(listing([]), `${LIST}?search=nothing`);
    expect(await screen.findByText('Nothing matches.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth$/,
    );
  });

  it('says what a datasource is where there is none', async () => {
    await renderPage(listing([]), LIST);
    expect(
      await screen.findByText(
        /^No datasources yet\. A datasource holds the OAuth2 settings/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start blank' })).toHaveAttribute(
      'href',
      '/datasource-auth/new',
    );
  });

  it('says whom to ask where there is none and one may not create one', async () => {
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

  it('says that one has no access, instead of an empty table', async () => {
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

  it('moves no row by itself: it counts what changed in the background and shows it on demand', async () => {
    const user = userEvent.setup({ delay: null });
    let items = [HEALTHY];
    const api = apiStub({
      listDatasources: async query => ({
        items: query?.attention ? [] : items,
        mayCreate: true,
      }),
    });
    await renderPage(api, LIST);
    await screen.findByRole('link', { name: 'PagerDuty' });
    items = [summaryOf(), { ...HEALTHY, title: 'Pager' }];
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    const refresh = await screen.findByRole('button', {
      name: '2 changes – refresh',
    });
    expect(screen.getByRole('link', { name: 'PagerDuty' })).toBeInTheDocument();
    await user.click(refresh);
    expect(screen.getByRole('link', { name: 'Pager' })).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Salesforce CRM' }),
    ).toBeInTheDocument();
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

  it('marks what app-config declares, which is authorized here but changed there', async () => {
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

  it('opens a datasource by a click on its row, and not by one on its menu', async () => {
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
    await user.click(
      screen.getByText('Client credentials', { selector: 'td' }),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/pagerduty',
    );
  });
});
