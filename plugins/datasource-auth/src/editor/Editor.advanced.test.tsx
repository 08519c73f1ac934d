import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiStub } from '../__testUtils__/apiStub';
import { datasourceOf, oauthOf } from '../__testUtils__/datasources';
import { button, field, fill, openAdvanced } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';

const mockRendered = new Set<string>();

jest.mock('../fields/useSetting', () => {
  const actual = jest.requireActual('../fields/useSetting');
  return {
    ...actual,
    useSetting: (id: string) => {
      mockRendered.add(id);
      return actual.useSetting(id);
    },
  };
});

const EDIT = '/datasource-auth/salesforce-crm/edit';

/** Returns the names of the areas that are open. */
const openAreas = () =>
  screen
    .getAllByRole('button', { expanded: true })
    .map(({ textContent }) => textContent);

describe('the advanced settings', () => {
  const user = userEvent.setup({ delay: null });

  it('start with the areas open in which a setting differs from the default', async () => {
    const saved = datasourceOf();
    const { token, ...auth } = oauthOf(saved);
    const datasource = {
      ...saved,
      auth: { ...auth, token: { ...token, query: { tenant: 'acme' } } },
    };
    await renderPage(apiStub({ getDatasource: async () => datasource }), EDIT);
    await field('Client ID');
    await openAdvanced();
    expect(openAreas()).toEqual(['Advanced1', 'Token request1']);
    const summary = button(/^Token request/);
    const content = summary.getAttribute('aria-controls')!;
    expect(document.getElementById(content)).toBeInTheDocument();
    expect(
      screen.getByLabelText('Extra token query parameters: value 1'),
    ).toHaveValue('acme');
  });

  it('keep what was typed in an area that is closed', async () => {
    await renderPage(apiStub(), '/datasource-auth/new/blank');
    await field('Client ID');
    await openAdvanced('Token request');
    await fill('Connect timeout (ms)', '500');
    await user.click(button(/^Token request/));
    expect(openAreas()).toEqual(['Advanced1']);
    await user.click(button(/^Token request/));
    expect(await field('Connect timeout (ms)')).toHaveValue('500');
  });

  it('count no default of the grant as a changed setting', async () => {
    await renderPage(apiStub(), '/datasource-auth/new/blank');
    await field('Client ID');
    await user.click(button('JWT bearer'));
    await openAdvanced();
    expect(openAreas()).toEqual(['Advanced']);
  });

  it('are found by label, help text or path, also in closed areas, and announced', async () => {
    const announced = () => screen.getByRole('status').textContent;
    const api = apiStub({ getDatasource: async () => datasourceOf() });
    await renderPage(api, EDIT);
    await field('Client ID');
    const search = screen.getByRole('searchbox', { name: 'Search settings' });
    for (const query of ['CONNECT timeout', 'auth.timeouts.connectMs']) {
      await user.clear(search);
      await user.type(search, query);
      expect(await field('Connect timeout (ms)')).toBeVisible();
      expect(openAreas()).toEqual(['Advanced', 'Token request']);
      expect(screen.getAllByText('1 setting matches.')).toHaveLength(2);
      expect(announced()).toBe('1 setting matches.');
    }
    expect(
      screen.queryByRole('region', { name: 'General' }),
    ).not.toBeInTheDocument();
    await user.clear(search);
    await user.type(search, 'usually ends');
    expect(await field('Token URL')).toBeVisible();
    expect(announced()).toBe('2 settings match.');
    await user.type(search, ' nowhere{Enter}');
    expect(announced()).toBe('No setting matches.');
    await user.type(search, '{Escape}');
    expect(search).toHaveValue('');
    expect(await field('Client ID')).toBeVisible();
    expect(
      screen.queryByRole('button', { expanded: true }),
    ).not.toBeInTheDocument();
  });

  it('keep what was typed in a search result', async () => {
    await renderPage(apiStub(), '/datasource-auth/new/blank');
    await field('Client ID');
    const search = screen.getByRole('searchbox', { name: 'Search settings' });
    await user.type(search, 'audience');
    await fill('Audience', 'https://api.example.com');
    await user.clear(search);
    await openAdvanced('Authorization request');
    expect(await field('Audience')).toHaveValue('https://api.example.com');
  });

  it('explain a checkbox', async () => {
    await renderPage(apiStub(), '/datasource-auth/new/blank');
    await field('Client ID');
    await openAdvanced('Refresh and revocation');
    expect(
      screen.getByLabelText('Refreshing only prolongs the access token'),
    ).toHaveAccessibleDescription(/^For providers that return a new expiry/);
  });
});

it('a setting that changes does not render other text fields again', async () => {
  const user = userEvent.setup({ delay: null });
  const others = ['clientId', 'authorizeUrl', 'tokenUrl', 'connectMs'];
  const rendered = () => others.filter(id => mockRendered.has(id));
  await renderPage(apiStub(), '/datasource-auth/new/blank');
  const title = await field('Title');
  await openAdvanced('Token request');
  expect(rendered()).toEqual(others);
  await user.click(title);
  mockRendered.clear();
  await user.keyboard('x');
  expect(mockRendered).toContain('title');
  expect(rendered()).toEqual([]);
});
