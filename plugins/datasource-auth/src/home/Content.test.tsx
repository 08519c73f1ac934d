import { identityApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { statusOf, summaryOf } from '../__testUtils__/datasources';
import { HomePageDatasourcesCard } from '../plugin';

const OWNERS = 'user:default/jane,group:default/crm';

async function open(
  listDatasources: DatasourceAuthApi['listDatasources'],
  identity: () => Promise<object> = async () => ({
    userEntityRef: 'user:default/jane',
    ownershipEntityRefs: ['user:default/jane', 'group:default/crm'],
  }),
) {
  const api = apiStub({ listDatasources });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, api],
        [identityApiRef, { getBackstageIdentity: identity } as never],
      ]}
    >
      <HomePageDatasourcesCard />
    </TestApiProvider>,
    { mountedRoutes: { '/datasources': datasourceAuthRouteRef } },
  );
  // The card is loaded lazily.
  await screen.findByText(
    'Your datasources that need attention',
    {},
    { timeout: 20_000 },
  );
  return { api, user: userEvent.setup({ delay: null }) };
}

describe('the home page card', () => {
  it('shows which datasources of the user and their groups need attention, with links to fix them', async () => {
    const { api } = await open(async () => ({
      items: [
        summaryOf({ name: 'crm', title: 'CRM' }),
        summaryOf({
          name: 'jira',
          title: 'Jira',
          status: statusOf({ state: 'NOT_CONFIGURED' }),
        }),
      ],
      totalItems: 9,
      mayCreate: false,
    }));
    const list = within(
      await screen.findByRole('list', {
        name: 'Your datasources that need attention',
      }),
    );
    expect(list.getAllByRole('listitem')).toHaveLength(2);
    expect(list.getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(
      list.getByRole('link', { name: 'Get a new credential for CRM' }),
    ).toHaveAttribute('href', '/datasources/crm');
    expect(
      list.getByRole('link', { name: 'Complete the settings of Jira' }),
    ).toHaveAttribute('href', '/datasources/jira/edit?fix');
    const more = screen.getByRole('link', { name: '7 more' });
    expect(more.getAttribute('href')).toBe(
      `/datasources?${new URLSearchParams({
        attention: 'true',
        owner: OWNERS,
      })}`,
    );
    expect(api.listDatasources).toHaveBeenCalledWith({
      attention: 'true',
      owner: OWNERS,
      limit: 5,
    });
  });

  it('says that none need attention', async () => {
    await open(async () => ({ items: [], mayCreate: false }));
    expect(
      await screen.findByText('None of your datasources need attention.'),
    ).toBeInTheDocument();
  });

  it('shows that it is loading', async () => {
    await open(() => new Promise(() => {}));
    expect(
      await screen.findByRole('progressbar', {
        name: 'Loading your datasources…',
      }),
    ).toBeInTheDocument();
  });

  it("says what couldn't be loaded, and retries", async () => {
    const listDatasources = jest
      .fn()
      .mockRejectedValueOnce(
        apiError('datasource_unavailable', 503, { message: 'Down' }),
      )
      .mockResolvedValue({ items: [summaryOf()], mayCreate: false });
    const { user } = await open(listDatasources);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load your datasources: Down",
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Salesforce CRM' }),
    ).toBeInTheDocument();
  });

  it("says that the user's groups are unknown", async () => {
    const { api } = await open(
      async () => ({ items: [], mayCreate: false }),
      async () => {
        throw new Error('Nobody is signed in');
      },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load your datasources: Nobody is signed in",
    );
    expect(api.listDatasources).not.toHaveBeenCalled();
  });
});
