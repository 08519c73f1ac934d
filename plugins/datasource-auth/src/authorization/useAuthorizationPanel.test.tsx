import { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import { Authorization } from 'backstage-plugin-datasource-auth-common';
import {
  announceApproval,
  DatasourceAuthApi,
  datasourceAuthApiRef,
} from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  ATTEMPT_ID,
  authorizedStatus,
  grantedOf,
  settingsOf,
} from '../__testUtils__/datasources';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import {
  AuthorizationPanelOptions,
  useAuthorizationPanel,
} from './useAuthorizationPanel';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const PENDING: Authorization = {
  id: ATTEMPT_ID,
  status: 'pending',
  commit: false,
  display: 'popup',
  expiresAt: Date.now() + 600_000,
  startUrl: 'https://backstage.example.com/oauth/start',
  ticket: 'one-time-ticket',
};

const DIAGNOSIS = {
  code: 'access_denied',
  title: 'Access was not approved',
  cause: 'You or an administrator declined.',
  remedy: 'Get a new credential and choose Allow.',
  texts: NO_TEXTS,
  retryable: false,
  details: {},
};

class FakeChannel {
  static all = new Set<FakeChannel>();
  onmessage?: (event: { data: unknown }) => void;
  constructor(readonly name: string) {
    FakeChannel.all.add(this);
  }
  postMessage(data: unknown) {
    for (const other of FakeChannel.all)
      if (other !== this && other.name === this.name)
        other.onmessage?.({ data });
  }
  close() {
    FakeChannel.all.delete(this);
  }
}

function renderPanel(
  api: DatasourceAuthApi,
  part: Partial<AuthorizationPanelOptions> = {},
) {
  const options: AuthorizationPanelOptions = {
    grantType: 'authorization_code',
    facts: { missing: [], binding: { clientId: '"a"' }, ending: [] },
    request: () => ({
      settings: { name: 'crm', auth: { grantType: 'authorization_code' } },
    }),
    openingText: 'Opening provider…',
    unknownFailure: 'Start again.',
    onGranted: jest.fn(),
    onFailed: jest.fn(),
    onLeaving: jest.fn(),
    ...part,
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      {children}
    </TestApiProvider>
  );
  return {
    options,
    ...renderHook(props => useAuthorizationPanel(props), {
      wrapper,
      initialProps: options,
    }),
  };
}

/** Advances time and runs everything that is due. */
const tick = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

/** Runs an action and everything that needs no time. */
const does = (action: () => void) =>
  act(async () => {
    action();
    await jest.advanceTimersByTimeAsync(0);
  });

