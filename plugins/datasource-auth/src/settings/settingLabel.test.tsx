import { cleanup, screen } from '@testing-library/react';
import { datasourceAuthReactTranslationRef } from 'backstage-plugin-datasource-auth-react';
import { apiStub } from '../__testUtils__/apiStub';
import {
  datasourceOf,
  statusOf,
  summaryOf,
} from '../__testUtils__/datasources';
import { otherWords } from '../__testUtils__/otherWords';
import { renderPage } from '../__testUtils__/renderPage';
import { datasourceAuthTranslationRef } from '../translation';

it('S0.25 shows missing settings in the language of the page', async () => {
  const status = statusOf({
    state: 'NOT_CONFIGURED',
    reasonCode: 'missing_settings',
    reason: 'Missing: Client ID, Instance value tenant',
    missing: ['auth.clientId', 'instance.tenant'],
  });
  const api = apiStub({
    getDatasource: async () => datasourceOf({ status }),
    listDatasources: async () => ({
      items: [summaryOf({ status })],
      mayCreate: false,
    }),
  });
  const german = [
    otherWords({
      [datasourceAuthReactTranslationRef.id]: {
        'setting.auth.clientId': 'Kennung',
        instanceValue: 'Wert für tenant',
      },
      [datasourceAuthTranslationRef.id]: {
        'field.clientId': 'Kennung',
        'editor.missingInstance': 'Wert für tenant',
      },
    }),
  ];

  await renderPage(api, '/datasource-auth/salesforce-crm', german);
  expect(
    await screen.findAllByText('Fill in: Kennung, Wert für tenant.'),
  ).not.toHaveLength(0);

  cleanup();
  await renderPage(api, '/datasource-auth', german);
  expect(
    await screen.findAllByText(/Missing: Kennung, Wert für tenant/),
  ).not.toHaveLength(0);
});
