import { useEffect, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Authorization } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from '../client';
import { onApproval } from './approvalChannel';

const POLL_MS = 2_000;

/**
 * Callbacks of {@link useAttemptWatch}.
 *
 * @public
 */
export interface AttemptWatch {
  /** Called with the attempt's state. Returns whether the attempt has ended. */
  settle: (authorization: Authorization) => boolean;
  /** Called if the attempt no longer exists. */
  failed: (error: unknown) => void;
  /** Whether the window of the provider seems to be closed. */
  seemsClosed: () => boolean;
  /** Called if it does, while the attempt goes on. */
  onWindowClosed: () => void;
}

/**
 * Polls the backend about an attempt that waits for an approval: every two seconds, and immediately when the page that
 * the provider redirects to sends a hint. The provider's window isn't trusted.
 *
 * @param id - ID of the attempt; undefined if none is waiting
 *
 * @public
 */
export function useAttemptWatch(
  id: string | undefined,
  callbacks: AttemptWatch,
): void {
  const api = useApi(datasourceAuthApiRef);
  const current = useRef(callbacks);
  current.current = callbacks;

  useEffect(() => {
    if (!id) return undefined;
    let ended = false;
    let asking = false;
    const ask = async () => {
      if (asking || ended) return;
      asking = true;
      try {
        const authorization = await api.getAuthorization(id);
        if (!ended) ended = current.current.settle(authorization);
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
  }, [api, id]);
}