describe('useAuthorizationPanel', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel =
      FakeChannel;
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    FakeChannel.all.clear();
    delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;
  });

  describe('with an approval (authorization code)', () => {
    it('S0.11 S4.14 opens the window during the click without an opener, and posts the ticket into it', async () => {
      const { popup, open, submitted } = fakeProviderWindow();
      const api = apiStub({ createAuthorization: async () => PENDING });
      const { result } = renderPanel(api);

      act(() => result.current.obtain());
      // Still during the click: nothing has been awaited yet.
      expect(open).toHaveBeenCalledTimes(1);
      expect(popup.opener).toBeNull();
      expect(popup.document.body.textContent).toBe('Opening provider…');

      await tick(0);
      const [, name] = open.mock.calls[0];
      expect(name).toMatch(/^datasource-auth-[0-9a-f]{24}$/);
      expect(submitted).toEqual([
        {
          action: PENDING.startUrl,
          method: 'post',
          target: name,
          ticket: 'one-time-ticket',
        },
      ]);
      expect(result.current.state).toMatchObject({ kind: 'waiting' });
      expect(document.querySelector('form')).toBeNull();
    });

    it('S0.14 S0.15 polls every two seconds and stages the credential, to be saved by its ID', async () => {
      const { popup } = fakeProviderWindow();
      const answers = [
        { ...PENDING, status: 'redirected' as const },
        grantedOf(),
      ];
      const api = apiStub({
        createAuthorization: async () => PENDING,
        getAuthorization: async () => answers.shift() ?? grantedOf(),
      });
      const { result, options } = renderPanel(api);
      await does(() => result.current.obtain());
      await tick(2_000);
      expect(api.getAuthorization).toHaveBeenCalledTimes(1);
      expect(result.current.state.kind).toBe('waiting');
      expect(result.current.credential).toEqual({ action: 'keep' });

      await tick(2_000);
      expect(result.current.state).toMatchObject({
        kind: 'staged',
        authorizationId: ATTEMPT_ID,
      });
      expect(result.current.credential).toEqual({
        action: 'replace',
        authorizationId: ATTEMPT_ID,
      });
      expect(result.current.draftId).toBe(ATTEMPT_ID);
      expect(options.onGranted).toHaveBeenCalledTimes(1);
      expect(popup.close).toHaveBeenCalled();

      await tick(20_000);
      expect(api.getAuthorization).toHaveBeenCalledTimes(2);
    });

    it('polls immediately when the other window reports that it is back', async () => {
      fakeProviderWindow();
      const api = apiStub({
        createAuthorization: async () => PENDING,
        getAuthorization: async () => grantedOf(),
      });
      const { result } = renderPanel(api);
      await does(() => result.current.obtain());
      act(() => announceApproval('another-attempt'));
      await tick(0);
      expect(api.getAuthorization).not.toHaveBeenCalled();
      act(() => announceApproval(ATTEMPT_ID));
      await tick(0);
      expect(result.current.state.kind).toBe('staged');
    });

    it('keeps waiting when the window seems closed, and says so', async () => {
      const { popup } = fakeProviderWindow();
      const api = apiStub({
        createAuthorization: async () => PENDING,
        getAuthorization: async () => PENDING,
      });
      const { result } = renderPanel(api);
      await does(() => result.current.obtain());
      popup.closed = true;
      await tick(2_000);
      expect(result.current.state).toMatchObject({
        kind: 'waiting',
        windowClosed: true,
      });
      await tick(2_000);
      expect(api.getAuthorization).toHaveBeenCalledTimes(2);
    });

    it('is blocked without a window, starts no attempt, and can continue in this tab', async () => {
      const { submitted } = fakeProviderWindow({ blocked: true });
      const api = apiStub({
        createAuthorization: async () => ({ ...PENDING, display: 'page' }),
      });
      const { result, options } = renderPanel(api);
      await does(() => result.current.obtain());
      expect(result.current.state.kind).toBe('blocked');
      expect(api.createAuthorization).not.toHaveBeenCalled();

      await does(() => result.current.continueHere());
      expect(api.createAuthorization).toHaveBeenCalledWith(
        expect.objectContaining({ display: 'page' }),
      );
      expect(submitted[0]).toMatchObject({
        target: '_self',
        ticket: 'one-time-ticket',
      });
      expect(options.onLeaving).toHaveBeenCalledTimes(1);
    });

    it('opens no window for an invalid form', () => {
      const { open } = fakeProviderWindow();
      const { result } = renderPanel(apiStub(), { request: () => undefined });
      act(() => result.current.obtain());
      expect(open).not.toHaveBeenCalled();
      expect(result.current.state.kind).toBe('nothing');
    });

    it('on cancel, deletes the attempt, closes the window, and restores the previous state', async () => {
      const { popup } = fakeProviderWindow();
      const api = apiStub({ createAuthorization: async () => PENDING });
      const { result } = renderPanel(api);
      await does(() => result.current.obtain());
      act(() => result.current.cancel());
      expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
      expect(popup.close).toHaveBeenCalled();
      expect(result.current.state.kind).toBe('nothing');
      await tick(10_000);
      expect(api.getAuthorization).not.toHaveBeenCalled();
    });

    it('deletes an attempt that was canceled before the backend responded', async () => {
      const { submitted } = fakeProviderWindow();
      let answer: (authorization: Authorization) => void = () => {};
      const api = apiStub({
        createAuthorization: () =>
          new Promise(resolve => {
            answer = resolve;
          }),
      });
      const { result } = renderPanel(api);
      act(() => result.current.obtain());
      act(() => result.current.cancel());
      answer(PENDING);
      await tick(0);
      expect(submitted).toEqual([]);
      expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
      expect(result.current.state.kind).toBe('nothing');
    });

    it('opens the window again with a new attempt that replaces the lost one', async () => {
      const { submitted } = fakeProviderWindow();
      const second = { ...PENDING, id: 'second', ticket: 'second-ticket' };
      const answers = [PENDING, second];
      const api = apiStub({
        createAuthorization: async () => answers.shift()!,
      });
      const { result } = renderPanel(api);
      await does(() => result.current.obtain());
      await does(() => result.current.obtain());
      expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
      expect(submitted.map(form => form.ticket)).toEqual([
        'one-time-ticket',
        'second-ticket',
      ]);
      expect(result.current.state).toMatchObject({ authorizationId: 'second' });
    });

    it('shows why the provider refused, and tries again', async () => {
      fakeProviderWindow();
      const answers: Authorization[] = [
        { ...PENDING, status: 'failed', error: DIAGNOSIS },
        grantedOf(),
      ];
      const api = apiStub({
        createAuthorization: async () => PENDING,
        getAuthorization: async () => answers.shift()!,
      });
      const { result, options } = renderPanel(api);
      await does(() => result.current.obtain());
      await tick(2_000);
      expect(result.current.state).toEqual({
        kind: 'error',
        failure: DIAGNOSIS,
      });
      expect(options.onFailed).toHaveBeenCalledWith(DIAGNOSIS, undefined);
      await does(() => result.current.obtain());
      await tick(2_000);
      expect(result.current.state.kind).toBe('staged');
    });

    it('stops waiting when the attempt is gone, but not on a network failure', async () => {
      fakeProviderWindow();
      const errors = [
        new TypeError('Failed to fetch'),
        apiError('datasource_unavailable', 503),
        apiError('not_found', 404),
      ];
      const api = apiStub({
        createAuthorization: async () => PENDING,
        getAuthorization: async () => {
          throw errors.shift();
        },
      });
      const { result } = renderPanel(api);
      await does(() => result.current.obtain());
      await tick(4_000);
      expect(result.current.state.kind).toBe('waiting');
      await tick(2_000);
      expect(result.current.state.kind).toBe('error');
    });
  });

  describe('without an approval', () => {
    const part = { grantType: 'client_credentials' as const };

    it('S1.9 S1.10 stages the access token that returns immediately, and opens no window', async () => {
      const { open } = fakeProviderWindow();
      const api = apiStub({ createAuthorization: async () => grantedOf() });
      const { result } = renderPanel(api, part);
      await does(() => result.current.obtain());
      expect(open).not.toHaveBeenCalled();
      expect(result.current.state.kind).toBe('staged');
    });

    it('passes the secrets of the first attempt to the next, and deletes the replaced attempt', async () => {
      const answers = [grantedOf(), grantedOf({ id: 'second' })];
      const api = apiStub({
        createAuthorization: async () => answers.shift()!,
      });
      const { result } = renderPanel(api, part);
      await does(() => result.current.obtain());
      await does(() => result.current.obtain());
      expect(
        api.createAuthorization.mock.calls.map(
          ([body]) => body.authorizationId,
        ),
      ).toEqual([undefined, ATTEMPT_ID]);
      expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
      expect(result.current.draftId).toBe('second');
    });

    it('keeps the staged credential if the next attempt fails', async () => {
      const answers: Authorization[] = [
        grantedOf(),
        { ...PENDING, id: 'second', status: 'failed', error: DIAGNOSIS },
      ];
      const api = apiStub({
        createAuthorization: async () => answers.shift()!,
      });
      const { result, options } = renderPanel(api, part);
      await does(() => result.current.obtain());
      await does(() => result.current.obtain());
      expect(result.current.state.kind).toBe('error');
      // Save reports the attempt that failed with these settings.
      const settings = options.request()!.settings!;
      expect(result.current.triedWith(settings)).toBe('second');
      expect(
        result.current.triedWith({ ...settings, testPath: '/me' }),
      ).toBeUndefined();
      expect(result.current.credential).toEqual({
        action: 'replace',
        authorizationId: ATTEMPT_ID,
      });
      act(() => result.current.dismiss());
      expect(result.current.state.kind).toBe('staged');
    });

    it('passes field errors to the form', async () => {
      const fields = { 'auth.token.url': 'This address is not allowed' };
      const api = apiStub({
        createAuthorization: async () => {
          throw apiError('egress_blocked', 400, {
            message: 'Not allowed',
            fields,
          });
        },
      });
      const { result, options } = renderPanel(api, part);
      await does(() => result.current.obtain());
      expect(options.onFailed).toHaveBeenCalledWith(
        expect.objectContaining({ title: 'Not allowed' }),
        { fields },
      );
      expect(result.current.state.kind).toBe('error');
    });

    it('S2.6 gets and stages the token that it tests', async () => {
      const outcome = { ok: true, steps: [], testedAt: 1 };
      const api = apiStub({
        createAuthorization: async () => grantedOf(),
        testAuthorization: async () => outcome,
      });
      const { result } = renderPanel(api, { grantType: 'password' });
      await does(() => result.current.test());
      expect(result.current.state.kind).toBe('staged');
      expect(result.current.testResult).toEqual(outcome);
      expect(api.testAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
    });

    it('treats a committed credential as in use, not as staged', async () => {
      const api = apiStub({
        createAuthorization: async () =>
          grantedOf({ commit: true, status: 'consumed', staged: undefined }),
      });
      const { result, options } = renderPanel(api, {
        ...part,
        request: () => ({ datasource: 'crm', commit: true }),
      });
      await does(() => result.current.obtain());
      expect(options.onGranted).toHaveBeenCalledTimes(1);
      expect(result.current.unsaved).toBe(false);
      expect(result.current.credential).toEqual({ action: 'keep' });
    });
  });

  it('tests the saved credential unless another is staged', async () => {
    const outcome = { ok: true, steps: [], testedAt: 1 };
    const api = apiStub({ testDatasource: async () => outcome });
    const facts = {
      missing: [],
      binding: {},
      ending: [],
      saved: authorizedStatus(),
    };
    const { result } = renderPanel(api, { datasource: 'crm', facts });
    await does(() => result.current.test());
    expect(api.testDatasource).toHaveBeenCalledWith('crm');
    expect(result.current.testResult).toEqual(outcome);
  });

  it('S0.18 S0.21 stages the removal with the choice about revoking, and undoes it', () => {
    const { result } = renderPanel(apiStub());
    act(() => result.current.stageClear(true));
    expect(result.current.credential).toEqual({
      action: 'clear',
      revoke: true,
    });
    act(() => result.current.undoClear());
    expect(result.current.credential).toEqual({ action: 'keep' });
  });

  it('S0.13 restores a staged credential together with its secrets', () => {
    const restored = grantedOf({ settings: settingsOf() });
    const { result } = renderPanel(apiStub(), { restored });
    expect(result.current.state.kind).toBe('staged');
    expect(result.current.draftId).toBe(ATTEMPT_ID);
  });

  it('shows the failure of a restored attempt whose secrets are gone', () => {
    const restored: Authorization = {
      ...PENDING,
      status: 'failed',
      error: DIAGNOSIS,
      settings: settingsOf(),
    };
    const { result } = renderPanel(apiStub(), { restored });
    expect(result.current.state).toEqual({ kind: 'error', failure: DIAGNOSIS });
    expect(result.current.draftId).toBeUndefined();
  });

  it('does not save an outdated credential', () => {
    const { result, rerender, options } = renderPanel(apiStub(), {
      restored: grantedOf({ settings: settingsOf() }),
    });
    rerender({
      ...options,
      facts: { ...options.facts, binding: { clientId: '"b"' } },
    });
    expect(result.current.state).toEqual({
      kind: 'outOfDate',
      changed: ['clientId'],
      staged: true,
    });
    expect(result.current.credential).toEqual({ action: 'keep' });
  });

  it('keeps a draft alive by reading it, and discards it without revoking', async () => {
    const api = apiStub({ getAuthorization: async () => grantedOf() });
    const { result } = renderPanel(api, {
      restored: grantedOf({ settings: settingsOf() }),
    });
    await tick(10 * 60_000);
    expect(api.getAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
    act(() => result.current.reset());
    await waitFor(() =>
      expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID),
    );
    expect(result.current.unsaved).toBe(false);
    expect(result.current.draftId).toBeUndefined();
  });
});
