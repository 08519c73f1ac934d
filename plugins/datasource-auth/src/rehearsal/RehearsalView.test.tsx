import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Datasource,
  Diagnosis,
  RehearsalResult,
} from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  grantedOf,
  settingsOf,
  statusOf,
  ATTEMPT_ID,
} from '../__testUtils__/datasources';
import { button, field, panel } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const DETAIL = '/datasource-auth/salesforce-crm';

const AUTHORIZED = datasourceOf({ status: authorizedStatus() });

const REFUSED: Diagnosis = {
  code: 'refresh_refused',
  title: 'salesforce-crm must be authorized again',
  cause: 'The provider no longer accepts the stored refresh token.',
  remedy: 'Get a new credential.',
  texts: NO_TEXTS,
  retryable: false,
  details: { host: 'login.example.com', at: 0 },
};

function resultOf(part: Partial<RehearsalResult> = {}): RehearsalResult {
  return {
    ok: true,
    verdict: 'rotated',
    message: 'Refresh works. The provider issued a new refresh token.',
    rehearsedAt: Date.now(),
    ...part,
  };
}

async function open(datasource: Datasource, methods = {}, path = DETAIL) {
  const api = apiStub({ getDatasource: async () => datasource, ...methods });
  await renderPage(api, path);
  await screen.findByRole('region', {
    name: /^(Authorization|Connection)$/,
  });
  return { api, user: userEvent.setup({ delay: null }) };
}

const MENU = { name: 'Actions for Salesforce CRM' };

async function testRefresh(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', MENU));
  await user.click(screen.getByRole('menuitem', { name: 'Test refresh' }));
}

async function menuOf(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', MENU));
  return screen.getAllByRole('menuitem').map(item => item.textContent);
}

const outcome = async () =>
  within(await screen.findByRole('region', { name: 'Refresh test' }));

describe('Test refresh', () => {
  it('refreshes the saved credential, shows what the provider did, and reloads the datasource', async () => {
    const { api, user } = await open(AUTHORIZED, {
      rehearseRenewal: async () => resultOf(),
    });
    await testRefresh(user);
    expect(api.rehearseRenewal).toHaveBeenCalledWith('salesforce-crm');
    expect(
      (await outcome()).getByText(
        'Refresh works. The provider issued a new refresh token.',
      ),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('Refresh works.'),
    );
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
  });

  it('shows why a refresh failed, and what to do', async () => {
    let status = authorizedStatus();
    const { user } = await open(AUTHORIZED, {
      getDatasource: async () => datasourceOf({ status }),
      rehearseRenewal: async () => {
        status = authorizedStatus({
          state: 'NOT_AUTHORIZED',
          reason: 'The provider refused the refresh token.',
        });
        return resultOf({
          ok: false,
          verdict: 'failed',
          message: 'Renewal failed.',
          diagnosis: REFUSED,
        });
      },
    });
    await testRefresh(user);
    await screen.findAllByText('NOT AUTHORIZED');
    const shown = await outcome();
    expect(shown.getByText('Renewal failed.')).toBeInTheDocument();
    expect(shown.getByText(REFUSED.title)).toBeInTheDocument();
    expect(shown.getByText(/no longer accepts/)).toBeInTheDocument();
    expect(shown.getByText(/Get a new credential\./)).toBeInTheDocument();
  });

  it('retries a failed refresh before asking for an approval', async () => {
    const failing = datasourceOf({
      status: authorizedStatus({
        state: 'ERROR',
        reasonCode: 'renewal_failing',
        reason: 'The provider has a problem (3 attempts).',
        lastError: { ...REFUSED, code: 'server', at: 0, attempts: 3 },
      }),
    });
    const { api, user } = await open(failing, {
      rehearseRenewal: async () => resultOf(),
    });
    await user.click(button('Try again'));
    expect(api.rehearseRenewal).toHaveBeenCalledWith('salesforce-crm');
    expect((await outcome()).getByText(/^Refresh works\./)).toBeInTheDocument();
  });

  it('runs once at a time', async () => {
    let finish = (_: RehearsalResult) => {};
    const { api, user } = await open(AUTHORIZED, {
      rehearseRenewal: () =>
        new Promise<RehearsalResult>(resolve => {
          finish = resolve;
        }),
    });
    await testRefresh(user);
    expect(button('Test connection')).toHaveAccessibleDescription(
      'Refreshing…',
    );
    expect(await menuOf(user)).not.toContain('Test refresh');
    await user.keyboard('{Escape}');
    expect(api.rehearseRenewal).toHaveBeenCalledTimes(1);
    finish(resultOf());
    await outcome();
  });

  it("says why a rehearsal couldn't run", async () => {
    const { user } = await open(AUTHORIZED, {
      rehearseRenewal: async () => {
        throw apiError('not_allowed', 403, { message: 'Not for you' });
      },
    });
    await testRefresh(user);
    expect((await outcome()).getByText('Not for you')).toBeInTheDocument();
  });

  it('is hidden without a credential', async () => {
    const { user } = await open(datasourceOf({ status: statusOf() }));
    expect(await menuOf(user)).not.toContain('Test refresh');
  });

  it('is hidden from users who may not authorize', async () => {
    const { user } = await open({
      ...AUTHORIZED,
      allowed: { ...AUTHORIZED.allowed, authorize: false },
    });
    expect(await menuOf(user)).not.toContain('Test refresh');
  });

  it('is hidden if a credential is waiting to be saved, because it refreshes the saved one', async () => {
    await open(
      AUTHORIZED,
      { getAuthorization: async () => grantedOf({ settings: settingsOf() }) },
      `${DETAIL}/edit?authorization=${ATTEMPT_ID}`,
    );
    await field('Title');
    expect(panel().getByText('Not saved')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Test refresh' }),
    ).not.toBeInTheDocument();
  });
});
