import { screen, waitFor } from '@testing-library/react';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import { datasourceOf, oauthOf, statusOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

const EDIT = '/datasource-auth/salesforce-crm/edit';

const failing = (code: string): Partial<DatasourceStatus> => ({
  state: 'ERROR',
  reasonCode: 'renewal_failing',
  lastError: { code, title: 'Failed', at: 1, attempts: 3 },
});

const incomplete = (
  ...missing: DatasourceStatus['missing'] & object
): Partial<DatasourceStatus> => ({
  state: 'NOT_CONFIGURED',
  reasonCode: 'missing_settings',
  missing,
});

describe('"Fix settings" opens the editor', () => {
  const saved = datasourceOf();
  const oauth = oauthOf(saved);
  const withAuth = (auth: object) => ({ auth: { ...oauth, ...auth } });
  const publicClient = withAuth({ clientAuthentication: 'none' });
  const apiKey = {
    auth: { type: 'static', headers: { 'X-Key': { secret: true, set: true } } },
  };
  const bearer = { auth: { type: 'static', bearer: { set: true } } };

  it.each([
    ['the first that is missing', {}, incomplete('auth.token.url'), 'tokenUrl'],
    ['a missing value', {}, incomplete('instance.tenant'), 'instance'],
    ['rejected scopes', {}, failing('invalid_scope'), 'scopes'],
    ['a rejected resource', {}, failing('invalid_target'), 'resource'],
    ['a rejected client', {}, failing('invalid_client'), 'clientSecret'],
    [
      'a rejected client that has no secret',
      publicClient,
      failing('invalid_client'),
      'clientId',
    ],
    ['the grant', {}, failing('unsupported_grant_type'), 'grantType'],
    ['a rejected bearer token', bearer, {}, 'bearer'],
    ['a rejected API key', apiKey, {}, 'staticHeaders'],
  ])('at %s', async (_, settings, status, id) => {
    const datasource = { ...saved, ...settings, status: statusOf(status) };
    // The kinds of credentials in the table have settings of different types.
    const api = apiStub({ getDatasource: async () => datasource as any });
    await renderPage(api, `${EDIT}?fix`);
    await waitFor(() =>
      expect(document.activeElement?.id).toBe(`datasource-auth-field-${id}`),
    );
  });

  it('at its start if nothing else asks for a setting', async () => {
    const status = statusOf(failing('invalid_scope'));
    const api = apiStub({ getDatasource: async () => ({ ...saved, status }) });
    await renderPage(api, EDIT);
    await screen.findByRole('textbox', { name: /^Client ID/ });
    expect(document.activeElement).toBe(document.body);
  });
});
