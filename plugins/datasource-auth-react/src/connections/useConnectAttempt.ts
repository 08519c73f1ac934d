import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Authorization,
  ConnectionDoubt,
  ConnectionEntry,
  ConnectionTerms,
  DatasourceAuthError,
  EnteredConnection,
} from 'backstage-plugin-datasource-auth-common';
import { openProviderWindow, ProviderWindow, submitTicket } from '../approval';
import { useAttemptWatch } from '../approval/useAttemptWatch';
import { datasourceAuthApiRef } from '../client';
import { useText } from '../translation/useText';

/**
 * The account that the provider returned, before the user confirms that it is theirs.
 *
 * @public
 */
export interface AccountToConfirm {
  /** ID of the attempt. */
  authorizationId: string;
  /** The account, if the provider states it. */
  account?: string;
  /** What the user agrees to. */
  terms: ConnectionTerms;
  /** Why the account may not be the user's own: each needs a second confirmation. */
  doubts: ConnectionDoubt[];
  /** Requested scopes that were not granted. */
  missingScopes: string[];
}

/**
 * An attempt to connect the user's own account. `entering`: the user enters a token or password. `blocked`: the browser blocked the window. `waiting`: the user is at the
 * provider. `confirm`: the user must confirm the account.
 *
 * @public
 */
export type ConnectAttempt =
  | { kind: 'none' }
  | { kind: 'entering' }
  | { kind: 'starting' }
  | { kind: 'blocked' }
  | { kind: 'waiting'; authorizationId: string; windowClosed: boolean }
  | { kind: 'confirm'; toConfirm: AccountToConfirm; confirming: boolean }
  | { kind: 'failed'; error: Error };

/**
 * Connects the user's own account to a datasource.
 *
 * @public
 */
export interface Connecting {
  /** State of the attempt. */
  attempt: ConnectAttempt;
  /**
   * Opens the provider in a new window. Call it during a click: the browser blocks the window later. If the user enters a
   * token, the attempt is `entering` instead, and `ConnectAccount` asks for it.
   */
  connect: () => void;
  /** Continues at the provider in this tab, which then returns to *My connections*. */
  continueHere: () => void;
  /** Ends the attempt. Nothing is connected. */
  cancel: () => void;
  /** Connects the account. `acknowledged` are the doubts that the user was told and confirmed. */
  confirm: (acknowledged: ConnectionDoubt[]) => void;
  /** Connects with what the user entered. If doubts are returned, nothing is connected yet. */
  enter: (entry: ConnectionEntry) => Promise<EnteredConnection>;
}

const NONE: ConnectAttempt = { kind: 'none' };

/**
 * Runs the attempts to connect the user's own account to one datasource.
 *
 * @param datasource - name of the datasource
 * @param options - `onConnected` is called after the user connected, and `onOutdated` if what they read has changed;
 *   `returned` is the ID of an attempt with which the user came back in the same tab; `entered` says that the user enters
 *   a token
 *
 * @public
 */
