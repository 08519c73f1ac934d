import { RefObject, useEffect } from 'react';

/** The key that focuses the search of the list. */
export const SEARCH_KEY = '/';

const TYPED_INTO =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

/** Focuses the search, unless the user is typing or a dialog or menu is open. */
export function useSearchShortcut(
  search: RefObject<HTMLInputElement>,
  enabled: boolean,
): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if (key !== SEARCH_KEY || ctrlKey || metaKey || altKey) return;
      if ((target as Element | null)?.closest?.(TYPED_INTO)) return;
      if (!search.current) return;
      event.preventDefault();
      search.current.focus();
      search.current.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [search, enabled]);
}
