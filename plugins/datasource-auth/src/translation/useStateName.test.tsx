import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { datasourceAuthReactTranslationRef } from 'backstage-plugin-datasource-auth-react';
import { apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  statusOf,
  summaryOf,
} from '../__testUtils__/datasources';
import { button, field, fill } from '../__testUtils__/editorForm';
import { otherWords } from '../__testUtils__/otherWords';
import { renderPage } from '../__testUtils__/renderPage';

const IN_GERMAN = [
  otherWords({
    [datasourceAuthReactTranslationRef.id]: {
      'state.AUTHORIZED': 'berechtigt',
      'state.NOT_AUTHORIZED': 'nicht berechtigt',
      'state.NOT_CONFIGURED': 'unvollständig',
      'state.ERROR': 'Fehler',
      'state.PER_USER': 'pro Person',
      'calmState.AUTHORIZED': 'Berechtigt',
      'calmState.NOT_AUTHORIZED': 'Nicht berechtigt',
      'calmState.NOT_CONFIGURED': 'Unvollständig',
      'calmState.ERROR': 'Störung',
      'calmState.PER_USER': 'Pro Person',
    },
  }),
];

const DETAIL = '/datasource-auth/salesforce-crm';

/** Checks that no state is shown in English. */
function expectNoEnglishState(text = document.body.textContent) {
  expect(text).not.toMatch(/AUTHORIZED|CONFIGURED|ERROR/);
}

describe('the translated name of a state', () => {
  it('is shown in the list and its filter', async () => {
    const api = apiStub({
      listDatasources: async () => ({
        items: [summaryOf({ status: authorizedStatus() })],
        mayCreate: false,
      }),
    });
    await renderPage(api, '/datasource-auth', IN_GERMAN);
    await screen.findAllByRole('link', { name: 'Salesforce CRM' });
    expect(
      within(screen.getByLabelText('Status'))
        .getAllByRole('option')
        .map(option => option.textContent),
    ).toEqual([
      'All',
      'Berechtigt',
      'Nicht berechtigt',
      'Unvollständig',
      'Störung',
      'Pro Person',
    ]);
    expectNoEnglishState();
  });

  it('is shown on the page of a datasource, and announced when it changes', async () => {
    let datasource = datasourceOf({ status: authorizedStatus() });
    const api = apiStub({
      getDatasource: async () => datasource,
      listConsumers: async () => ({ items: [], hours: [] }),
    });
    await renderPage(api, DETAIL, IN_GERMAN);
    await screen.findByText(/^If the status is berechtigt/);
    expectNoEnglishState();
    datasource = datasourceOf({ status: statusOf() });
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    expect(
      await screen.findByText('Salesforce CRM is now nicht berechtigt.'),
    ).toBeInTheDocument();
    expectNoEnglishState();
  });

  it('is shown in the timeline', async () => {
    const entries = [
      ['status_changed', { from: 'AUTHORIZED', to: 'NOT_CONFIGURED' }],
      ['refused', { code: 'invalid_grant' }],
      ['refused', { code: 'invalid_grant' }, 'user:default/jane'],
    ] as const;
    const api = apiStub({
      getDatasource: async () => datasourceOf(),
      listActivity: async () => ({
        items: entries.map(([kind, details, actor], index) => ({
          id: String(index),
          at: Date.now() - index,
          kind,
          actor,
          details,
        })),
      }),
    });
    await renderPage(api, `${DETAIL}/activity`, IN_GERMAN);
    expect(
      await screen.findByText(/berechtigt → unvollständig\./),
    ).toBeInTheDocument();
    expect(screen.getAllByText(/berechtigt → nicht berechtigt\./)).toHaveLength(
      2,
    );
    expectNoEnglishState();
  });

  it('is shown in the editor, and after Save', async () => {
    const datasource = datasourceOf({ status: authorizedStatus() });
    const api = apiStub({
      getDatasource: async () => datasource,
      updateDatasource: async () => datasource,
      listConsumers: async () => ({ items: [], hours: [] }),
    });
    const { toasts } = await renderPage(api, `${DETAIL}/edit`, IN_GERMAN);
    await field('Client ID');
    expectNoEnglishState();
    await fill('Title', 'CRM');
    await userEvent.click(button('Save'));
    await screen.findByRole('tab', { name: 'Overview' });
    expect(toasts).toEqual([
      expect.stringMatching(/^Saved\. berechtigt · valid until /),
    ]);
  });
});
