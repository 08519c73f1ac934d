import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ActivityEntry,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';
import { catchSavedFiles } from '../__testUtils__/savedFiles';

const NOON = new Date(2026, 2, 12, 12, 0).getTime();
const JANE = 'user:default/jane';
const ADDRESS = '/datasource-auth/salesforce-crm/activity';

let count = 0;
function entry(
  kind: string,
  details: object = {},
  part: Partial<ActivityEntry> = {},
): ActivityEntry {
  count += 1;
  return {
    id: `e${count}`,
    at: NOON - count * 60_000,
    kind,
    actor: JANE,
    details: details as Record<string, unknown>,
    ...part,
  };
}

async function open(
  items: ActivityEntry[],
  options: { address?: string; grantType?: GrantType } = {},
) {
  const api = apiStub({
    getDatasource: async () => datasourceOf({}, options.grantType),
    listActivity: async () => ({ items }),
  });
  const rendered = await renderPage(api, options.address ?? ADDRESS);
  await screen.findByRole('tab', { name: 'Activity' });
  return { api, user: userEvent.setup({ delay: null }), ...rendered };
}

const sentences = async () => {
  await screen.findAllByRole('listitem');
  return screen
    .getAllByText('Details')
    .map(details => details.closest('details')!.parentElement!.textContent!)
    .map(text => text.replace(/Details.*$/, ''));
};

afterEach(() => jest.restoreAllMocks());

