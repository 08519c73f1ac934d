import { useEffect, useState } from 'react';

const MINUTE = 60_000;

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all: a list shows some hundred times, and they step together. */
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
 * The time in epoch milliseconds, brought up to date once a minute: more often would only be noise to who listens.
 *
 * @public
 */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => onMinute(setNow), []);
  return now;
}
