import { useCallback, useEffect, useRef, useState } from 'react';
import { usePolling } from './usePolling';

/**
 * What a hook of this package says about something it loads.
 *
 * @public
 */
export interface Loaded<T> {
  /** What was loaded last. */
  value?: T;
  /** Whether an answer is awaited. */
  loading: boolean;
  /** Why the last load failed, if it did. */
  error?: Error;
  /** Asks again; `value` stays until the new answer is there. */
  retry: () => void;
}

/** Something that is loaded, and looked at again in the background. */
export interface Watched<T> extends Loaded<T> {
  /** What the last look found, as long as it is not shown and differs. */
  newer?: T;
  /** Shows what the last look found. */
  takeNewer: () => void;
}

/** Loads something whenever `load` is another function, and looks again every `watchEvery` milliseconds. */
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
    // A failed look in the background says nothing: what is shown is still the last one known.
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
