import { act, screen, waitFor } from '@testing-library/react';
import { Authorization } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  ATTEMPT_ID,
  datasourceOf,
  grantedOf,
  settingsOf,
} from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';
import { requestBeforeRedirect } from '../requests/sessionMemory';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const COMPLETION = 'c'.repeat(43);

function arriveWith(fragment: string) {
  window.history.replaceState(
    null,
    '',
    `/datasource-auth/authorized${fragment}`,
  );
}

function address() {
  return screen.getByLabelText('address').textContent;
}

describe('AuthorizedPage', () => {
  beforeEach(() => {
    jest.spyOn(window, 'close').mockImplementation(() => {});
    arriveWith(`#id=${ATTEMPT_ID}&completion=${COMPLETION}`);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    window.history.replaceState(null, '', '/');
  });

  it('removes the completion from the address before using it, completes once, and closes the window', async () => {
    let addressAtCall = '';
    const api = apiStub({
      completeAuthorization: async () => {
        addressAtCall = window.location.href;
        return grantedOf();
      },
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText('Authorized. You can close this window.'),
    ).toBeInTheDocument();
    expect(addressAtCall).not.toContain('#');
    expect(window.location.hash).toBe('');
    expect(api.completeAuthorization.mock.calls).toEqual([
      [ATTEMPT_ID, COMPLETION],
    ]);
    expect(window.close).toHaveBeenCalledTimes(1);
    expect(
      JSON.stringify({ ...sessionStorage, ...localStorage }),
    ).not.toContain(COMPLETION);
  });

  it('N10: returns to My connections in the same tab, where the person confirms the account', async () => {
    const api = apiStub({
      completeAuthorization: async () =>
        grantedOf({
          display: 'page',
          datasource: 'jira',
          settings: undefined,
          connection: {
            terms: { hosts: [], scopes: [], consumers: [], routes: [] },
          },
        }),
      listConnections: async () => ({ items: [] }),
    });
    await renderPage(api, '/datasource-auth/authorized');
    await waitFor(() =>
      expect(address()).toBe('/datasource-auth/connections?datasource=jira'),
    );
    await waitFor(() => expect(api.listConnections).toHaveBeenCalled());
    expect(window.close).not.toHaveBeenCalled();
  });

  const requested = (part: Partial<Authorization> = {}) =>
    grantedOf({
      status: 'consumed',
      commit: true,
      display: 'page',
      staged: undefined,
      requested: true,
      ...part,
    });
  const invitation = (state: 'pending' | 'approved' | 'withdrawn') => ({
    ...{ state, title: 'Salesforce CRM', askedBy: 'user:default/jane' },
    ...{ askedAt: 1, expiresAt: 2, mayAnswer: true },
    ...{ decidedBy: 'user:default/bob', decidedAt: Date.now() },
  });

  it('returns to the approval request and shows the thanks there', async () => {
    requestBeforeRedirect.put('the-secret');
    const api = apiStub({
      completeAuthorization: async () => requested(),
      getAuthorizationRequest: async () => invitation('approved'),
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText(/^Approved\. Salesforce CRM is authorized/),
    ).toBeInTheDocument();
    expect(address()).toBe('/datasource-auth/authorize');
    expect(api.getAuthorizationRequest.mock.calls).toEqual([['the-secret']]);
    expect(api.getDatasource).not.toHaveBeenCalled();
  });

  it('returns to the approval request with the reason for the failure', async () => {
    requestBeforeRedirect.put('the-secret');
    arriveWith(`#id=${ATTEMPT_ID}`);
    const api = apiStub({
      getAuthorization: async () =>
        requested({
          status: 'failed',
          error: {
            code: 'access_denied',
            title: 'Access was not approved',
            cause: 'Nothing was changed.',
            remedy: 'Open the link again.',
            texts: NO_TEXTS,
            retryable: true,
            details: {},
          },
        }),
      getAuthorizationRequest: async () => invitation('pending'),
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Access was not approved',
    );
    expect(address()).toBe('/datasource-auth/authorize');
    expect(api.getAuthorizationRequest.mock.calls).toEqual([['the-secret']]);
  });

  it('shows that the approval request has ended in the meantime', async () => {
    requestBeforeRedirect.put('the-secret');
    const api = apiStub({
      completeAuthorization: async () => {
        throw apiError('request_ended', 409);
      },
      getAuthorizationRequest: async () => invitation('withdrawn'),
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText(/^bob withdrew this request/),
    ).toBeInTheDocument();
  });

  it('confirms the approval without a link if it is unknown where to return', async () => {
    const api = apiStub({ completeAuthorization: async () => requested() });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText('Authorized. You can close this window.'),
    ).toBeInTheDocument();
    expect(window.close).not.toHaveBeenCalled();
    expect(address()).toBe('/datasource-auth/authorized');
  });

  it('shows the result of the first tab if the provider redirected two', async () => {
    const api = apiStub({
      completeAuthorization: async () => {
        throw apiError('authorization_ended', 409);
      },
      getAuthorization: async () => grantedOf(),
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText('Authorized. You can close this window.'),
    ).toBeInTheDocument();
    expect(api.getAuthorization.mock.calls).toEqual([[ATTEMPT_ID]]);
  });

  it('completes even if React discards its first rendering', async () => {
    const api = apiStub({ completeAuthorization: async () => grantedOf() });
    let arrive = () => {};
    let waiting: Promise<void> | undefined = new Promise(resolve => {
      arrive = () => {
        waiting = undefined;
        resolve();
      };
    });
    // Something next to the page isn't loaded yet, such as a lazily loaded part of the app.
    const Late = () => {
      if (waiting) throw waiting;
      return null;
    };
    await renderPage(api, '/datasource-auth/authorized', [], {
      beside: <Late />,
    });
    await act(async () => arrive());
    expect(
      await screen.findByText('Authorized. You can close this window.'),
    ).toBeInTheDocument();
    expect(api.completeAuthorization).toHaveBeenCalledTimes(1);
  });

  it('S0.13 continues in the editor of the datasource after an approval in the same tab', async () => {
    const attempt = grantedOf({
      display: 'page',
      datasource: 'salesforce-crm',
      settings: settingsOf(),
    });
    const api = apiStub({
      completeAuthorization: async () => attempt,
      getAuthorization: async () => attempt,
      getDatasource: async () => datasourceOf(),
    });
    await renderPage(api, '/datasource-auth/authorized');
    await waitFor(() =>
      expect(address()).toBe(
        `/datasource-auth/salesforce-crm/edit?authorization=${ATTEMPT_ID}`,
      ),
    );
    expect(
      await screen.findByRole('textbox', { name: 'Client ID' }),
    ).toHaveValue('backstage');
    expect(window.close).not.toHaveBeenCalled();
  });

  it('S0.13 continues in an unsaved new datasource, with every value and the success message', async () => {
    const attempt = grantedOf({ display: 'page', settings: settingsOf() });
    const api = apiStub({
      completeAuthorization: async () => attempt,
      getAuthorization: async () => attempt,
    });
    await renderPage(api, '/datasource-auth/authorized');
    await waitFor(() =>
      expect(address()).toBe(
        `/datasource-auth/new/blank?authorization=${ATTEMPT_ID}`,
      ),
    );
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue(
      'salesforce-crm',
    );
    expect(screen.getByRole('textbox', { name: 'Token URL' })).toHaveValue(
      'https://login.example.com/token',
    );
    expect(
      screen.getByRole('group', { name: /^Client secret, set .*, not shown$/ }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Credential obtained. Save to start using it.',
      ),
    );
  });

  it('continues at the datasource if the credential took effect immediately', async () => {
    const attempt = grantedOf({
      display: 'page',
      commit: true,
      datasource: 'salesforce-crm',
    });
    const api = apiStub({
      completeAuthorization: async () => attempt,
      getDatasource: async () => datasourceOf(),
    });
    await renderPage(api, '/datasource-auth/authorized');
    await waitFor(() =>
      expect(address()).toBe('/datasource-auth/salesforce-crm'),
    );
  });

  it('shows why the provider refused if there is nothing to complete', async () => {
    arriveWith(`#id=${ATTEMPT_ID}`);
    const refused: Authorization = {
      ...grantedOf({
        status: 'failed',
        staged: undefined,
        datasource: 'salesforce-crm',
      }),
      error: {
        code: 'access_denied',
        title: 'Access was not approved',
        cause: 'You or an administrator declined.',
        remedy: 'Get a new credential and choose Allow.',
        texts: NO_TEXTS,
        retryable: false,
        details: {},
      },
    };
    const api = apiStub({ getAuthorization: async () => refused });
    await renderPage(api, '/datasource-auth/authorized');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Access was not approved',
    );
    expect(
      screen.getByRole('button', { name: 'Return to Backstage' }),
    ).toHaveAttribute('href', '/datasource-auth/salesforce-crm');
    expect(api.completeAuthorization).not.toHaveBeenCalled();
  });

  it('tells another user who must finish', async () => {
    const api = apiStub({
      completeAuthorization: async () => {
        throw apiError('other_user', 403, {
          message:
            'This approval was started by jane. Start again as yourself.',
        });
      },
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This approval was started by jane. Start again as yourself.',
    );
    expect(window.close).not.toHaveBeenCalled();
  });

  it.each([
    ['is opened without an attempt', ''],
    ['was used before', `#id=${ATTEMPT_ID}&completion=${COMPLETION}`],
  ])('reports a used or expired link when it %s', async (_, fragment) => {
    arriveWith(fragment);
    const api = apiStub({
      completeAuthorization: async () => {
        throw apiError('authorization_ended', 410);
      },
      getAuthorization: async () => {
        throw apiError('not_found', 404);
      },
    });
    await renderPage(api, '/datasource-auth/authorized');
    expect(
      await screen.findByText(
        'This link was already used or has expired. Start again from the datasource.',
      ),
    ).toBeInTheDocument();
  });
});
