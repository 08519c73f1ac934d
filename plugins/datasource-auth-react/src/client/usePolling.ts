import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';

/**
 * The channel on which the backend signals that the status of some datasource has changed. The signal doesn't name it.
 */
const CHANNEL = 'datasource-auth';

/** Signals come in bursts and reach every client at once: milliseconds over which reloads are spread. */
const SPREAD_MS = 2_000;

/**
 * Polls in an interval of milliseconds, when the window gets the focus, and soon after the backend signals a change if
 * the signals plugin is installed. A hidden window doesn't poll.
 */
export function usePolling(look: () => void, every: number | undefined): void {
  const signals = useApiHolder().get(signalApiRef);
  const current = useRef(look);
  current.current = look;

  useEffect(() => {
    if (!every) return undefined;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const lookNow = () => {
      clearTimeout(soon);
      soon = undefined;
      if (document.visibilityState !== 'hidden') current.current();
    };
    const timer = setInterval(lookNow, every);
    window.addEventListener('focus', lookNow);
    const subscription = signals?.subscribe(CHANNEL, () => {
      soon ??= setTimeout(lookNow, Math.random() * SPREAD_MS);
    });
    return () => {
      clearInterval(timer);
      clearTimeout(soon);
      window.removeEventListener('focus', lookNow);
      subscription?.unsubscribe();
    };
  }, [every, signals]);
}
