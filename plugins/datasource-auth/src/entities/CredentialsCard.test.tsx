import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Datasource,
  DATASOURCE_ANNOTATION,
} from 'backstage-plugin-datasource-auth-common';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  statusOf,
} from '../__testUtils__/datasources';
import { WithoutStyleSheets } from '../__testUtils__/WithoutStyleSheets';
import alphaPlugin from '../alpha';
import { EntityDatasourceAuthCard } from '../plugin';
import { isDatasourceAuthAvailable } from './isDatasourceAuthAvailable';

function entityOf(
  datasources?: string,
  part: { kind?: string; spec?: object } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: part.kind ?? 'Component',
    metadata: {
      name: 'things',
      namespace: 'default',
      annotations:
        datasources === undefined
          ? {}
          : { [DATASOURCE_ANNOTATION]: datasources },
    },
    spec: { type: 'openapi', ...part.spec },
  };
}

const API = entityOf(undefined, {
  kind: 'API',
  spec: { definition: 'openapi: 3.1.0' },
});

/** Responds with these datasources, and not found for all others. */
const answering = (...datasources: Array<Partial<Datasource>>) =>
  apiStub({
    getDatasource: async name => {
      const found = datasources.find(datasource => datasource.name === name);
      if (!found) throw apiError('not_found', 404);
      return datasourceOf({ title: undefined, ...found });
    },
    listDatasources: async () => ({ items: [], mayCreate: true }),
  });

async function open(api: DatasourceAuthApi, entity: Entity) {
  await renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      <WithoutStyleSheets>
        <EntityProvider entity={entity}>
          <EntityDatasourceAuthCard />
        </EntityProvider>
      </WithoutStyleSheets>
    </TestApiProvider>,
    { mountedRoutes: { '/datasources': datasourceAuthRouteRef } },
  );
  // The card is loaded lazily.
  await screen.findByText('Credentials', {}, { timeout: 20_000 });
  return userEvent.setup({ delay: null });
}

const list = () =>
  screen.findByRole('list', { name: 'Credentials of this entity' });
const rows = async () => within(await list()).getAllByRole('listitem');

