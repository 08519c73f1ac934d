import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiStub } from '../__testUtils__/apiStub';
import { summaryOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

async function open(mayCreate = true, items = [summaryOf()]) {
  const api = apiStub({
    listDatasources: async () => ({ items, mayCreate }),
  });
  await renderPage(api, '/datasource-auth/new');
  await screen.findByRole('list', { name: 'Ways to start' });
  return userEvent.setup({ delay: null });
}

describe('StartPage', () => {
  it('S0.1 shows the three steps, and the ways to start', async () => {
    await open();
    expect(
      within(
        screen.getByRole('list', { name: 'Setup in three steps' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(3);
    const ways = within(screen.getByRole('list', { name: 'Ways to start' }));
    expect(
      ways.getByRole('link', { name: 'Choose a provider' }),
    ).toHaveAttribute('href', '/datasource-auth/new/gallery');
    expect(ways.getByRole('link', { name: 'Start blank' })).toHaveAttribute(
      'href',
      '/datasource-auth/new/blank',
    );
  });

  it('S4.6 starts with a copy of an existing datasource', async () => {
    const user = await open();
    const duplicate = await screen.findByRole('button', { name: 'Duplicate' });
    expect(duplicate).toHaveAccessibleDescription('Choose a datasource first');
    await user.click(screen.getByRole('button', { name: /^Datasource/ }));
    await user.click(await screen.findByRole('option', { name: /Salesforce/ }));
    await user.click(duplicate);
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/new/blank?from=salesforce-crm',
    );
  });

  it('says upfront if the user may not create datasources', async () => {
    await open(false);
    expect(
      await screen.findByText(
        /^You don't have permission to create datasources\./,
      ),
    ).toBeInTheDocument();
  });
});
