import { useState } from 'react';

function hasNoPointer(): boolean {
  // A finger is seen only when it touches, and what it is about to touch must not move away.
  return window.matchMedia?.('(hover: none)').matches ?? false;
}

/** Whether somebody is about to act on an element: the pointer is over it or the focus in it. */
export function useHovered() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  return {
    hold: pointer || focus || hasNoPointer(),
    /** For the element. Dialogs and menus that belong to it count as part of it. */
    holdProps: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: () => setFocus(true),
      onBlur: () => setFocus(false),
    },
  };
}
