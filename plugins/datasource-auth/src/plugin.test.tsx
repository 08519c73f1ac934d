import { renderTestApp } from '@backstage/frontend-test-utils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { Route } from 'react-router-dom';
import { FlatRoutes } from '@backstage/core-app-api';
import alphaPlugin from './alpha';
import { DatasourceAuthPage, MyConnections } from './plugin';
import { apiStub } from './__testUtils__/apiStub';
import { summaryOf } from './__testUtils__/datasources';

function apiWithOne() {
  return apiStub({
    listDatasources: async query => ({
      items: query?.attention ? [] : [summaryOf()],
      mayCreate: true,
    }),
  });
}

describe('datasource-auth plugin', () => {
  it('renders its page with its own header in a legacy app', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[datasourceAuthApiRef, apiWithOne()]]}>
        <FlatRoutes>
          <Route path="/datasource-auth" element={<DatasourceAuthPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      {
        routeEntries: ['/datasource-auth'],
        mountedRoutes: { '/datasource-auth': datasourceAuthRouteRef },
      },
    );
    expect(
      // The page is loaded lazily.
      await screen.findByRole(
        'link',
        { name: 'Salesforce CRM' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute('href', '/datasource-auth/salesforce-crm');
    expect(
      screen.getByRole('heading', { level: 1, name: 'Datasources' }),
    ).toBeInTheDocument();
  });

  it("N10: renders the user's connections on the settings page of a legacy app", async () => {
    const api = apiStub({
      listConnections: async () => ({
        items: [
          {
            datasource: 'jira',
            title: 'Jira Cloud',
            state: 'not_connected',
            terms: { hosts: [], scopes: [], consumers: [], routes: [] },
          },
        ],
      }),
    });
    await renderInTestApp(
      <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
        <MyConnections />
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole(
        'region',
        { name: 'Jira Cloud' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
  });

  it("renders its page below the app's header in the new frontend system", async () => {
    renderTestApp({
      features: [alphaPlugin],
      apis: [[datasourceAuthApiRef, apiWithOne()]],
      initialRouteEntries: ['/datasource-auth'],
    });
    expect(
      // The page is loaded lazily.
      await screen.findByRole(
        'link',
        { name: 'Salesforce CRM' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute('href', '/datasource-auth/salesforce-crm');
    expect(
      screen.getAllByRole('heading', { level: 1, name: 'Datasources' }),
    ).toHaveLength(1);
    expect(document.title).toBe('Datasources');
  });
});
