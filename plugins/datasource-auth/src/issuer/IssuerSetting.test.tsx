import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Diagnosis,
  IssuerProposal,
} from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf, settingsOf } from '../__testUtils__/datasources';
import { button, field, fill } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const NEW = '/datasource-auth/new/blank';
const ISSUER = 'https://login.example.com';

const PROPOSAL: IssuerProposal = {
  issuer: ISSUER,
  set: {
    'auth.issuer': ISSUER,
    'auth.authorize.url': `${ISSUER}/authorize`,
    'auth.token.url': 'https://tokens.example.net/token',
    'auth.requireIss': true,
    'auth.clientAuthentication': 'client_secret_post',
  },
  scopes: ['openid', 'read'],
  grantTypes: [],
  otherHosts: ['tokens.example.net'],
  refused: [],
};

const MISMATCH: Diagnosis = {
  texts: NO_TEXTS,
  code: 'issuer_mismatch',
  title: 'The metadata belongs to another issuer',
  cause: `Expected ${ISSUER}, got ${ISSUER}/.`,
  remedy: `Enter the issuer as ${ISSUER}/; the final slash counts.`,
  retryable: false,
  details: { host: 'login.example.com', at: 0 },
  fix: { set: { 'auth.issuer': `${ISSUER}/` } },
};

async function ask(api: ReturnType<typeof apiStub>) {
  const user = userEvent.setup({ delay: null });
  await renderPage(api, NEW);
  await fill('Token URL', 'https://typed.example.com/token');
  await fill('Issuer', ISSUER);
  await user.click(button('Fill from issuer'));
  return user;
}

const dialog = async () =>
  within(
    await screen.findByRole('dialog', {
      name: 'Use the settings from the issuer?',
    }),
  );

