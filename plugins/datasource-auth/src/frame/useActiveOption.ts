import { KeyboardEvent, useEffect, useState } from 'react';
import { optionId } from './OptionList';

/**
 * Connects a text field with the list of options that it controls: the arrow keys move through the list, Enter picks,
 * and the text field keeps the focus, as the combobox pattern of ARIA describes.
 */
export function useActiveOption(options: {
  listId: string;
  /** Number of options that are shown. */
  count: number;
  /** The option that Enter picks before the user moves. Default: none. */
  initially?: number;
  onPick: (index: number) => void;
}) {
  const { listId, count, initially = -1, onPick } = options;
  const [moved, setMoved] = useState<number>();
  const wanted = moved ?? initially;
  const active = wanted < count ? wanted : -1;

  useEffect(() => {
    if (moved === undefined) return;
    const option = document.getElementById(optionId(listId, moved));
    // jsdom doesn't scroll.
    option?.scrollIntoView?.({ block: 'nearest' });
  }, [moved, listId]);

  const move = (by: 1 | -1) => {
    const start = by > 0 ? -1 : count;
    setMoved(((active < 0 ? start : active) + by + count) % count);
  };

  return {
    active,
    /** Whether the user moved to the active option. */
    hasMoved: moved !== undefined && active >= 0,
    reset: () => setMoved(undefined),
    /** Handles the keys of the list. */
    onKeyDown: (event: KeyboardEvent) => {
      const { key } = event;
      if ((key === 'ArrowDown' || key === 'ArrowUp') && count > 0) {
        event.preventDefault();
        move(key === 'ArrowDown' ? 1 : -1);
      } else if (key === 'Enter' && active >= 0) {
        event.preventDefault();
        onPick(active);
      }
    },
    inputProps: {
      role: 'combobox',
      'aria-autocomplete': 'list' as const,
      'aria-expanded': count > 0,
      'aria-controls': count > 0 ? listId : undefined,
      'aria-activedescendant':
        active >= 0 ? optionId(listId, active) : undefined,
      autoComplete: 'off',
      spellCheck: false,
    },
  };
}
