import {
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Authorization,
  AuthorizationCreate,
  AuthorizationStatus,
  CredentialAction,
  DatasourceAuthError,
  GrantOrKind,
  isApprovedByPerson,
  isHeldBySettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  openProviderWindow,
  type ProviderWindow,
  submitTicket,
} from 'backstage-plugin-datasource-auth-react';
import { BindingSnapshot } from '../settings/formBinding';
import { SentFaults } from '../settings/validateForm';
import { Failure, failureOfError } from '../failures/failure';
import {
  afterEvent,
  Facts,
  Memory,
  INITIAL_MEMORY,
  PanelState,
  panelState,
} from './panelState';
import { useApprovalWatch } from './useApprovalWatch';

/** The datasource or form that the panel is for. */
export interface AuthorizationPanelOptions {
  grantType: GrantOrKind;
  facts: Facts;
  /** Name of the saved datasource. */
  datasource?: string;
  /** The request to send: the current form, or the saved datasource. Undefined if the form is invalid. */
  request: () => AuthorizationCreate | undefined;
  /** An attempt whose form was restored, after a reload or after the approval in the same tab. */
  restored?: Authorization;
  /** Initial text of the provider's window. */
  openingText: string;
  unknownFailure: string;
  onGranted?: (authorization: Authorization) => void;
  onFailed?: (failure: Failure, faults?: SentFaults) => void;
  /** Called before the browser leaves for the provider in this tab. */
  onLeaving?: (authorizationId: string) => void;
}

/** The state and actions of the panel. */
export interface AuthorizationPanelModel {
  state: PanelState;
  /** Name of the saved datasource. */
  datasource?: string;
  /** The action that Save performs on the credential. */
  credential: CredentialAction;
  /** Whether a credential or its removal is waiting to be saved. */
  unsaved: boolean;
  /** The attempt whose encrypted form holds secrets that the page no longer has. */
  draftId?: string;
  /** Returns the attempt that last tried a form, if it is still the same form. */
  triedWith: (settings: object) => string | undefined;
  obtain: () => void;
  continueHere: () => void;
  cancel: () => void;
  dismiss: () => void;
  stageClear: (revoke: boolean) => void;
  undoClear: () => void;
  fail: (failure: Failure) => void;
  reset: () => void;
  test: () => void;
  testing: boolean;
  testResult?: TestResult;
}

/** An attempt that goes on in the provider's window. */
const IN_THE_WINDOW: readonly AuthorizationStatus[] = [
  'redirected',
  'exchanging',
  'returned',
];

function initialMemory(
  restored: Authorization | undefined,
  binding: BindingSnapshot,
): Memory {
  if (restored?.status === 'granted' && restored.staged)
    return afterEvent(INITIAL_MEMORY, {
      type: 'granted',
      authorizationId: restored.id,
      credential: restored.staged,
      binding,
    });
  // A reload while the provider's window is open.
  if (
    restored &&
    restored.display === 'popup' &&
    IN_THE_WINDOW.includes(restored.status)
  )
    return afterEvent(INITIAL_MEMORY, {
      type: 'waiting',
      authorizationId: restored.id,
      binding,
    });
  if (restored?.status === 'failed' && restored.error)
    return afterEvent(INITIAL_MEMORY, {
      type: 'failed',
      failure: restored.error,
    });
  return INITIAL_MEMORY;
}

/**
 * Gets, stages, clears, and tests the credential of one datasource. The provider's window isn't trusted: the hook polls
 * the backend, and everything else is only a hint to poll sooner.
 */
