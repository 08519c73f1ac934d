import { FlatRoutes, NoOpAnalyticsApi } from '@backstage/core-app-api';
import { AnalyticsEvent } from '@backstage/core-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act, cleanup, screen } from '@testing-library/react';
import {
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { BrowserRouter, Route } from 'react-router-dom';
import { apiStub } from '../__testUtils__/apiStub';
import { openedLink } from './sessionMemory';

const FIRST = 'f'.repeat(43);
const SECOND = `${'s'.repeat(42)}_`;
const PAGE = '/datasource-auth/authorize';

/** Opens the browser's address in an app with Backstage's own route tracker. */
async function openApp() {
  const api = apiStub({
    getAuthorizationRequest: async secret => ({
      ...{ state: 'withdrawn', title: `What ${secret[0]} asks` },
      ...{ askedBy: 'user:default/jane', askedAt: 1, expiresAt: 2 },
      mayAnswer: true,
    }),
  });
  // When the plugin is loaded, the browser has the address but there is no router yet.
  const { DatasourceAuthPage } = await import('../plugin');
  await renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      <FlatRoutes>
        <Route path="/datasource-auth" element={<DatasourceAuthPage />} />
      </FlatRoutes>
    </TestApiProvider>,
    {
      components: { Router: BrowserRouter },
      mountedRoutes: { '/datasource-auth': datasourceAuthRouteRef },
    },
  );
  return api;
}

const heading = (name: string) =>
  screen.findByRole('heading', { name }, { timeout: 20_000 });
const address = () => window.location.pathname + window.location.hash;

it('removes the secret of a link from the address, and so from analytics, and passes it to its page', async () => {
  window.history.replaceState(null, '', `${PAGE}#${FIRST}`);
  const captured = jest.spyOn(NoOpAnalyticsApi.prototype, 'captureEvent');
  const api = await openApp();
  expect(await heading('What f asks')).toBeInTheDocument();
  expect(address()).toBe(PAGE);

  // Pasted while the page is open.
  await act(async () => window.location.assign(`#${SECOND}`));
  expect(await heading('What s asks')).toBeInTheDocument();
  expect(address()).toBe(PAGE);

  await act(async () => window.history.back());
  expect(await heading('What f asks')).toBeInTheDocument();
  await act(async () => window.history.forward());
  expect(await heading('What s asks')).toBeInTheDocument();
  expect(api.getAuthorizationRequest.mock.calls).toEqual(
    [FIRST, SECOND, FIRST, SECOND].map(secret => [secret]),
  );

  // Reloaded.
  cleanup();
  await openApp();
  expect(await heading('What s asks')).toBeInTheDocument();

  const events = captured.mock.calls.flat() as AnalyticsEvent[];
  expect(events).toContainEqual(
    expect.objectContaining({ action: 'navigate', subject: PAGE }),
  );
  expect(JSON.stringify(events)).not.toMatch(/f{9}|s{9}/);
  expect(openedLink.get()).toBeUndefined();
});

describe('a loaded plugin', () => {
  const load = (url: string) => {
    window.history.replaceState({ idx: 3 }, '', url);
    jest.isolateModules(() =>
      jest.requireActual('./requestLink').hideRequestLinks(),
    );
  };
  afterEach(() => openedLink.take());

  it('makes the tab remember a link, for a sign-in that loses it', () => {
    load(`/backstage${PAGE}/?a=b#${FIRST}`);
    expect(window.location.href).toBe(`http://localhost/backstage${PAGE}/?a=b`);
    expect(window.history.state).toEqual({ idx: 3, usr: { secret: FIRST } });
    expect(openedLink.take()).toBe(FIRST);
  });

  it.each([
    ['a place in a page of this name', `/docs/authorize#how-it-works`],
    ['another page', `/docs/authorized#${FIRST}`],
    ['a page without a fragment', PAGE],
  ])('leaves %s unchanged', (_, url) => {
    load(url);
    expect(address()).toBe(url);
    expect(window.history.state).toEqual({ idx: 3 });
    expect(openedLink.get()).toBeUndefined();
  });
});
