import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AuthorizationRequestInvitation } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { grantedOf } from '../__testUtils__/datasources';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';
import { requestBeforeRedirect, openedLink } from './sessionMemory';

const SECRET = 's'.repeat(43);
const ADDRESS = '/datasource-auth/authorize';

function invitationOf(
  part: Partial<AuthorizationRequestInvitation> = {},
): AuthorizationRequestInvitation {
  return {
    state: 'pending',
    title: 'Salesforce CRM',
    askedBy: 'user:default/jane',
    askedAt: Date.now() - 3_600_000,
    expiresAt: Date.now() + 3 * 86_400_000,
    message: 'Needed for the <b>release</b>',
    mayAnswer: true,
    approval: {
      providerHost: 'login.example.com',
      scopes: [
        { scope: 'read', description: 'Read things' },
        { scope: 'offline_access' },
        { scope: 'api.x' },
      ],
      consumers: ['techdocs', 'scaffolder'],
    },
    ...part,
  };
}

async function open(
  invitation: AuthorizationRequestInvitation,
  methods = {},
  address = `${ADDRESS}#${SECRET}`,
) {
  const api = apiStub({
    getAuthorizationRequest: async () => invitation,
    ...methods,
  });
  await renderPage(api, address);
  return { api, user: userEvent.setup({ delay: null }) };
}

afterEach(() => {
  jest.restoreAllMocks();
  requestBeforeRedirect.take();
  openedLink.take();
});