export function useAuthorizationPanel(
  options: AuthorizationPanelOptions,
): AuthorizationPanelModel {
  const api = useApi(datasourceAuthApiRef);
  const { facts, restored } = options;
  const [memory, dispatch] = useReducer(afterEvent, undefined, () =>
    initialMemory(restored, facts.binding),
  );
  const [draftId, setDraftId] = useState(
    restored?.settings && restored.status !== 'failed'
      ? restored.id
      : undefined,
  );
  const [testing, setTesting] = useState(false);
  const [testResult, setTestResult] = useState<TestResult>();
  /** The last attempt, and the form that it tried. A restored one tried the restored form. */
  const tried = useRef<{ id: string; form?: string } | undefined>(
    restored && { id: restored.id },
  );
  const attemptNumber = useRef(0);
  const providerWindow = useRef<ProviderWindow>();
  const current = useRef(options);
  current.current = options;

  const state = useMemo(() => panelState(memory, facts), [memory, facts]);
  const { pending, attempt } = memory;
  const stagedId =
    pending.kind === 'staged' ? pending.authorizationId : undefined;

  const failed = useCallback((error: unknown) => {
    const failure = failureOfError(error);
    dispatch({ type: 'failed', failure });
    const { fields, fieldTexts } = error as Partial<DatasourceAuthError>;
    current.current.onFailed?.(failure, fields && { fields, fieldTexts });
  }, []);

  /** Handles the backend's report about an attempt. */
  const settle = useCallback(
    (authorization: Authorization, binding: BindingSnapshot): boolean => {
      const { id, status, staged, error, commit } = authorization;
      if (status === 'granted' || status === 'consumed') {
        if (commit || !staged) dispatch({ type: 'committed' });
        else {
          dispatch({
            type: 'granted',
            authorizationId: id,
            credential: staged,
            binding,
          });
          setDraftId(id);
        }
        setTestResult(undefined);
        providerWindow.current?.close();
        current.current.onGranted?.(authorization);
        return true;
      }
      if (status === 'failed') {
        failed({ diagnosis: error, message: current.current.unknownFailure });
        return true;
      }
      return false;
    },
    [failed],
  );

  const run = useCallback(
    async (display: 'popup' | 'page', popup?: ProviderWindow) => {
      attemptNumber.current += 1;
      const mine = attemptNumber.current;
      const body = current.current.request();
      if (!body) {
        popup?.close();
        return undefined;
      }
      const { binding } = current.current.facts;
      providerWindow.current = popup;
      dispatch({ type: 'started' });
      try {
        const authorization = await api.createAuthorization({
          ...body,
          display,
          authorizationId: draftId,
        });
        if (mine !== attemptNumber.current) {
          await api.discardAuthorization(authorization.id).catch(() => {});
          return undefined;
        }
        const { id, startUrl, ticket } = authorization;
        tried.current = { id, form: JSON.stringify(body.settings) };
        if (settle(authorization, binding)) {
          if (stagedId && authorization.status === 'granted')
            api.discardAuthorization(stagedId).catch(() => {});
          return authorization;
        }
        if (startUrl && ticket) {
          if (display === 'page') current.current.onLeaving?.(id);
          submitTicket(startUrl, ticket, popup?.name ?? '_self');
        }
        dispatch({ type: 'waiting', authorizationId: id, binding });
        return authorization;
      } catch (error) {
        popup?.close();
        if (mine === attemptNumber.current) failed(error);
        return undefined;
      }
    },
    [api, draftId, failed, settle, stagedId],
  );

  const dropWaiting = useCallback(() => {
    attemptNumber.current += 1;
    providerWindow.current?.close();
    if (attempt.kind === 'waiting')
      api.discardAuthorization(attempt.authorizationId).catch(() => {});
  }, [api, attempt]);

  const obtain = useCallback(() => {
    dropWaiting();
    if (!isApprovedByPerson(options.grantType)) {
      run('popup');
      return;
    }
    if (!options.request()) return;
    const popup = openProviderWindow(options.openingText);
    if (popup) run('popup', popup);
    else dispatch({ type: 'blocked' });
  }, [dropWaiting, options, run]);

  /** Tests what the form holds, or what is saved. Nothing is staged: Save takes it from the form. */
  const testHeld = useCallback(async () => {
    const body = current.current.request();
    if (!body) return undefined;
    if (!body.settings) return api.testDatasource(body.datasource!);
    const { id } = await api.createAuthorization(body);
    const before = tried.current?.id;
    tried.current = { id, form: JSON.stringify(body.settings) };
    if (before && before !== draftId)
      api.discardAuthorization(before).catch(() => {});
    return api.testAuthorization(id);
  }, [api, draftId]);

  const test = useCallback(async () => {
    setTesting(true);
    setTestResult(undefined);
    try {
      const { datasource, grantType } = current.current;
      if (state.kind === 'staged') {
        setTestResult(await api.testAuthorization(state.authorizationId));
      } else if (isHeldBySettings(grantType)) {
        setTestResult(await testHeld());
      } else if (
        datasource &&
        (state.kind === 'saved' || isApprovedByPerson(grantType))
      ) {
        setTestResult(await api.testDatasource(datasource));
      } else {
        // Without an approval, the test gets the token that it tests, and stages it.
        const authorization = await run('popup');
        if (authorization?.status === 'granted' && !authorization.commit)
          setTestResult(await api.testAuthorization(authorization.id));
      }
    } catch (error) {
      failed(error);
    } finally {
      setTesting(false);
    }
  }, [api, failed, run, state, testHeld]);

  useApprovalWatch({
    attempt,
    settle,
    failed,
    seemsClosed: () => providerWindow.current?.seemsClosed() ?? false,
    onWindowClosed: () => dispatch({ type: 'windowClosed' }),
    draftId,
  });

  useEffect(
    () => () => {
      attemptNumber.current += 1;
      // Nothing is staged there that the page could come back for.
      const { id } = tried.current ?? {};
      if (id && isHeldBySettings(current.current.grantType))
        api.discardAuthorization(id).catch(() => {});
    },
    [api],
  );

  const credential = useMemo<CredentialAction>(() => {
    if (pending.kind === 'clear')
      return { action: 'clear', revoke: pending.revoke };
    if (pending.kind === 'staged' && state.kind !== 'outOfDate')
      return { action: 'replace', authorizationId: pending.authorizationId };
    return { action: 'keep' };
  }, [pending, state.kind]);

  return {
    state,
    datasource: options.datasource,
    credential,
    unsaved: pending.kind !== 'none',
    draftId,
    triedWith: settings => {
      const { id, form = JSON.stringify(settings) } = tried.current ?? {};
      return form === JSON.stringify(settings) ? id : undefined;
    },
    obtain,
    continueHere: () => {
      dropWaiting();
      run('page');
    },
    cancel: () => {
      dropWaiting();
      dispatch({ type: 'cancelled' });
    },
    dismiss: () => dispatch({ type: 'cancelled' }),
    stageClear: revoke => dispatch({ type: 'clearStaged', revoke }),
    undoClear: () => dispatch({ type: 'clearUndone' }),
    fail: failure => dispatch({ type: 'failed', failure }),
    reset: () => {
      dropWaiting();
      for (const id of new Set([draftId, tried.current?.id]))
        if (id) api.discardAuthorization(id).catch(() => {});
      setDraftId(undefined);
      tried.current = undefined;
      setTestResult(undefined);
      dispatch({ type: 'reset' });
    },
    test,
    testing,
    testResult,
  };
}
