import { useEffect, useState } from 'react';
import { inSlices } from './inSlices';

/** Number of rows that appear immediately; more would noticeably block the browser. */
const AT_ONCE = 6;

interface Named {
  name: string;
}

/** Returns the items shown before and the next batch. */
function withNext(items: Named[], before: ReadonlySet<string>): Set<string> {
  const next = new Set<string>();
  let added = 0;
  for (const { name } of items) {
    if (!before.has(name) && added === AT_ONCE) continue;
    if (!before.has(name)) added += 1;
    next.add(name);
  }
  return next;
}

/**
 * Returns the items to show now: previous items stay, and new ones appear in batches, so that the browser stays
 * responsive.
 */
export function useIncrementalItems<T extends Named>(items: T[]): T[] {
  const [ready, setReady] = useState(() => withNext(items, new Set()));
  const shown = items.filter(({ name }) => ready.has(name));
  const complete = shown.length === items.length;

  useEffect(() => {
    if (complete) return undefined;
    const timer = setTimeout(() =>
      inSlices(() => setReady(before => withNext(items, before))),
    );
    return () => clearTimeout(timer);
  }, [complete, items, ready]);

  // Never empty: an empty table would collapse for a moment.
  return shown.length ? shown : items.slice(0, AT_ONCE);
}
