import { useEffect } from 'react';
import { Entity } from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  catalogApiRef,
  EntityKindFilter,
  EntityListProvider,
  useEntityList,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DATASOURCE_ANNOTATION } from 'backstage-plugin-datasource-auth-common';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
} from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { summaryOf } from '../__testUtils__/datasources';
import { EntityDatasourceFilterPicker } from '../plugin';

const entity = (name: string, datasources?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: datasources
      ? { [DATASOURCE_ANNOTATION]: datasources }
      : undefined,
  },
});

const ENTITIES = [
  entity('plain'),
  entity('healthy', 'crm'),
  entity('troubled', 'crm, jira'),
];

/** The entities that the catalog shows, and the requests to its backend. */
const Shown = () => {
  const { entities, filters } = useEntityList<any>();
  const [field] = Object.entries(filters.datasource?.getCatalogFilters() ?? {});
  return (
    <>
      <p aria-label="shown">
        {entities.map(({ metadata }) => metadata.name).join(' ')}
      </p>
      <p aria-label="asked">
        {field && `${field[0]} ${field[1] === CATALOG_FILTER_EXISTS}`}
      </p>
    </>
  );
};

/** As in the catalog, which always has a kind selected: it sends no request before a filter exists. */
const Components = () => {
  const { updateFilters } = useEntityList();
  useEffect(
    () => updateFilters({ kind: new EntityKindFilter('component', '') }),
    [updateFilters],
  );
  return null;
};

async function open(
  listDatasources: DatasourceAuthApi['listDatasources'],
  path = '/',
) {
  const api = apiStub({ listDatasources });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: ENTITIES })],
      ]}
    >
      <EntityListProvider>
        <Components />
        <EntityDatasourceFilterPicker />
        <Shown />
      </EntityListProvider>
    </TestApiProvider>,
    { routeEntries: [path] },
  );
  await screen.findByText('Credentials', {}, { timeout: 20_000 });
  const user = userEvent.setup({ delay: null });
  return {
    api,
    choose: async (option: string) => {
      await user.click(screen.getByRole('button', { name: /./ }));
      await user.click(await screen.findByRole('option', { name: option }));
    },
  };
}

const shown = (names: string) =>
  waitFor(() =>
    expect(screen.getByLabelText('shown')).toHaveTextContent(
      new RegExp(`^${names}$`),
    ),
  );

const TROUBLE: DatasourceAuthApi['listDatasources'] = async query => ({
  items: [summaryOf({ name: query?.cursor ? 'jira' : 'other' })],
  nextCursor: query?.cursor ? undefined : 'more',
  mayCreate: false,
});

describe('the catalog filter', () => {
  it('shows all entities at first, and loads no datasources', async () => {
    const { api } = await open(TROUBLE);
    await shown('healthy plain troubled');
    expect(api.listDatasources).not.toHaveBeenCalled();
  });

  it('shows entities with or without a datasource', async () => {
    const { choose } = await open(TROUBLE);
    await choose('With a datasource');
    await shown('healthy troubled');
    expect(screen.getByLabelText('asked')).toHaveTextContent(
      `metadata.annotations.${DATASOURCE_ANNOTATION} true`,
    );
    await choose('Without a datasource');
    await shown('plain');
    await choose('all');
    await shown('healthy plain troubled');
  });

  it('shows entities with a datasource that needs attention, even if there are many', async () => {
    const { api, choose } = await open(TROUBLE);
    await choose('Needs attention');
    await shown('troubled');
    expect(api.listDatasources.mock.calls.map(([query]) => query)).toEqual([
      { attention: 'true', limit: 200, cursor: undefined },
      { attention: 'true', limit: 200, cursor: 'more' },
    ]);
  });

  it('starts with the choice in the address', async () => {
    const { api } = await open(TROUBLE, '/?filters[datasource]=with');
    await shown('healthy troubled');
    expect(api.listDatasources).not.toHaveBeenCalled();
  });

  it('shows no entity, and why, while it is unknown which need attention', async () => {
    const { choose } = await open(async () => {
      throw apiError('datasource_unavailable', 503, { message: 'Down' });
    });
    await choose('Needs attention');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't find the datasources that need attention: Down",
    );
    await shown('');
  });
});
