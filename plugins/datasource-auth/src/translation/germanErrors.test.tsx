import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { message } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { button, fill } from '../__testUtils__/editorForm';
import { germanWords } from '../__testUtils__/germanWords';
import { renderPage } from '../__testUtils__/renderPage';

const NEW = '/datasource-auth/new/blank';

describe('for a user who reads German', () => {
  it('says in German what is wrong in a field, before anything is sent', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub();
    await renderPage(api, NEW, [await germanWords()]);
    await fill('Client-ID', 'x'.repeat(1_001));
    await user.click(button('Speichern'));
    expect(
      await screen.findAllByText('Geben Sie einen Namen ein.'),
    ).not.toEqual([]);
    expect(
      screen.getAllByText('Geben Sie höchstens 1000 Zeichen ein.'),
    ).not.toEqual([]);
    expect(api.createDatasource).not.toHaveBeenCalled();
  });

  it("shows the backend's error and the errors of its fields in German", async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({
      createDatasource: jest.fn(async () => {
        throw apiError('name_taken', 409, {
          message: 'In English',
          texts: [message('error.nameExists', { name: 'crm' })],
          fields: { name: 'In English' },
          fieldTexts: { name: [message('fault.nameTaken')] },
        });
      }),
    });
    await renderPage(api, NEW, [await germanWords()]);
    await fill('Titel', 'CRM');
    await fill('Name', 'crm');
    await user.click(button('Speichern'));
    expect(
      await screen.findAllByText(
        /: Eine Datenquelle mit dem Namen „crm“ gibt es bereits\. Wählen Sie einen anderen Namen\.$/,
      ),
    ).not.toEqual([]);
    expect(screen.getAllByText('Dieser Name ist vergeben.')).not.toEqual([]);
    expect(screen.queryByText(/In English/)).not.toBeInTheDocument();
  });

  it("says in German why a page can't be loaded", async () => {
    const api = apiStub({
      listDatasources: jest.fn(async () => {
        throw apiError('datasource_unavailable', 503, {
          message: 'In English',
          texts: [message('error.status', { status: '503' })],
        });
      }),
    });
    await renderPage(api, '/datasource-auth', [await germanWords()]);
    expect(
      await screen.findByText('Das Backend hat 503 zurückgegeben.'),
    ).toBeInTheDocument();
  });
});