describe('ActivityTab', () => {
  it('shows who asked whom to authorize, and the outcome', async () => {
    const bob = { actor: 'user:default/bob' };
    await open([
      entry('authorized', { askedBy: JANE }, bob),
      entry('request_withdrawn', { recipient: null }),
      entry('request_withdrawn', { recipient: 'user:default/bob' }),
      entry('request_declined', { askedBy: JANE }, bob),
      entry('authorization_requested', { recipient: null }),
      entry('authorization_requested', { recipient: 'group:default/platform' }),
    ]);
    expect(await sentences()).toEqual(
      [
        'bob approved access. Requested by jane.',
        'jane withdrew the approval link.',
        'jane withdrew the approval request to bob.',
        'bob declined the approval request from jane.',
        'jane created an approval link.',
        'jane asked group:platform for approval.',
      ].map(sentence => expect.stringContaining(sentence)),
    );
  });

  it('describes each kind of event in a sentence', async () => {
    await open([
      entry('consumer_denied', {}, { actor: 'plugin:techdocs' }),
      entry('rehearsed', { verdict: 'rotated' }),
      entry('refreshed', { rotated: true }),
      entry('refreshed', { rotated: false }),
      entry('refresh_failed', { code: 'timeout', attempt: 1 }),
      entry('tested', { ok: true, status: 200, duration: 340 }),
      entry('tested', { ok: false, status: null, duration: null }),
      entry(
        'status_changed',
        { from: 'AUTHORIZED', to: 'NOT_AUTHORIZED', reason: 'refused' },
        { actor: undefined },
      ),
      entry('revoked', { confirmed: true }, { actor: undefined }),
      entry('revoked', { confirmed: false }, { actor: undefined }),
      entry('authorization_failed', { code: 'invalid_client' }),
      entry('cleared'),
      entry('refused', { code: 'invalid_grant' }, { actor: undefined }),
      entry('refused', { code: 'invalid_grant' }),
      entry(
        'refresh_failed',
        { code: 'invalid_grant', attempt: 2 },
        { actor: undefined },
      ),
      entry('refreshed', { rotated: true }, { actor: undefined }),
      entry('authorized', {
        account: 'alice@corp',
        scope: 'read offline_access',
      }),
      entry('updated', {
        changes: [
          { path: 'auth.token.url', before: 'a', after: 'b' },
          { path: 'auth.scopes', after: 'read' },
        ],
      }),
      entry('updated', { changes: [] }),
      entry('created', { name: 'x' }, { actor: 'external:ci' }),
    ]);
    expect(await sentences()).toEqual([
      "Plugin techdocs tried to use the datasource and isn't allowed.",
      'jane tested the refresh. It works, and the provider issued a new refresh token.',
      'jane refreshed the token (refresh token rotated).',
      'jane refreshed the token.',
      'A refresh by jane failed: timeout.',
      'jane tested the connection: 200 in 340 ms.',
      'jane tested the connection. The test failed.',
      'AUTHORIZED → NOT AUTHORIZED.',
      'The provider confirmed the revocation.',
      "The provider didn't confirm the revocation.",
      'jane tried to get a credential: invalid_client.',
      'jane cleared the credential.',
      'The provider rejected the stored credential: invalid_grant. AUTHORIZED → NOT AUTHORIZED.',
      'A refresh by jane failed. The provider rejected the stored credential: invalid_grant. AUTHORIZED → NOT AUTHORIZED.',
      'Refresh failed: invalid_grant. Attempt 2.',
      'Refreshed automatically (refresh token rotated).',
      'jane approved access as alice@corp. Scopes: read, offline_access.',
      'jane changed Token URL and Scopes.',
      'jane saved without changing a setting.',
      'ci created the datasource.',
    ]);
  });

  it('says "got an access token" if no approval was needed', async () => {
    await open([entry('authorized', { account: null, scope: null })], {
      grantType: 'client_credentials',
    });
    expect(await sentences()).toEqual(['jane got an access token.']);
  });

  it('groups consecutive refreshes under day headings, in an ordered list with machine-readable times', async () => {
    await open([
      ...Array.from({ length: 23 }, () =>
        entry('refreshed', {}, { actor: undefined }),
      ),
      entry('tested', { ok: true }),
      entry('tested', { ok: true }, { at: NOON - 86_400_000 }),
    ]);
    expect(await sentences()).toEqual([
      'Refreshed 23 times.',
      'jane tested the connection and got a token.',
      'jane tested the connection and got a token.',
    ]);
    const today = within(
      screen.getByRole('region', { name: 'Thursday, March 12, 2026' }),
    );
    expect(today.getAllByRole('list')[0]).toHaveProperty('tagName', 'OL');
    expect(today.getAllByRole('time')[0]).toHaveAttribute('datetime');
    expect(
      screen.getByRole('region', { name: 'Wednesday, March 11, 2026' }),
    ).toBeInTheDocument();
  });

  it('expands to show a change, and for a secret only that it was replaced', async () => {
    await open([
      entry('updated', {
        changes: [
          { path: 'auth.token.url', before: 'https://a', after: 'https://b' },
          { path: 'title', after: 'CRM' },
          { path: 'auth.clientSecret', secret: 'replaced' },
        ],
      }),
    ]);
    const details = (await screen.findByText('Details')).closest('details')!;
    const lines = within(details).getAllByRole('listitem', { hidden: true });
    expect(lines.slice(0, 3).map(line => line.textContent)).toEqual([
      'Token URL: https://a → https://b',
      'Title: empty → CRM',
      'Client secret: replaced',
    ]);
  });

  it('filters by kind and actor in the address', async () => {
    const { api, user } = await open([entry('tested', { ok: true })]);
    await screen.findAllByRole('listitem');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Type' }),
      'Tests',
    );
    await waitFor(() =>
      expect(api.listActivity).toHaveBeenLastCalledWith(
        'salesforce-crm',
        expect.objectContaining({ kind: 'tested,rehearsed' }),
      ),
    );
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'User or plugin' }),
      'jane',
    );
    await waitFor(() =>
      expect(api.listActivity).toHaveBeenLastCalledWith(
        'salesforce-crm',
        expect.objectContaining({ kind: 'tested,rehearsed', actor: JANE }),
      ),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      `${ADDRESS}?kind=tests&actor=user%3Adefault%2Fjane`,
    );
  });

  it('shows its filters before the content', async () => {
    await open([entry('tested')]);
    const line = await screen.findByText('Details');
    expect(
      screen
        .getByRole('combobox', { name: 'Type' })
        .compareDocumentPosition(line),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('loads more, and focuses the first new entry', async () => {
    const first = [entry('tested', { ok: true })];
    const second = [entry('cleared'), entry('created')];
    const { api, user } = await open([]);
    api.listActivity.mockImplementation(async (_name, query) =>
      query?.before
        ? { items: second }
        : { items: first, nextBefore: first[0].at },
    );
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Type' }),
      'Settings changes',
    );
    await user.click(
      await screen.findByRole('button', { name: 'Load more activity' }),
    );
    const added = await screen.findByText('jane cleared the credential.');
    await waitFor(() => expect(added.closest('li')).toHaveFocus());
    expect(
      screen.queryByRole('button', { name: 'Load more activity' }),
    ).not.toBeInTheDocument();
    expect(await sentences()).toHaveLength(3);
  });

  it('saves everything that matches the filters as JSON', async () => {
    const saved = catchSavedFiles();
    const first = entry('tested');
    const second = entry('cleared');
    const { api, user } = await open([first]);
    api.listActivity.mockImplementation(async (_name, query) =>
      query?.before
        ? { items: [second] }
        : { items: [first], nextBefore: first.at },
    );
    await user.click(screen.getByRole('button', { name: 'Download JSON' }));
    await waitFor(() => expect(saved.files).toHaveLength(1));
    expect(saved.files[0].name).toBe('salesforce-crm-activity.json');
    expect(JSON.parse(await saved.text(saved.files[0]))).toEqual([
      first,
      second,
    ]);
  });

  it('says that there are no entries yet', async () => {
    await open([]);
    expect(await screen.findByText('No activity yet.')).toBeInTheDocument();
  });

  it('says that the user may not read it', async () => {
    const api = apiStub({
      getDatasource: async () => datasourceOf(),
      listActivity: async () => {
        throw apiError('not_allowed', 403, {
          message: 'You are not allowed to do this',
        });
      },
    });
    await renderPage(api, ADDRESS);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You are not allowed to do this',
    );
  });
});
