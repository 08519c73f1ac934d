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
  await screen.findByRole('list', { name: 'OK' });
  return {
    api,
    user: userEvent.setup({ delay: null }),
    lists: () =>
      screen
        .getAllByRole('heading', { level: 3 })
        .map(heading => heading.textContent),
    items: (name: string) =>
      within(screen.getByRole('list', { name }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
  };
}

afterEach(() => jest.restoreAllMocks());

describe('HealthPage', () => {
  it('shows problems first, with what to do, and everything else on demand', async () => {
    const { items, lists, user } = await open([WELL, BAD]);
    expect(screen.getByText('1 check needs attention.')).toBeInTheDocument();
    expect(lists()).toEqual(['To do', 'OK', 'Redirect URI']);
    expect(items('To do')).toEqual([
      expect.stringContaining('The redirect URI uses https'),
    ]);
    const todo = within(screen.getByRole('list', { name: 'To do' }));
    expect(todo.getByText('Serve the backend over https.')).toBeVisible();
    expect(todo.getByText(CALLBACK)).not.toBeVisible();
    await user.click(todo.getByText('The redirect URI uses https'));
    expect(todo.getByText(CALLBACK)).toBeVisible();
    expect(screen.getByTitle('Needs attention')).toBeInTheDocument();
    expect(items('OK')).toEqual([
      expect.stringContaining('Credentials belong to this installation'),
      expect.stringContaining('The password grant is disabled'),
    ]);
  });

  it('shows advice of a passed check on demand only', async () => {
    const { user } = await open([
      { ...WELL, title: 'Long-lived secrets', remedy: 'Use OAuth 2.0.' },
    ]);
    expect(screen.getByText('Use OAuth 2.0.')).not.toBeVisible();
    await user.click(screen.getByText('Long-lived secrets'));
    expect(screen.getByText('Use OAuth 2.0.')).toBeVisible();
  });

  it("shows a check that couldn't be made apart from passed ones and advice", async () => {
    const { items, lists } = await open([
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
    expect(lists().slice(0, 3)).toEqual(['To do', 'Not checked', 'OK']);
    expect(items('To do')).toEqual([
      expect.stringContaining('The redirect URI'),
      expect.stringContaining('Nobody is told'),
    ]);
    expect(items('Not checked')).toEqual([expect.stringContaining('Clock')]);
    for (const title of ['Needs attention', 'Could be improved', 'Not checked'])
      expect(screen.getByTitle(title)).toBeInTheDocument();
    expect(screen.getAllByTitle('OK')).toHaveLength(2);
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
