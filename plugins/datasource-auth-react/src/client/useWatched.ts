import { useCallback, useEffect, useRef, useState } from 'react';
import { usePolling } from './usePolling';

/**
 * State of data that a hook of this package loads.
 *
 * @public
 */
export interface Loaded<T> {
  /** The last loaded value. */
  value?: T;
  /** Whether it is loading. */
  loading: boolean;
  /** Why the last load failed, if it did. */
  error?: Error;
  /** Reloads. `value` stays until the new response arrives. */
  retry: () => void;
}

/** Data that is loaded, and polled in the background. */
export interface Watched<T> extends Loaded<T> {
  /** The result of the last poll, while it isn't shown and differs. */
  newer?: T;
  /** Shows the result of the last poll. */
  takeNewer: () => void;
}

/** Loads data whenever `load` changes, and polls every `watchEvery` milliseconds. */
export function useWatched<T>(
  load: () => Promise<T>,
  watchEvery: number | undefined,
): Watched<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'retry'>>({
    loading: true,
  });
  const [newer, setNewer] = useState<T>();
  const latest = useRef(0);

  const retry = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    const show = (next: Omit<Loaded<T>, 'retry'>) => {
      if (mine === latest.current) setState(next);
    };
    setState(before => ({ value: before.value, loading: true }));
    setNewer(undefined);
    load().then(
      value => show({ value, loading: false }),
      error => show({ loading: false, error }),
    );
  }, [load]);

  useEffect(() => {
    retry();
    return () => {
      latest.current += 1;
    };
  }, [retry]);

  usePolling(async () => {
    const mine = latest.current;
    // Background failures are ignored: the last known value is still shown.
    const found = await load().catch(() => undefined);
    if (found && mine === latest.current) setNewer(found);
  }, watchEvery);

  const { value } = state;
  const differs = newer && JSON.stringify(newer) !== JSON.stringify(value);
  const takeNewer = useCallback(() => {
    if (newer) setState({ value: newer, loading: false });
    setNewer(undefined);
  }, [newer]);

  return { ...state, retry, newer: differs ? newer : undefined, takeNewer };
}