describe('the page for recipients of approval requests', () => {
  it('shows the sender, provider, scopes, and plugins, and loads nothing else', async () => {
    const { api } = await open(invitationOf());
    expect(
      await screen.findByRole('heading', { name: 'Authorize Salesforce CRM?' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('jane asks you to approve access for Salesforce CRM.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Needed for the <b>release</b>')).toHaveAttribute(
      'aria-label',
      'Message from jane',
    );
    expect(screen.getByText('login.example.com')).toBeInTheDocument();
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'Read things (read)',
      'Keep access while you are away, until you revoke it (offline_access)',
      'api.x',
      'techdocs',
      'scaffolder',
    ]);
    expect(
      screen.getByText(
        'Backstage will act as your account on that service for these plugins:',
      ),
    ).toBeInTheDocument();
    const called = Object.entries(api)
      .filter(([, method]) => (method as jest.Mock).mock.calls.length)
      .map(([name]) => name);
    expect(called).toEqual(['getAuthorizationRequest']);
    expect(api.getAuthorizationRequest.mock.calls).toEqual([[SECRET]]);
  });

  it('removes the secret from an address that the router has seen, and shows it nowhere', async () => {
    await open(invitationOf());
    await screen.findByRole('heading', { name: 'Authorize Salesforce CRM?' });
    expect(screen.getByLabelText('address').textContent).toBe(ADDRESS);
    expect(document.title + document.body.innerHTML).not.toContain(SECRET);
    expect(sessionStorage).toHaveLength(0);
  });

  it('opens the link that the tab remembers after a sign-in redirected elsewhere, once', async () => {
    openedLink.put(SECRET);
    const { api } = await open(invitationOf(), {}, ADDRESS);
    expect(
      await screen.findByRole('heading', { name: 'Authorize Salesforce CRM?' }),
    ).toBeInTheDocument();
    expect(api.getAuthorizationRequest.mock.calls).toEqual([[SECRET]]);
    expect(openedLink.get()).toBeUndefined();
  });

  it('leaves for the provider in this tab, and posts the ticket as form data', async () => {
    const { submitted } = fakeProviderWindow();
    const { api, user } = await open(invitationOf(), {
      authorizeAsRequested: async () =>
        grantedOf({
          status: 'pending',
          staged: undefined,
          requested: true,
          startUrl: 'https://backstage.example.com/oauth/start',
          ticket: 'the-ticket',
        }),
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'Approve at login.example.com',
      }),
    );
    await waitFor(() =>
      expect(submitted).toEqual([
        {
          action: 'https://backstage.example.com/oauth/start',
          target: '_self',
          method: 'post',
          ticket: 'the-ticket',
        },
      ]),
    );
    expect(api.authorizeAsRequested.mock.calls).toEqual([[SECRET]]);
    expect(requestBeforeRedirect.take()).toBe(SECRET);
    // A second click while the browser leaves starts nothing.
    await user.click(
      screen.getByRole('button', { name: 'Approve at login.example.com' }),
    );
    expect(api.authorizeAsRequested).toHaveBeenCalledTimes(1);
  });

  it('declines the request', async () => {
    const { api, user } = await open(invitationOf(), {
      declineAuthorizationRequest: async () =>
        invitationOf({
          state: 'declined',
          decidedBy: 'user:default/bob',
          decidedAt: Date.now(),
          approval: undefined,
        }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Decline request' }),
    );
    expect(
      await screen.findByText(
        /^bob declined this request .*Nothing was changed\.$/,
      ),
    ).toBeInTheDocument();
    expect(api.declineAuthorizationRequest).toHaveBeenCalledWith(SECRET);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it.each([
    [
      'expired',
      {
        state: 'expired' as const,
        expiresAt: new Date(2026, 2, 1, 14, 20).getTime(),
      },
      /^The request from jane expired .*1.*14:20\. Nothing was changed\.$/,
    ],
    [
      'was approved by another member of the group',
      {
        state: 'approved' as const,
        decidedBy: 'user:default/carol',
        decidedAt: Date.now() - 3_600_000,
      },
      /^carol approved this request 1 hr\. ago\. Nothing left to do\.$/,
    ],
    [
      'was withdrawn',
      { state: 'withdrawn' as const, decidedBy: 'user:default/jane' },
      /^jane withdrew this request/,
    ],
    [
      'is no longer valid',
      { state: 'void' as const },
      /^The settings have changed since jane sent this request .*Ask for a new one\.$/,
    ],
  ])('says that a request %s, and offers no action', async (_, part, text) => {
    await open(invitationOf({ ...part, approval: undefined }));
    expect(
      await screen.findByText(
        (_content, element) =>
          element?.children.length !== undefined &&
          text.test(element.textContent ?? '') &&
          !Array.from(element.children).some(child =>
            text.test(child.textContent ?? ''),
          ),
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('tells the sender that someone else must respond', async () => {
    await open(invitationOf({ mayAnswer: false }));
    expect(
      await screen.findByText(/^You can't approve your own request\./),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it.each([
    ['is not for this person', SECRET],
    ['was cut off', SECRET.slice(1)],
    ['was cut off at its #', ''],
  ])('says that a link %s, and nothing more', async (_, secret) => {
    const { api } = await open(
      invitationOf(),
      {
        getAuthorizationRequest: async () => {
          throw apiError('not_found', 404, {
            message: 'Approval request not found.',
          });
        },
      },
      `${ADDRESS}${secret && '#'}${secret}`,
    );
    expect(api.getAuthorizationRequest.mock.calls).toEqual([[secret]]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Approval request not found.',
    );
    expect(screen.queryByText('Salesforce CRM')).not.toBeInTheDocument();
  });

  it('shows the outcome if someone else responded first', async () => {
    const answers = [
      invitationOf(),
      invitationOf({ state: 'withdrawn', decidedBy: 'user:default/jane' }),
    ];
    const { user } = await open(invitationOf(), {
      getAuthorizationRequest: async () => answers.shift(),
      authorizeAsRequested: async () => {
        throw apiError('request_ended', 409);
      },
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'Approve at login.example.com',
      }),
    );
    expect(
      await screen.findByText(/^jane withdrew this request/),
    ).toBeInTheDocument();
  });

  it("stays open if it couldn't be started, and says why", async () => {
    const { user } = await open(invitationOf(), {
      authorizeAsRequested: async () => {
        throw apiError('egress_blocked', 403, {
          message: 'This address is not allowed',
        });
      },
    });
    const approve = await screen.findByRole('button', {
      name: 'Approve at login.example.com',
    });
    await user.click(approve);
    const alert = await screen.findByRole('alert');
    expect(
      within(alert).getByText('This address is not allowed'),
    ).toBeInTheDocument();
    expect(approve).not.toHaveAttribute('aria-disabled');
  });
});
