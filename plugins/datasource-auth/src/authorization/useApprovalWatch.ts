import { useEffect, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Authorization } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { BindingSnapshot } from '../settings/formBinding';
import { onApproval } from '../approval/approvalChannel';
import { Attempt } from './panelState';

const POLL_MS = 2_000;
/** A draft expires 60 minutes after its user last read it. */
const KEEP_ALIVE_MS = 10 * 60_000;

/** The attempt to watch, and its callbacks. */
export interface ApprovalWatchOptions {
  attempt: Attempt;
  /** Returns whether the attempt has ended. */
  settle: (authorization: Authorization, binding: BindingSnapshot) => boolean;
  failed: (error: unknown) => void;
  seemsClosed: () => boolean;
  onWindowClosed: () => void;
  draftId?: string;
}

/**
 * Polls the backend about an attempt that waits for an approval: every two seconds, and immediately when the page that
 * the provider redirects to sends a hint.
 */
export function useApprovalWatch(options: ApprovalWatchOptions): void {
  const api = useApi(datasourceAuthApiRef);
  const current = useRef(options);
  current.current = options;
  const { attempt, draftId } = options;
  const waiting = attempt.kind === 'waiting' ? attempt : undefined;
  const id = waiting?.authorizationId;
  const binding = waiting?.binding;

  useEffect(() => {
    if (!id || !binding) return undefined;
    let ended = false;
    let asking = false;
    const ask = async () => {
      if (asking || ended) return;
      asking = true;
      try {
        const authorization = await api.getAuthorization(id);
        if (!ended) ended = current.current.settle(authorization, binding);
      } catch (error) {
        // A response that the attempt no longer exists ends the wait; a brief network failure doesn't.
        const { statusCode } = error as { statusCode?: number };
        if (!ended && statusCode && statusCode >= 400 && statusCode < 500) {
          ended = true;
          current.current.failed(error);
        }
      } finally {
        asking = false;
      }
      if (!ended && current.current.seemsClosed())
        current.current.onWindowClosed();
    };
    const timer = setInterval(ask, POLL_MS);
    const stop = onApproval(approved => {
      if (approved === id) ask();
    });
    return () => {
      ended = true;
      clearInterval(timer);
      stop();
    };
  }, [api, id, binding]);

  useEffect(() => {
    if (!draftId) return undefined;
    const timer = setInterval(
      () => api.getAuthorization(draftId).catch(() => {}),
      KEEP_ALIVE_MS,
    );
    return () => clearInterval(timer);
  }, [api, draftId]);
}