export function useConnectAttempt(
  datasource: string,
  options: {
    onConnected?: () => void;
    onOutdated?: () => void;
    returned?: string;
    entered?: boolean;
  } = {},
): Connecting {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const { returned } = options;
  const [attempt, setAttempt] = useState<ConnectAttempt>(NONE);
  const onConnected = useRef(options.onConnected);
  onConnected.current = options.onConnected;
  const providerWindow = useRef<ProviderWindow>();
  /** Counts attempts, because a response can arrive after the next click. */
  const latest = useRef(0);

  const failed = useCallback(
    (error: unknown) => setAttempt({ kind: 'failed', error: error as Error }),
    [],
  );

  const settle = useCallback(
    (authorization: Authorization): boolean => {
      const { status, error } = authorization;
      const toConfirm = toConfirmOf(authorization);
      if (toConfirm) {
        setAttempt({ kind: 'confirm', toConfirm, confirming: false });
        providerWindow.current?.close();
        return true;
      }
      if (status === 'consumed') {
        setAttempt(NONE);
        onConnected.current?.();
        return true;
      }
      if (status === 'failed') {
        failed(
          new DatasourceAuthError(error?.title ?? t('connection.unfinished'), {
            code: 'authorization_failed',
            statusCode: 409,
            diagnosis: error,
          }),
        );
        return true;
      }
      return false;
    },
    [failed, t],
  );

  const waitingId =
    attempt.kind === 'waiting' ? attempt.authorizationId : undefined;
  const { current: seemsClosed } = useRef(
    () => providerWindow.current?.seemsClosed() ?? false,
  );
  useAttemptWatch(waitingId, {
    settle,
    failed,
    seemsClosed,
    onWindowClosed: () =>
      setAttempt(before =>
        before.kind === 'waiting' ? { ...before, windowClosed: true } : before,
      ),
  });

  useEffect(() => {
    if (!returned) return undefined;
    latest.current += 1;
    const mine = latest.current;
    setAttempt({ kind: 'starting' });
    const ifLatest =
      <T>(then: (value: T) => unknown) =>
      (value: T) =>
        mine === latest.current && then(value);
    api.getAuthorization(returned).then(
      ifLatest((found: Authorization) => settle(found) || setAttempt(NONE)),
      ifLatest(failed),
    );
    return () => {
      latest.current += 1;
    };
    // A changed text must not load it again.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- settle changes only with the language
  }, [api, returned]);

  const drop = () => {
    latest.current += 1;
    providerWindow.current?.close();
    const id =
      attempt.kind === 'confirm'
        ? attempt.toConfirm.authorizationId
        : waitingId;
    if (id) api.discardAuthorization(id).catch(() => {});
  };

  const run = async (display: 'popup' | 'page', popup?: ProviderWindow) => {
    latest.current += 1;
    const mine = latest.current;
    providerWindow.current = popup;
    setAttempt({ kind: 'starting' });
    try {
      const begun = await api.createAuthorization({
        datasource,
        display,
        subject: 'user',
      });
      if (mine !== latest.current) {
        await api.discardAuthorization(begun.id).catch(() => {});
        return;
      }
      if (settle(begun)) return;
      if (begun.startUrl && begun.ticket)
        submitTicket(begun.startUrl, begun.ticket, popup?.name ?? '_self');
      setAttempt({
        kind: 'waiting',
        authorizationId: begun.id,
        windowClosed: false,
      });
    } catch (error) {
      popup?.close();
      if (mine === latest.current) failed(error);
    }
  };

  const confirm = async (acknowledged: ConnectionDoubt[]) => {
    if (attempt.kind !== 'confirm') return;
    const { toConfirm } = attempt;
    const id = toConfirm.authorizationId;
    setAttempt({ kind: 'confirm', toConfirm, confirming: true });
    try {
      settle(await api.confirmConnection(id, { acknowledged }));
    } catch (thrown) {
      const { code } = thrown as DatasourceAuthError;
      // A doubt arose meanwhile: the user sees it first.
      const now =
        code === 'confirmation_required'
          ? await api.getAuthorization(id).catch(() => undefined)
          : undefined;
      if (!now || !settle(now)) failed(thrown);
    }
  };

  const enter = async (entry: ConnectionEntry) => {
    try {
      const entered = await api.enterConnection(datasource, entry);
      if (entered.connected) {
        setAttempt(NONE);
        options.onConnected?.();
      }
      return entered;
    } catch (error) {
      const { code } = error as DatasourceAuthError;
      if (code === 'version_conflict') options.onOutdated?.();
      throw error;
    }
  };

  return {
    attempt,
    connect: () => {
      drop();
      if (options.entered) {
        setAttempt({ kind: 'entering' });
        return;
      }
      const popup = openProviderWindow(t('connection.opening'));
      if (popup) run('popup', popup);
      else setAttempt({ kind: 'blocked' });
    },
    continueHere: () => {
      drop();
      run('page');
    },
    cancel: () => {
      drop();
      setAttempt(NONE);
    },
    confirm,
    enter,
  };
}

function toConfirmOf(
  authorization: Authorization,
): AccountToConfirm | undefined {
  const { id, status, connection, staged } = authorization;
  if (status !== 'granted' || !connection) return undefined;
  return {
    authorizationId: id,
    account: staged?.account,
    terms: connection.terms,
    doubts: connection.doubts ?? [],
    missingScopes: staged?.missingScopes ?? [],
  };
}
