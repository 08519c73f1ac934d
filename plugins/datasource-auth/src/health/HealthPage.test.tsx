import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import { renderPage } from '../__testUtils__/renderPage';

const CALLBACK = 'https://backstage.example.com/oauth/callback/';
const WELL: HealthCheck = {
  id: 'quarantine',
  state: 'ok',
  title: 'Credentials belong to this installation',
  texts: { title: [] },
};
const BAD: HealthCheck = {
  id: 'callback-https',
  state: 'problem',
  title: 'The redirect URI uses https',
  detail: CALLBACK,
  remedy: 'Serve the backend over https.',
  texts: { title: [] },
};

async function open(checks: HealthCheck[]) {
  const api = apiStub({
    getHealth: async () => ({
      callbackUrl: CALLBACK,
      passwordGrantEnabled: false,
      checks,
    }),
  });
  await renderPage(api, '/datasource-auth/admin');
  const list = await screen.findByRole('list', { name: 'Setup checks' });
  return {
    api,
    user: userEvent.setup({ delay: null }),
    items: () =>
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
  };
}

afterEach(() => jest.restoreAllMocks());

describe('HealthPage', () => {
  it('shows problems first, with remedies', async () => {
    const { items } = await open([WELL, BAD]);
    expect(screen.getByText('1 check needs attention.')).toBeInTheDocument();
    expect(items()[0]).toMatch(
      /The redirect URI uses https.*What to do: Serve the backend over https\.$/,
    );
    expect(items()[1]).toContain('Credentials belong to this installation');
    expect(screen.getByTitle('Needs attention')).toBeInTheDocument();
    expect(items()[2]).toContain('The password grant is disabled');
  });

  it('counts advice and failed checks separately from passed ones', async () => {
    const { items } = await open([
      WELL,
      { ...WELL, id: 'clock', state: 'unknown', title: 'Clock' },
      {
        ...WELL,
        id: 'notifications',
        state: 'advice',
        title: 'Nobody is told',
      },
      BAD,
    ]);
    expect(
      screen.getByText(
        /^2 checks need attention\. 1 check couldn't be made\.$/,
      ),
    ).toBeInTheDocument();
    expect(items().slice(0, 4)).toEqual(
      ['The redirect URI', 'Nobody is told', 'Clock', 'Credentials belong'].map(
        title => expect.stringContaining(title),
      ),
    );
    for (const title of ['Needs attention', 'Could be improved', 'Not checked'])
      expect(screen.getByTitle(title)).toBeInTheDocument();
    expect(screen.getAllByTitle('OK')).toHaveLength(1);
  });

  it('says that all checks passed, and checks again on demand', async () => {
    const { api, user } = await open([WELL]);
    expect(screen.getByText('All checks passed.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(api.getHealth).toHaveBeenCalledTimes(2));
  });

  it('S4.8 shows the redirect URI with its slash, and whether this browser reaches it', async () => {
    const { user } = await open([WELL]);
    const section = within(
      screen.getByRole('region', { name: 'Redirect URI' }),
    );
    expect(section.getByText(CALLBACK)).toBeInTheDocument();
    expect(
      section.getByText(/It ends with a slash\. Include the slash\./),
    ).toBeInTheDocument();
    const fetched = jest
      .spyOn(global, 'fetch')
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(new Response());
    const check = section.getByRole('button', {
      name: 'Check from this browser',
    });
    await user.click(check);
    expect(
      await section.findByText(/^This browser can't reach/),
    ).toBeInTheDocument();
    await user.click(check);
    expect(
      await section.findByText('This browser can reach the redirect URI.'),
    ).toBeInTheDocument();
    expect(fetched).toHaveBeenCalledWith(
      CALLBACK,
      expect.objectContaining({ mode: 'no-cors', credentials: 'omit' }),
    );
  });
});
