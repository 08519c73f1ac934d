import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizationRequestEntry } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { fill, field } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';

const DETAIL = '/datasource-auth/salesforce-crm';
const ALL = {
  update: true,
  grant: true,
  delete: true,
  authorize: true,
  clear: true,
};

function requestOf(
  part: Partial<AuthorizationRequestEntry> = {},
): AuthorizationRequestEntry {
  return {
    id: 'r1',
    datasource: 'salesforce-crm',
    state: 'pending',
    recipient: 'group:default/platform',
    askedBy: 'user:default/jane',
    askedAt: Date.now() - 7_200_000,
    expiresAt: Date.now() + 86_400_000,
    ...part,
  };
}

async function open(
  options: {
    ask?: boolean;
    methods?: object;
    path?: string;
    apis?: Parameters<typeof renderPage>[2];
    grantType?: 'client_credentials';
  } = {},
) {
  const datasource = datasourceOf(
    { allowed: { ...ALL, authorize: false, ask: options.ask ?? true } },
    options.grantType,
  );
  const api = apiStub({
    getDatasource: async () => datasource,
    ...options.methods,
  });
  await renderPage(api, options.path ?? DETAIL, options.apis);
  await screen.findByRole('region', {
    name: /^(Authorization|Connection)$/,
  });
  return { api, user: userEvent.setup({ delay: null }) };
}

const ask = () => screen.getByRole('button', { name: 'Ask someone else…' });