describe('Fill from issuer', () => {
  it('requires an issuer, and says so', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub();
    await renderPage(api, NEW);
    await field('Issuer');
    expect(button('Fill from issuer')).toHaveAccessibleDescription(
      'Enter the issuer first.',
    );
    await user.click(button('Fill from issuer'));
    expect(api.readIssuer).not.toHaveBeenCalled();
  });

  it('shows current and proposed values, and marks hosts that differ from the issuer’s', async () => {
    const api = apiStub({ readIssuer: async () => PROPOSAL });
    await ask(api);
    expect(api.readIssuer).toHaveBeenCalledWith(ISSUER);
    const shown = await dialog();
    const rows = within(shown.getByRole('table', { name: 'Proposed settings' }))
      .getAllByRole('row')
      .map(row => [...row.children].map(cell => cell.textContent));
    expect(rows).toEqual([
      ['Setting', 'Current', 'Proposed'],
      ['Authorize URL', 'empty', `${ISSUER}/authorize`],
      [
        'Token URL',
        'https://typed.example.com/token',
        'https://tokens.example.net/token⚠ Different host than the issuer',
      ],
      ['Require the issuer in the response (iss)', 'Off', 'On'],
      [
        'Client authentication',
        'Basic header',
        'Client ID and secret in the request body',
      ],
    ]);
    expect(
      shown.getByText(/hosts other than the issuer's: tokens\.example\.net\./),
    ).toBeInTheDocument();
    expect(
      shown.getByText('Scopes that the issuer offers: openid, read'),
    ).toBeInTheDocument();
    expect(shown.getByRole('button', { name: 'Keep mine' })).toHaveFocus();
  });

  it('N6 shows which keys the issuer can bind tokens to, and proposes none', async () => {
    const senderConstraints = ['mtls' as const, 'dpop' as const];
    const proposal = { ...PROPOSAL, senderConstraints };
    await ask(apiStub({ readIssuer: async () => proposal }));
    const shown = await dialog();
    expect(
      shown.getByText(
        'The issuer can bind tokens to a key. For Tokens bound to, you can choose: Client certificate (mutual TLS), DPoP',
      ),
    ).toBeInTheDocument();
    expect(
      shown.queryByRole('row', { name: /Tokens bound to/ }),
    ).not.toBeInTheDocument();
  });

  it.each([
    [['openid', 'read'], false],
    [['openid', 'offline_access'], true],
    [[], true],
  ])(
    'S0.10 suggests offline_access if the metadata lists it: %j',
    async (scopes, offered) => {
      const proposal = { ...PROPOSAL, scopes };
      const user = await ask(apiStub({ readIssuer: async () => proposal }));
      const shown = await dialog();
      await user.click(shown.getByRole('button', { name: 'Keep mine' }));
      await fill('Scopes', 'openid');
      await waitFor(() =>
        expect(
          screen.queryAllByRole('button', { name: 'Add offline_access' }),
        ).toHaveLength(offered ? 1 : 0),
      );
    },
  );

  it('changes nothing before it is accepted or with Keep mine', async () => {
    const user = await ask(apiStub({ readIssuer: async () => PROPOSAL }));
    const shown = await dialog();
    expect(await field('Authorize URL')).toHaveValue('');
    await user.click(shown.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(await field('Authorize URL')).toHaveValue('');
    expect(await field('Token URL')).toHaveValue(
      'https://typed.example.com/token',
    );
  });

  it('fills in the form, which still has to be saved', async () => {
    const api = apiStub({ readIssuer: async () => PROPOSAL });
    const user = await ask(api);
    await user.click(
      (await dialog()).getByRole('button', { name: 'Use these settings' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(await field('Authorize URL')).toHaveValue(`${ISSUER}/authorize`);
    expect(await field('Token URL')).toHaveValue(
      'https://tokens.example.net/token',
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        '4 settings filled in. Save to apply them.',
      ),
    );
    expect(screen.getByText(/^Unsaved: .*Authorize URL/)).toBeInTheDocument();
    expect(api.createDatasource).not.toHaveBeenCalled();
  });

  it("proposes no authorize URL for grants without a browser, and says what the issuer doesn't support", async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({
      readIssuer: async () => ({
        ...PROPOSAL,
        grantTypes: ['authorization_code'],
        refused: ['revocation_endpoint'],
      }),
    });
    await renderPage(api, NEW);
    await field('Issuer');
    await user.click(button('Client credentials'));
    await fill('Issuer', ISSUER);
    await user.click(button('Fill from issuer'));
    const shown = await dialog();
    expect(
      shown.queryByRole('rowheader', { name: 'Authorize URL' }),
    ).not.toBeInTheDocument();
    expect(
      shown.getByText(
        "The issuer doesn't list the selected grant (Client credentials). It offers: authorization_code.",
      ),
    ).toBeInTheDocument();
    expect(
      shown.getByText(/isn't allowed to call them: revocation_endpoint\./),
    ).toBeInTheDocument();
  });

  it('says if there is nothing to fill in', async () => {
    await ask(
      apiStub({
        readIssuer: async () => ({
          ...PROPOSAL,
          set: { 'auth.issuer': ISSUER },
          otherHosts: [],
        }),
      }),
    );
    const shown = await dialog();
    expect(shown.getByText(/^Your settings already match/)).toBeInTheDocument();
    expect(
      shown.queryByRole('button', { name: 'Use these settings' }),
    ).not.toBeInTheDocument();
  });

  it('sends the issuer with its instance values filled in', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({
      getDatasource: async () => ({
        ...datasourceOf(),
        ...settingsOf('authorization_code', {
          issuer: 'https://{{instance.host}}/realms/main',
        }),
        instance: { host: 'sso.example.com' },
      }),
      readIssuer: async () => PROPOSAL,
    });
    await renderPage(api, '/datasource-auth/salesforce-crm/edit');
    await field('Issuer');
    await user.click(button('Fill from issuer'));
    expect(api.readIssuer).toHaveBeenCalledWith(
      'https://sso.example.com/realms/main',
    );
    expect(
      (await dialog()).queryByRole('rowheader', { name: 'Issuer' }),
    ).not.toBeInTheDocument();
  });

  it('shows errors at the issuer field, and suggests the correct one', async () => {
    const api = apiStub({
      readIssuer: async () => {
        throw apiError('invalid_request', 400, {
          fields: { issuer: MISMATCH.title },
          diagnosis: MISMATCH,
        });
      },
    });
    const user = await ask(api);
    await waitFor(async () =>
      expect(await field('Issuer')).toHaveAccessibleDescription(
        `${MISMATCH.title}. ${MISMATCH.cause} ${MISMATCH.remedy}`,
      ),
    );
    expect(await field('Issuer')).toHaveFocus();
    expect(await field('Issuer')).toBeInvalid();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await user.click(button(`Use ${ISSUER}/`));
    expect(await field('Issuer')).toHaveValue(`${ISSUER}/`);
    await waitFor(async () => expect(await field('Issuer')).toBeValid());
  });
});
