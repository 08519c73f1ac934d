import {
  DatasourceState,
  DatasourceStatus,
  GrantOrKind,
  isHeldBySettings,
  Kind,
  KINDS,
  StagedCredential,
} from 'backstage-plugin-datasource-auth-common';
import { BindingSnapshot } from '../settings/formBinding';
import { Failure } from '../failures/failure';

/*
 * The data of the authorization panel and the state it shows. `Memory` records what happened in this editor; `Facts`
 * describes the form and the saved datasource now. The state is derived from both and never stored, so it can't get out
 * of sync with the fields.
 */

/** The action that Save performs on the credential. */
export type Pending =
  | { kind: 'none' }
  | {
      kind: 'staged';
      authorizationId: string;
      credential: StagedCredential;
      binding: BindingSnapshot;
    }
  | { kind: 'clear'; revoke: boolean };

/** The current activity at the provider. */
export type Attempt =
  | { kind: 'idle' }
  | { kind: 'starting' }
  | { kind: 'blocked' }
  | {
      kind: 'waiting';
      authorizationId: string;
      binding: BindingSnapshot;
      windowClosed: boolean;
    }
  | { kind: 'failed'; failure: Failure };

/** What happened so far. */
export interface Memory {
  pending: Pending;
  attempt: Attempt;
}

/** The initial memory of the panel. */
export const INITIAL_MEMORY: Memory = {
  pending: { kind: 'none' },
  attempt: { kind: 'idle' },
};

/** Events of the panel. */
export type PanelEvent =
  | { type: 'started' }
  | { type: 'blocked' }
  | { type: 'waiting'; authorizationId: string; binding: BindingSnapshot }
  | { type: 'windowClosed' }
  | {
      type: 'granted';
      authorizationId: string;
      credential: StagedCredential;
      binding: BindingSnapshot;
    }
  | { type: 'committed' }
  | { type: 'failed'; failure: Failure }
  | { type: 'cancelled' }
  | { type: 'clearStaged'; revoke: boolean }
  | { type: 'clearUndone' }
  | { type: 'reset' };

const IDLE: Attempt = { kind: 'idle' };

/** Returns the memory after an event. A failed or canceled attempt keeps what was pending. */
export function afterEvent(memory: Memory, event: PanelEvent): Memory {
  switch (event.type) {
    case 'started':
      return { ...memory, attempt: { kind: 'starting' } };
    case 'blocked':
      return { ...memory, attempt: { kind: 'blocked' } };
    case 'waiting':
      return {
        ...memory,
        attempt: {
          kind: 'waiting',
          authorizationId: event.authorizationId,
          binding: event.binding,
          windowClosed: false,
        },
      };
    case 'windowClosed':
      return memory.attempt.kind === 'waiting'
        ? { ...memory, attempt: { ...memory.attempt, windowClosed: true } }
        : memory;
    case 'granted':
      return {
        attempt: IDLE,
        pending: {
          kind: 'staged',
          authorizationId: event.authorizationId,
          credential: event.credential,
          binding: event.binding,
        },
      };
    case 'failed':
      return { ...memory, attempt: { kind: 'failed', failure: event.failure } };
    case 'cancelled':
      return { ...memory, attempt: IDLE };
    case 'clearStaged':
      return {
        attempt: IDLE,
        pending: { kind: 'clear', revoke: event.revoke },
      };
    case 'clearUndone':
      return { ...memory, pending: { kind: 'none' } };
    case 'committed':
    case 'reset':
      return INITIAL_MEMORY;
    default:
      return memory;
  }
}

/** The current form and saved datasource. */
export interface Facts {
  /** Labels of required settings that are missing in the form. */
  missing: string[];
  /** The binding that a new credential would have now. */
  binding: BindingSnapshot;
  /** IDs of edited settings that invalidate the saved credential. */
  ending: string[];
  saved?: DatasourceStatus;
}

/** The state that the panel shows. */
export type PanelState =
  | { kind: 'incomplete'; missing: string[] }
  | { kind: 'nothing' }
  | { kind: 'starting' }
  | { kind: 'blocked' }
  | { kind: 'waiting'; authorizationId: string; windowClosed: boolean }
  | { kind: 'staged'; authorizationId: string; credential: StagedCredential }
  | { kind: 'saved'; status: DatasourceStatus }
  | { kind: 'outOfDate'; changed: string[]; staged: boolean }
  | { kind: 'clearStaged'; revoke: boolean }
  | { kind: 'reauthorize'; status: DatasourceStatus }
  | { kind: 'error'; failure?: Failure; status?: DatasourceStatus };

/** Returns the IDs of the settings that differ between two snapshots. */
function changedBinding(
  before: BindingSnapshot,
  after: BindingSnapshot,
): string[] {
  return Object.keys(after).filter(id => before[id] !== after[id]);
}

/** Returns whether a credential is stored, usable or not. */
export function hasCredential(status?: DatasourceStatus): boolean {
  return Boolean(
    status && (status.obtainedAt || status.state === 'AUTHORIZED'),
  );
}

/** Returns whether there is a credential at all, which can be cleared. A public API needs none. */
export function hasSecret(grantType: GrantOrKind): boolean {
  return (
    !isHeldBySettings(grantType) || KINDS[grantType as Kind].sendsSecretsToApi
  );
}

function savedState(facts: Facts): PanelState {
  const status = facts.saved;
  if (facts.missing.length)
    return { kind: 'incomplete', missing: facts.missing };
  if (!status || !hasCredential(status)) {
    return status?.state === 'ERROR'
      ? { kind: 'error', status }
      : { kind: 'nothing' };
  }
  if (status.reasonCode === 'cleared') return { kind: 'nothing' };
  if (facts.ending.length)
    return { kind: 'outOfDate', changed: facts.ending, staged: false };
  if (status.state === 'ERROR') return { kind: 'error', status };
  if (status.state === 'AUTHORIZED') return { kind: 'saved', status };
  return { kind: 'reauthorize', status };
}

/** Derives the state from memory and facts. The first match wins. */
export function panelState(
  { attempt, pending }: Memory,
  facts: Facts,
): PanelState {
  if (attempt.kind === 'starting' || attempt.kind === 'blocked') return attempt;
  if (attempt.kind === 'waiting') {
    const { authorizationId, windowClosed } = attempt;
    return { kind: 'waiting', authorizationId, windowClosed };
  }
  if (attempt.kind === 'failed')
    return { kind: 'error', failure: attempt.failure };
  if (pending.kind === 'clear')
    return { kind: 'clearStaged', revoke: pending.revoke };
  if (pending.kind === 'staged') {
    const changed = changedBinding(pending.binding, facts.binding);
    if (changed.length) return { kind: 'outOfDate', changed, staged: true };
    const { authorizationId, credential } = pending;
    return { kind: 'staged', authorizationId, credential };
  }
  return savedState(facts);
}

/** Returns the status marker of each state; while an attempt runs, that of the saved state. */
export function markerOf(
  state: PanelState,
  saved?: DatasourceStatus,
): DatasourceState {
  switch (state.kind) {
    case 'incomplete':
      return 'NOT_CONFIGURED';
    case 'staged':
    case 'saved':
      return 'AUTHORIZED';
    case 'error':
      return state.failure ? saved?.state ?? 'ERROR' : 'ERROR';
    case 'starting':
    case 'waiting':
    case 'blocked':
      return saved?.state ?? 'NOT_AUTHORIZED';
    default:
      return 'NOT_AUTHORIZED';
  }
}