describe('asking someone else to authorize', () => {
  it('asks a group, for three days, and shows the link once', async () => {
    const { api, user } = await open({
      methods: {
        createAuthorizationRequest: async () =>
          requestOf({ link: 'https://backstage.example.com/authorize#secret' }),
      },
    });
    await user.click(ask());
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'Ask someone else to approve Salesforce CRM?',
      }),
    );
    await user.type(
      dialog.getByLabelText('User or group'),
      'Group:default/Platform',
    );
    await user.type(dialog.getByLabelText('Message (optional)'), 'For Q4');
    expect(dialog.getByLabelText('Expires after')).toHaveValue('3');
    await user.click(dialog.getByRole('button', { name: 'Ask for approval' }));
    expect(api.createAuthorizationRequest.mock.calls).toEqual([
      [
        {
          datasource: 'salesforce-crm',
          recipient: 'group:default/platform',
          message: 'For Q4',
          validForHours: 72,
        },
      ],
    ]);
    const link = within(
      await screen.findByRole('dialog', { name: 'Send the approval link' }),
    );
    expect(link.getByRole('textbox', { name: 'Link' })).toHaveValue(
      'https://backstage.example.com/authorize#secret',
    );
    expect(link.getByText(/Only group:platform can use it/)).toHaveTextContent(
      'Copy it now. You can only see it once.',
    );
    await user.click(link.getByRole('button', { name: 'Done' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.listAuthorizationRequests).toHaveBeenCalledTimes(2);
  });

  it('without a recipient, creates a link for anyone who may authorize', async () => {
    const { api, user } = await open({
      methods: {
        createAuthorizationRequest: async () =>
          requestOf({ recipient: undefined, link: 'https://x/authorize#s' }),
      },
    });
    await user.click(ask());
    await user.selectOptions(
      await screen.findByLabelText('Expires after'),
      '14 days',
    );
    await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
    expect(
      await screen.findByText(
        /someone with permission to authorize Salesforce CRM/,
      ),
    ).toBeInTheDocument();
    expect(api.createAuthorizationRequest).toHaveBeenCalledWith({
      datasource: 'salesforce-crm',
      recipient: undefined,
      message: undefined,
      validForHours: 336,
    });
  });

  it('rejects input that is neither a user nor a group, and says why a request was refused', async () => {
    const { api, user } = await open({
      methods: {
        createAuthorizationRequest: async () => {
          throw apiError('invalid_request', 400, { message: 'Too many' });
        },
      },
    });
    await user.click(ask());
    const recipient = await screen.findByLabelText('User or group');
    await user.type(recipient, 'jane');
    await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
    expect(recipient).toHaveAttribute('aria-invalid', 'true');
    expect(recipient).toHaveAccessibleDescription(/^Enter a user or group/);
    expect(api.createAuthorizationRequest).not.toHaveBeenCalled();
    await user.clear(recipient);
    await user.type(recipient, 'user:jane');
    await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Too many');
  });

  it('picks the recipient from the users and groups of the catalog', async () => {
    const queryEntities = jest.fn(async () => ({
      items: [
        {
          apiVersion: 'x',
          kind: 'Group',
          metadata: { name: 'platform', namespace: 'default' },
          spec: { profile: { displayName: 'Platform Team' } },
        },
      ],
      totalItems: 1,
      pageInfo: {},
    }));
    const { user } = await open({
      apis: [
        [catalogApiRef, { queryEntities, getEntityByRef: async () => {} }],
      ],
    });
    await user.click(ask());
    const recipient = await screen.findByLabelText('User or group');
    await user.type(recipient, 'plat');
    await waitFor(() =>
      expect(queryEntities).toHaveBeenLastCalledWith(
        expect.objectContaining({
          filter: { kind: ['user', 'group'] },
          fullTextFilter: { term: 'plat' },
        }),
      ),
    );
    await user.keyboard('{Escape}');
    expect(
      screen.queryByRole('option', { name: /^Platform Team/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('dialog')).toBeInTheDocument();
    await user.keyboard('{ArrowDown}');
    await user.click(screen.getByRole('option', { name: /^Platform Team/ }));
    expect(recipient).toHaveValue('group:default/platform');
    expect(recipient).toHaveFocus();
    // After typing a name, Enter is enough.
    await user.clear(recipient);
    await user.type(recipient, 'plat{Enter}');
    expect(recipient).toHaveValue('group:default/platform');
  });

  it('shows open requests, and withdraws one', async () => {
    const lists = [
      [
        requestOf(),
        requestOf({ id: 'r2', recipient: undefined, state: 'void' }),
      ],
      [],
    ];
    const { api, user } = await open({
      methods: {
        listAuthorizationRequests: async () => ({ items: lists.shift() ?? [] }),
        withdrawAuthorizationRequest: async () => {},
      },
    });
    const section = within(
      await screen.findByRole('region', { name: 'Approval requests' }),
    );
    expect(
      section.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(
        /^jane asked group:platform 2 hr\. ago\. Expires .*Withdraw$/,
      ),
      expect.stringMatching(
        /^jane created a link .* for anyone with permission to authorize.* Invalid: .*Withdraw$/,
      ),
    ]);
    await user.click(
      section.getByRole('button', {
        name: 'Withdraw the request to group:platform',
      }),
    );
    expect(api.withdrawAuthorizationRequest).toHaveBeenCalledWith('r1');
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Approval requests' }),
      ).not.toBeInTheDocument(),
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Approval request withdrawn.',
      ),
    );
  });

  it("says why a request couldn't be withdrawn", async () => {
    const { user } = await open({
      methods: {
        listAuthorizationRequests: async () => ({ items: [requestOf()] }),
        withdrawAuthorizationRequest: async () => {
          throw apiError('request_ended', 409, {
            message: 'This request was approved already.',
          });
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: /^Withdraw/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This request was approved already.',
    );
  });

  it('is hidden from users who may not change the datasource, and for grants without approval', async () => {
    const { api } = await open({ ask: false });
    expect(
      screen.queryByRole('button', { name: 'Ask someone else…' }),
    ).not.toBeInTheDocument();
    expect(api.listAuthorizationRequests).not.toHaveBeenCalled();
  });

  it('is hidden for client credentials', async () => {
    const { api } = await open({ grantType: 'client_credentials' });
    expect(
      screen.queryByRole('button', { name: 'Ask someone else…' }),
    ).not.toBeInTheDocument();
    expect(api.listAuthorizationRequests).not.toHaveBeenCalled();
  });

  it('requires saved changes in the editor', async () => {
    const { user } = await open({ path: `${DETAIL}/edit` });
    await field('Client ID');
    expect(ask()).not.toHaveAttribute('aria-disabled');
    await fill('Title', 'Another title');
    expect(ask()).toHaveAttribute('aria-disabled', 'true');
    expect(ask()).toHaveAccessibleDescription(
      /^Save or discard your changes first/,
    );
    await user.click(ask());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
