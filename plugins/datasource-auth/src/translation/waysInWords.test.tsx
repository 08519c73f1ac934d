import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ActivityEntry,
  Datasource,
  DatasourceStatus,
  grantOrKindOf,
} from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  statusOf,
} from '../__testUtils__/datasources';
import { button, field, openAdvanced } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';
import { Way, WAYS } from '../kinds';

/** Words about things that only OAuth 2.0 has. */
const OAUTH =
  /\bapplication\b(?!\/)|redirect|approv|\bclient (id|secret|auth)|\bgrants?\b|\bscopes?\b|\bOAuth|refresh|revo[ck]|token URL/i;

/** Words about tokens, for APIs that know none. */
const TOKENS = /\btokens?\b|\bJWT|assertion/i;

/** Words that are untrue for an API that authenticates in this way. */
const UNTRUE: Record<Exclude<Way, 'oauth2'>, readonly RegExp[]> = {
  apiKey: [OAUTH, TOKENS],
  basic: [OAUTH, TOKENS],
  bearer: [OAUTH, /\bJWT|assertion/i],
  jwt: [OAUTH],
  none: [OAUTH, TOKENS, /expire|rejected credential/i],
};

const NAMES: Record<Exclude<Way, 'oauth2'>, string> = {
  apiKey: 'API key',
  basic: 'Basic',
  bearer: 'Bearer token',
  jwt: 'Signed JWT',
  none: 'None',
};

const SET = { set: true };

const AUTH: Record<Exclude<Way, 'oauth2'>, object> = {
  apiKey: { headers: { 'X-API-Key': { secret: true, ...SET } } },
  basic: { basic: { username: 'robot', password: SET } },
  bearer: { bearer: SET },
  jwt: { assertion: { alg: 'RS256', key: SET, audience: 'tickets' } },
  none: {},
};

const IN_USE = authorizedStatus({
  reasonCode: 'no_expiry',
  expiresAt: undefined,
  hasRefreshToken: false,
});

const ways = Object.keys(UNTRUE) as Exclude<Way, 'oauth2'>[];

/** Returns the untrue words on the page. Code and the choice between all ways are no statements about this one. */
function untrueWords(way: Exclude<Way, 'oauth2'>): string[] {
  const shown = document.body.cloneNode(true) as HTMLElement;
  for (const other of shown.querySelectorAll(
    'code, pre, [role=group], [aria-label=address], style',
  ))
    other.remove();
  const texts: string[] = [];
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
  // The name of a permission.
  return texts
    .filter(text => text !== 'grant')
    .filter(text => UNTRUE[way].some(word => word.test(text)));
}

function openOf(way: Exclude<Way, 'oauth2'>, status: DatasourceStatus) {
  const auth = { type: WAYS[way], ...AUTH[way] } as Datasource['auth'];
  const datasource: Datasource = { ...datasourceOf({ status }), auth };
  const entry = (kind: ActivityEntry['kind'], details = {}) => ({
    ...{ id: kind, kind, at: Date.now(), actor: 'user:default/jane' },
    details,
  });
  const hour = { handOuts: 3, rejections: 1, refusals: 1 };
  const api = apiStub({
    getDatasource: async () => datasource,
    listActivity: async () => ({
      items: [
        entry('authorized'),
        entry('cleared'),
        entry('status_changed', { from: 'AUTHORIZED', to: 'ERROR' }),
        entry('consumer_denied', { plugin: 'search' }),
      ] as ActivityEntry[],
    }),
    listConsumers: async () => ({
      items: [
        {
          ...{ plugin: 'techdocs', allowed: true, handOuts24h: 12 },
          ...{ rejections24h: 0, refusals24h: 0 },
        },
      ],
      hours: [{ ...hour, hour: Date.now() - 3_600_000 }],
    }),
    getImpact: async () => ({
      consumers: [{ plugin: 'techdocs', handOuts24h: 12 }],
      handOuts24h: 12,
    }),
    exportDatasource: async () => '',
  } as unknown as Parameters<typeof apiStub>[0]);
  return { api, datasource };
}

describe.each(ways)('the words about the way %s', way => {
  const user = userEvent.setup({ delay: null });

  it('name nothing that it lacks on a new datasource, with all its settings', async () => {
    await renderPage(apiStub(), '/datasource-auth/new/blank');
    await field('Client ID');
    expect(untrueWords(way)).not.toEqual([]);
    await user.click(button(NAMES[way]));
    await openAdvanced();
    for (const area of screen.getAllByRole('button', { expanded: false }))
      await user.click(area);
    expect(untrueWords(way)).toEqual([]);
  });

  it.each(['activity', 'consumers', 'access', 'configuration'])(
    'name nothing that it lacks on the tab %s',
    async tab => {
      const { api } = openOf(way, authorizedStatus());
      await renderPage(api, `/datasource-auth/salesforce-crm/${tab}`);
      await screen.findByRole('tabpanel');
      await waitFor(() =>
        expect(screen.queryByRole('progressbar')).not.toBeInTheDocument(),
      );
      expect(untrueWords(way)).toEqual([]);
    },
  );

  it.each<[string, DatasourceStatus]>([
    ['in use', IN_USE],
    ['cleared', statusOf({ reasonCode: 'cleared', obtainedAt: 1 })],
    ['failing', statusOf({ state: 'ERROR', reasonCode: 'rejected_by_api' })],
  ])('name nothing that it lacks while it is %s', async (_, status) => {
    const reasonCode =
      way === 'jwt' && status.state === 'AUTHORIZED'
        ? 'signs_on_use'
        : status.reasonCode;
    const { api, datasource } = openOf(way, { ...status, reasonCode });
    expect(grantOrKindOf(datasource.auth)).toBe(WAYS[way]);
    await renderPage(api, '/datasource-auth/salesforce-crm');
    await screen.findByRole('region', { name: 'Connection' });
    expect(untrueWords(way)).toEqual([]);
    expect(screen.getByText(/datasourceAuthServiceRef/)).toHaveTextContent(
      'const { headers, query } = await tokens.getToken',
    );
  });

  it('name nothing that it lacks before it is cleared or deleted', async () => {
    const { api } = openOf(way, IN_USE);
    await renderPage(api, '/datasource-auth/salesforce-crm');
    const menu = await screen.findByRole('button', {
      name: 'Actions for Salesforce CRM',
    });
    const actions =
      way === 'none' ? ['Delete…'] : ['Disconnect for everyone…', 'Delete…'];
    for (const action of actions) {
      await user.click(menu);
      await user.click(await screen.findByRole('menuitem', { name: action }));
      const dialog = within(await screen.findByRole('dialog'));
      await dialog.findByText(/^Used in the last 24 hours/);
      expect(untrueWords(way)).toEqual([]);
      await user.click(dialog.getByRole('button', { name: /^Keep/ }));
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
    }
  });
});
