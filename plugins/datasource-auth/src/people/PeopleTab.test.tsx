import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConnectedPerson } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const DAY = new Date(2026, 10, 28, 14).getTime();

const { allowed } = datasourceOf();
const managed = datasourceOf({
  subjects: 'user',
  connections: 2,
  allowed: { ...allowed, connections: true },
});

async function open(
  people: ConnectedPerson[],
  methods: object = {},
  datasource = managed,
) {
  const api = apiStub({
    getDatasource: async () => datasource,
    listConnectedPeople: async () => ({
      items: people,
      totalItems: people.length,
    }),
    ...methods,
  });
  await renderPage(api, '/datasource-auth/salesforce-crm/people');
  return { api, user: userEvent.setup({ delay: null }) };
}

/** Confirms the open dialog. */
async function confirm(user: ReturnType<typeof userEvent.setup>) {
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('button', { name: 'Keep connected' })).toHaveFocus();
  await user.click(dialog.getByRole('button', { name: 'Disconnect' }));
}

describe('PeopleTab', () => {
  it('shows who is connected, since when, and when they last used it', async () => {
    await open([
      { user: JANE, connectedAt: DAY, lastUsedAt: DAY },
      { user: JOE },
    ]);
    await screen.findByText('2 people are connected');
    const cells = (user: string) =>
      within(screen.getByRole('rowheader', { name: user }).closest('tr')!)
        .getAllByRole('cell')
        .map(cell => cell.textContent);
    expect(
      [...document.querySelectorAll('td time')].map(time =>
        time.getAttribute('datetime'),
      ),
    ).toEqual(Array(2).fill(new Date(DAY).toISOString()));
    expect(cells(JOE)).toEqual(['', 'Not yet', 'Disconnect']);
  });

  it('disconnects one person, after a confirmation', async () => {
    const { api, user } = await open([{ user: JANE }, { user: JOE }], {
      disconnectPerson: async () => ({ revoked: false }),
    });
    await user.click(
      await screen.findByRole('button', { name: `Disconnect ${JOE}` }),
    );
    expect(screen.getByRole('dialog')).toHaveTextContent(
      `Disconnect ${JOE} from`,
    );
    expect(api.disconnectPerson).not.toHaveBeenCalled();
    await confirm(user);
    expect(api.disconnectPerson).toHaveBeenCalledWith('salesforce-crm', JOE);
    expect(
      await screen.findAllByText(
        `${JOE} is disconnected. The provider hasn't confirmed the revocation yet. Backstage asks again.`,
      ),
    ).not.toHaveLength(0);
    await waitFor(() =>
      expect(screen.getByText('2 people are connected')).toHaveFocus(),
    );
    expect(api.listConnectedPeople).toHaveBeenCalledTimes(2);
  });

  it('disconnects everyone, after a confirmation', async () => {
    const { api, user } = await open([{ user: JANE }], {
      disconnectEveryone: async () => ({ disconnected: 1 }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Disconnect everyone…' }),
    );
    await confirm(user);
    expect(api.disconnectEveryone).toHaveBeenCalledWith('salesforce-crm');
    expect(
      await screen.findAllByText('1 person is disconnected.'),
    ).not.toHaveLength(0);
  });

  it('loads more people', async () => {
    const { user } = await open([], {
      listConnectedPeople: async (_: string, { after }: { after?: string }) =>
        after === JANE
          ? { items: [{ user: JOE }], totalItems: 2 }
          : { items: [{ user: JANE }], nextAfter: JANE, totalItems: 2 },
    });
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    await screen.findByRole('rowheader', { name: JOE });
    expect(screen.getByRole('rowheader', { name: JANE })).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();
  });

  it('shows an error, and loses nothing', async () => {
    const { user } = await open([{ user: JANE }], {
      disconnectPerson: async () => {
        throw apiError('not_allowed', 403);
      },
    });
    await user.click(
      await screen.findByRole('button', { name: `Disconnect ${JANE}` }),
    );
    await confirm(user);
    expect(await screen.findAllByText('not_allowed')).not.toHaveLength(0);
    expect(screen.getByRole('rowheader', { name: JANE })).toBeInTheDocument();
  });

  it('shows only the number to those who may not see who it is', async () => {
    const { api } = await open(
      [],
      {},
      datasourceOf({ subjects: 'both', connections: 1 }),
    );
    await screen.findByText('1 person is connected');
    expect(
      screen.getByText("You don't have permission to see who they are."),
    ).toBeInTheDocument();
    expect(api.listConnectedPeople).not.toHaveBeenCalled();
  });

  it("doesn't exist without accounts of people", async () => {
    await open([], {}, datasourceOf());
    expect(
      await screen.findByText(/page doesn't exist|not found/i),
    ).toBeInTheDocument();
  });
});
