import {
  DatasourceStatus,
  StagedCredential,
} from 'backstage-plugin-datasource-auth-common';
import { BindingSnapshot } from '../settings/settingsForm';
import { Failure } from '../failures/failure';

/*
 * What the authorization panel knows, and what it shows. `Memory` is what happened in this editor; `Facts` is what the
 * form and the saved datasource say now. The state is derived from both and never stored, so that no edit of a field
 * can leave it behind.
 */

/** What Save will do with the credential. */
export type Pending =
  | { kind: 'none' }
  | {
      kind: 'staged';
      authorizationId: string;
      credential: StagedCredential;
      binding: BindingSnapshot;
    }
  | { kind: 'clear'; revoke: boolean };

/** What is going on with the provider right now. */
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

/** The panel before anything happened. */
export const INITIAL_MEMORY: Memory = {
  pending: { kind: 'none' },
  attempt: { kind: 'idle' },
};

/** What can happen to the panel. */
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

/** What the panel knows after an event. An attempt that fails or is cancelled leaves what was pending as it was. */
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

/** What the form and the saved datasource say now. */
export interface Facts {
  /** Labels of required settings that the form lacks. */
  missing: string[];
  /** What a credential would belong to now. */
  binding: BindingSnapshot;
  /** Ids of edited settings by which the saved credential would no longer belong to the datasource. */
  ending: string[];
  saved?: DatasourceStatus;
}

/** What the panel shows. */
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

/** The ids of the settings in which two snapshots differ. */
function changedBinding(
  before: BindingSnapshot,
  after: BindingSnapshot,
): string[] {
  return Object.keys(after).filter(id => before[id] !== after[id]);
}

/** Whether a credential is stored, usable or not. */
export function hasCredential(status?: DatasourceStatus): boolean {
  return Boolean(
    status && (status.obtainedAt || status.state === 'AUTHORIZED'),
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

/** The state that follows from what happened and what is the case. First match wins. */
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
