import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  Datasource,
  DATASOURCE_ANNOTATION,
  DescriptionChanges,
} from 'backstage-plugin-datasource-auth-common';
import { importedFromSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

const entity = (name: string, datasources: string, kind = 'Component') => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: { [DATASOURCE_ANNOTATION]: datasources },
  },
});

const CATALOG = catalogApiMock({
  entities: [
    entity('portal', 'pagerduty, salesforce-crm'),
    entity('crm', 'salesforce-crm', 'System'),
    entity('sandbox', 'salesforce-crm-sandbox'),
  ],
});

const IMPORTED = importedFromSchema.parse({
  entityRef: 'api:default/crm',
  scheme: 'crm',
  flow: 'authorizationCode',
});

async function open(
  part: Partial<Datasource> = {},
  options: {
    catalog?: unknown;
    changes?: () => Promise<DescriptionChanges>;
    updateDatasource?: () => Promise<Datasource>;
  } = {},
) {
  const api = apiStub({
    getDatasource: async () => datasourceOf(part),
    ...(options.changes && { getDescriptionChanges: options.changes }),
    ...(options.updateDatasource && {
      updateDatasource: options.updateDatasource,
    }),
  });
  await renderPage(
    api,
    '/datasource-auth/salesforce-crm',
    'catalog' in options ? [[catalogApiRef, options.catalog]] : [],
  );
  await screen.findByRole('region', { name: 'Settings' });
  return { api };
}

const links = async () =>
  within(await screen.findByRole('region', { name: 'In the catalog' }));

