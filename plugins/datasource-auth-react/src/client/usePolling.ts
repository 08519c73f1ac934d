import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';

/** The channel on which the backend tells that some datasource has another status. It does not say which. */
const CHANNEL = 'datasource-auth';

/** Signals come in bursts and to everybody at once: milliseconds over which the looks are spread. */
const SPREAD_MS = 2_000;

/**
 * Looks again every so many milliseconds, when the window gets the focus, and soon after the backend signals a change,
 * where the signals plugin is installed. A window that nobody sees does not look.
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
