import { useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Authorization } from 'backstage-plugin-datasource-auth-common';
import {
  type AttemptWatch,
  datasourceAuthApiRef,
  useAttemptWatch,
} from 'backstage-plugin-datasource-auth-react';
import { BindingSnapshot } from '../settings/formBinding';
import { Attempt } from './panelState';

/** A draft expires 60 minutes after its user last read it. */
const KEEP_ALIVE_MS = 10 * 60_000;

/** The attempt to watch, and its callbacks. */
export interface ApprovalWatchOptions extends Omit<AttemptWatch, 'settle'> {
  attempt: Attempt;
  /** Returns whether the attempt has ended. */
  settle: (authorization: Authorization, binding: BindingSnapshot) => boolean;
  draftId?: string;
}

/** Watches the attempt that waits for an approval, and keeps the draft. */
export function useApprovalWatch(options: ApprovalWatchOptions): void {
  const { attempt, draftId, settle, ...callbacks } = options;
  const api = useApi(datasourceAuthApiRef);
  const waiting = attempt.kind === 'waiting' ? attempt : undefined;
  useAttemptWatch(waiting?.authorizationId, {
    ...callbacks,
    settle: authorization =>
      waiting ? settle(authorization, waiting.binding) : true,
  });

  useEffect(() => {
    if (!draftId) return undefined;
    const timer = setInterval(
      () => api.getAuthorization(draftId).catch(() => {}),
      KEEP_ALIVE_MS,
    );
    return () => clearInterval(timer);
  }, [api, draftId]);
}
