import { useEffect, useState } from 'react';

const MINUTE = 60_000;

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all: a list shows about a hundred times, which update together. */
function onMinute(listener: (now: number) => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    const now = Date.now();
    listeners.forEach(tell => tell(now));
  }, MINUTE);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Returns the current time in epoch milliseconds, updated once a minute. More frequent updates would disturb screen
 * reader users.
 *
 * @public
 */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => onMinute(setNow), []);
  return now;
}