describe('the Credentials card', () => {
  it('shows marker, expiry, and evidence of each datasource', async () => {
    await open(
      answering(
        {
          name: 'crm',
          title: 'CRM',
          status: authorizedStatus({
            ...{ verifiedAt: Date.now() - 7_200_000, authorizerLeft: true },
          }),
        },
        { name: 'jira', title: 'Jira', status: statusOf() },
      ),
      entityOf('crm, jira'),
    );
    const [crm, jira] = await rows();
    expect(
      await within(crm).findByRole('link', { name: 'CRM' }),
    ).toHaveAttribute('href', '/datasources/crm');
    expect(crm).toHaveTextContent(
      /AUTHORIZEDValid until .*, refreshes automaticallyStored · Verified 2 hr\. agoAuthorized by someone who has left/,
    );
    expect(await within(jira).findByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(jira).toHaveTextContent('No credential yet.');
  });

  it.each([
    ['NOT_AUTHORIZED', 'Get a new credential for CRM', '/datasources/crm'],
    [
      'NOT_CONFIGURED',
      'Complete the settings of CRM',
      '/datasources/crm/edit?fix',
    ],
    ['ERROR', 'View the error of CRM', '/datasources/crm'],
  ] as const)('links from %s to the place to fix it', async (...row) => {
    const [state, name, href] = row;
    await open(
      answering({ name: 'crm', title: 'CRM', status: statusOf({ state }) }),
      entityOf('crm'),
    );
    expect(await screen.findByRole('link', { name })).toHaveAttribute(
      'href',
      href,
    );
  });

  it("says that a datasource doesn't exist or isn't visible, and doesn't load invalid names", async () => {
    const api = answering({ name: 'crm', title: 'CRM' });
    await open(api, entityOf('crm,hidden,No Name'));
    const [, hidden, noName] = await rows();
    const unknown =
      "No datasource has this name, or you don't have permission to view it.";
    expect(await within(hidden).findByText(unknown)).toBeInTheDocument();
    expect(hidden).toHaveTextContent(/^hidden/);
    expect(within(noName).getByText(unknown)).toBeInTheDocument();
    expect(api.getDatasource.mock.calls).toEqual([['crm'], ['hidden']]);
  });

  it("says which datasource couldn't be loaded, and retries", async () => {
    const getDatasource = jest
      .fn()
      .mockRejectedValueOnce(
        apiError('datasource_unavailable', 503, { message: 'Down' }),
      )
      .mockResolvedValue(datasourceOf({ name: 'crm', title: 'CRM' }));
    const user = await open(apiStub({ getDatasource }), entityOf('crm'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load the datasource: Down",
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'CRM' })).toBeVisible();
  });

  it('shows that it is loading', async () => {
    await open(
      apiStub({ getDatasource: () => new Promise(() => {}) }),
      entityOf('crm'),
    );
    expect(
      await screen.findByRole('progressbar', { name: 'Loading crm…' }),
    ).toBeInTheDocument();
  });

  it('shows at most twenty, and the number of the rest', async () => {
    const names = Array.from({ length: 22 }, (_, index) => `d-${index}`);
    await open(answering(), entityOf(names.join(',')));
    expect(await rows()).toHaveLength(20);
    expect(screen.getByText('2 more are not shown.')).toBeInTheDocument();
  });

  it("S4.3 offers to create a datasource from an API's description, with that API preselected", async () => {
    await open(answering(), API);
    expect(
      await screen.findByRole('button', {
        name: 'Create from this API description',
      }),
    ).toHaveAttribute(
      'href',
      '/datasources/new/openapi?entity=api%3Adefault%2Fthings',
    );
  });

  it("doesn't offer it without permission, and says whom to ask", async () => {
    await open(
      apiStub({
        listDatasources: async () => ({ items: [], mayCreate: false }),
      }),
      API,
    );
    expect(
      await screen.findByText(/Ask a platform administrator to create one\.$/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it("says what it couldn't load, and retries", async () => {
    const listDatasources = jest
      .fn()
      .mockRejectedValueOnce(apiError('not_allowed', 403, { message: 'No' }))
      .mockResolvedValue({ items: [], mayCreate: true });
    const user = await open(apiStub({ listDatasources }), API);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't check your permissions: No",
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /^Create from/ }),
    ).toBeInTheDocument();
  });

  it("says how to annotate an entity that names no datasource and isn't an API", async () => {
    const api = apiStub();
    await open(api, entityOf());
    expect(
      screen.getByText(/to the annotation datasource-auth\/datasource\.$/),
    ).toBeInTheDocument();
    expect(api.listDatasources).not.toHaveBeenCalled();
  });

  it('appears on pages of the new frontend system if it has content', async () => {
    const api = answering({ name: 'crm', title: 'CRM' });
    const anotherCard = EntityCardBlueprint.make({
      name: 'another',
      params: {
        // Loaded after our card, so ours is rendered once this one is.
        loader: async () => {
          await import('./CredentialsCard');
          return <p>Another card</p>;
        },
      },
    });
    const render = (entity: Entity) =>
      renderTestApp({
        features: [alphaPlugin],
        extensions: [createTestEntityPage({ entity }), anotherCard],
        apis: [[datasourceAuthApiRef, api]],
      });
    const { unmount } = render(entityOf('crm'));
    expect(
      await screen.findByRole('link', { name: 'CRM' }, { timeout: 20_000 }),
    ).toHaveAttribute('href', '/datasource-auth/crm');
    unmount();
    render(entityOf());
    await screen.findByText('Another card');
    expect(screen.queryByText('Credentials')).not.toBeInTheDocument();
  });
});

describe('isDatasourceAuthAvailable', () => {
  it.each([
    [true, 'an annotated entity', entityOf('crm')],
    [true, 'an API described in OpenAPI', API],
    [false, 'an API described otherwise', entityOf(undefined, { kind: 'API' })],
    [false, 'any other entity', entityOf()],
  ])('returns %s for %s', (available, _, entity) => {
    expect(isDatasourceAuthAvailable(entity)).toBe(available);
  });
});