describe('the catalog links of a datasource', () => {
  it('list only the entities whose annotation names it', async () => {
    await open({}, { catalog: CATALOG });
    const section = await links();
    await section.findByText('Used by');
    expect(
      section.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual(['crm (System)', 'portal (Component)']);
    expect(section.getByRole('link', { name: 'crm' })).toHaveAttribute(
      'href',
      '/catalog/default/system/crm',
    );
  });

  it.each([
    ['group:default/platform', 'platform', '/catalog/default/group/platform'],
    ['platform', 'platform', '/catalog/default/group/platform'],
    ['user:default/jane', 'user:jane', '/catalog/default/user/jane'],
  ])('link the owner %s as %s', async (owner, name, href) => {
    await open({ owner }, { catalog: CATALOG });
    expect(await screen.findByRole('link', { name })).toHaveAttribute(
      'href',
      href,
    );
  });

  it.each([
    ['of an app without a catalog', 'group:default/platform', 'platform', {}],
    ['that is no reference', 'group:', 'group:', { catalog: CATALOG }],
  ])('show an owner %s as plain text', async (_, owner, text, options) => {
    await open({ owner }, options);
    expect(screen.getByText(text)).toHaveAttribute('title', owner);
    expect(screen.queryByRole('link', { name: text })).not.toBeInTheDocument();
  });

  it('show how to annotate an entity if none is annotated', async () => {
    await open({}, { catalog: catalogApiMock({ entities: [] }) });
    const section = await links();
    expect(
      await section.findByText('datasource-auth/datasource: salesforce-crm'),
    ).toBeInTheDocument();
    expect(
      section.getByRole('button', { name: 'Copy Annotation' }),
    ).toBeInTheDocument();
  });

  it('S4.3 link the API it was imported from, even without a catalog', async () => {
    await open(
      { importedFrom: IMPORTED },
      { changes: async () => ({ comparable: true, changes: [] }) },
    );
    const section = await links();
    expect(section.getByText('api:default/crm')).toBeInTheDocument();
    expect(section.queryByText('Used by')).not.toBeInTheDocument();
  });

  it("report that the catalog isn't responding", async () => {
    await open(
      {},
      {
        catalog: catalogApiMock.mock({
          queryEntities: async () => {
            throw new Error('Down');
          },
        }),
      },
    );
    expect(await (await links()).findByRole('alert')).toHaveTextContent(
      "Couldn't read the catalog: Down",
    );
  });

  it('are hidden without a catalog and an import', async () => {
    const { api } = await open();
    expect(
      screen.queryByRole('region', { name: 'In the catalog' }),
    ).not.toBeInTheDocument();
    expect(api.getDescriptionChanges).not.toHaveBeenCalled();
  });
});

describe('an API description that changed since the import', () => {
  const OLD = 'https://login.example.com/token';
  const NEW = 'https://new.example.com/token';
  const tokenUrl = { endpoint: 'tokenUrl', was: OLD, now: NEW } as const;

  const answer = (part: Partial<DescriptionChanges>) => async () => ({
    comparable: true,
    changes: [],
    ...part,
  });

  it('S4.16 is reported with old and new values and a link to the setting', async () => {
    const { api } = await open(
      { importedFrom: IMPORTED },
      { changes: answer({ changes: [tokenUrl] }) },
    );
    expect(
      await screen.findByText(
        `The API description changed its Token URL: ${OLD} → ${NEW}`,
      ),
    ).toBeInTheDocument();
    const [header, notice] = screen.getAllByRole('button', {
      name: 'All settings',
    });
    expect(notice).toHaveAttribute('href', header.getAttribute('href'));
    expect(api.getDescriptionChanges).toHaveBeenCalledWith('salesforce-crm');
  });

  it("S4.16 isn't reported again for a setting that was kept on purpose", async () => {
    const { api } = await open(
      { importedFrom: IMPORTED },
      {
        changes: answer({ changes: [tokenUrl] }),
        updateDatasource: async () => datasourceOf(),
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Keep my settings' }),
    );
    const [, body, options] = api.updateDatasource.mock.calls[0];
    expect(body).toMatchObject({
      auth: { token: { url: datasourceOf().auth.token.url } },
      importedFrom: { ...IMPORTED, endpoints: { tokenUrl: NEW } },
      credential: { action: 'keep' },
    });
    expect(options).toEqual({ version: 3 });
    // The page is loaded again, and with it the remaining changes.
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
  });

  it('is reported with each new endpoint, each removed endpoint, and a missing flow', async () => {
    await open(
      { importedFrom: IMPORTED },
      {
        changes: answer({
          changes: [
            { endpoint: 'authorizeUrl', was: OLD },
            { endpoint: 'refreshUrl', now: NEW },
            { endpoint: 'flow', was: 'crm, authorizationCode' },
          ],
        }),
      },
    );
    const notice = await screen.findByText(
      /^The API description has changed since the import:/,
    );
    expect(
      within(notice)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      `Authorize URL: ${OLD} was removed`,
      `Refresh URL: ${NEW} was added`,
      'Flow: crm, authorizationCode was removed',
    ]);
    expect(
      screen.queryByRole('button', { name: 'Keep my settings' }),
    ).not.toBeInTheDocument();
  });

  it('is reported without an edit link if the user may not edit or app-config declares the datasource', async () => {
    await open(
      { importedFrom: IMPORTED, source: 'config' },
      { changes: answer({ changes: [tokenUrl] }) },
    );
    expect(
      await screen.findByText(/until you change app-config\.$/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Keep my settings' }),
    ).not.toBeInTheDocument();
  });

  it("isn't reported if it can't be read or loaded", async () => {
    await open(
      { importedFrom: IMPORTED },
      { changes: answer({ unreadable: 'There is no entity' }) },
    );
    expect(
      await screen.findByText(
        /Couldn't compare it with this datasource: There is no entity$/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^The API description/)).not.toBeInTheDocument();
  });

  it("doesn't delay the page if it can't be loaded", async () => {
    const { api } = await open(
      { importedFrom: IMPORTED },
      {
        changes: async () => {
          throw apiError('datasource_unavailable', 503);
        },
      },
    );
    await waitFor(() => expect(api.getDescriptionChanges).toHaveBeenCalled());
    expect(await (await links()).findByText('api:default/crm')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
