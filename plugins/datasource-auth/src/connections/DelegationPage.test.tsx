import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DelegationDetails } from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { renderPage } from '../__testUtils__/renderPage';

const ID = '6f1c1f4e-0d5b-4f0e-9d0e-3f6f2f1f0a11';

const delegationOf = (
  more: Partial<DelegationDetails> = {},
): DelegationDetails => ({
  ...{ id: ID, state: 'pending', plugin: 'scaffolder', version: 'v1' },
  ...{ purpose: 'Run 42 of Onboard service', context: { task: '42' } },
  ...{ scopes: ['read'], hosts: ['jira.example.com'], account: 'jane' },
  ...{ datasource: 'jira', title: 'Jira Cloud' },
  ...{ until: Date.now() + 86_400_000, createdAt: Date.now() },
  ...more,
});

async function openPage(
  first: DelegationDetails,
  methods: Partial<DatasourceAuthApi> = {},
) {
  const server = { delegation: first };
  const api = apiStub({
    getDelegation: async () => server.delegation,
    ...methods,
  });
  await renderPage(api, `/datasource-auth/connections/delegations/${ID}`);
  await screen.findByText(first.purpose);
  return { api, server, user: userEvent.setup({ delay: null }) };
}

describe('N11: a delegation', () => {
  it('is agreed to after the person read plugin, purpose, account, limits and end', async () => {
    const { api, server, user } = await openPage(delegationOf(), {
      approveDelegation: async () => delegationOf({ state: 'live' }),
    });
    for (const said of ['scaffolder', 'jane', 'jira.example.com', 'read'])
      expect(screen.getByText(said)).toBeInTheDocument();
    expect(screen.getByText('task').parentElement).toHaveTextContent(
      'task: 42',
    );
    expect(api.approveDelegation).not.toHaveBeenCalled();
    server.delegation = delegationOf({ state: 'live' });
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    expect(
      await screen.findByText('scaffolder can act as you at Jira Cloud.'),
    ).toBeInTheDocument();
    expect(api.approveDelegation.mock.calls).toEqual([[ID, { version: 'v1' }]]);
  });

  it('is read again if it changed meanwhile', async () => {
    const { server, user } = await openPage(delegationOf(), {
      approveDelegation: async () => {
        throw apiError('version_conflict', 412);
      },
    });
    server.delegation = delegationOf({ version: 'v2', scopes: ['write'] });
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The request has changed. Read it again before you decide.',
    );
    expect(screen.getByText('write')).toBeInTheDocument();
  });

  it('is declined', async () => {
    const { api, server, user } = await openPage(delegationOf(), {
      takeBackDelegation: async () => {},
    });
    server.delegation = delegationOf({ state: 'ended' });
    await user.click(screen.getByRole('button', { name: 'Decline' }));
    expect(
      await screen.findByText(/^scaffolder can no longer act as you/),
    ).toBeInTheDocument();
    expect(api.takeBackDelegation.mock.calls).toEqual([[ID]]);
  });

  it('is listed in My connections, and taken back there', async () => {
    const terms = { hosts: [], scopes: [], consumers: [], routes: [] };
    const api = apiStub({
      listConnections: async () => ({
        items: [
          {
            ...{ datasource: 'jira', title: 'Jira Cloud', terms },
            state: 'connected',
            agreed: terms,
            delegations: [
              delegationOf({ state: 'live' }),
              delegationOf({ id: 'second', purpose: 'Nightly report' }),
            ],
          },
        ],
      }),
      takeBackDelegation: async () => {},
    });
    await renderPage(api, '/datasource-auth/connections', []);
    const jira = within(
      await screen.findByRole('region', { name: 'Jira Cloud' }),
    );
    expect(jira.getByText('Nightly report')).toBeInTheDocument();
    await userEvent.click(
      jira.getByRole('button', {
        name: 'Take back: Run 42 of Onboard service',
      }),
    );
    expect(
      await jira.findByText(
        'scaffolder can no longer act as you while you are away.',
      ),
    ).toBeInTheDocument();
    expect(api.takeBackDelegation.mock.calls).toEqual([[ID]]);
  });
});
