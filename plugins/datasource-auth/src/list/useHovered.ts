import { useState } from 'react';

function hasNoPointer(): boolean {
  // Touch is only detected on contact, when the target must not move anymore.
  return window.matchMedia?.('(hover: none)').matches ?? false;
}

/** Returns whether the pointer or the focus is on an element. */
export function useHovered() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  return {
    hold: pointer || focus || hasNoPointer(),
    /** Handlers for the element. Its dialogs and menus count as part of it. */
    holdProps: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: () => setFocus(true),
      onBlur: () => setFocus(false),
    },
  };
}
