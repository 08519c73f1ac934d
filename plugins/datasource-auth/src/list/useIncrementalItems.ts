import { useEffect, useState } from 'react';

/** Rows that appear at once; more would keep the browser from answering for longer than a person notices. */
const AT_ONCE = 6;

interface Named {
  name: string;
}

/** Those that were there before, and the next few of the others. */
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
 * The items that are to be shown now: what was shown before stays, and what is new comes a few at a time, so that the
 * browser answers in between.
 */
export function useIncrementalItems<T extends Named>(items: T[]): T[] {
  const [ready, setReady] = useState(() => withNext(items, new Set()));
  const shown = items.filter(({ name }) => ready.has(name));
  const complete = shown.length === items.length;

  useEffect(() => {
    if (complete) return undefined;
    const timer = setTimeout(() => setReady(before => withNext(items, before)));
    return () => clearTimeout(timer);
  }, [complete, items, ready]);

  // Never nothing: an empty table would let the page collapse for a moment.
  return shown.length ? shown : items.slice(0, AT_ONCE);
}
