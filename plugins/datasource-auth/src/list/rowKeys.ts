import { KeyboardEvent } from 'react';

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const SIDEWAYS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

function focusable(row: Element | null | undefined): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>('a[href], button') ?? [])];
}

/** Moves the focus between rows and within a row with arrow keys. Tab still reaches everything. */
export function onRowKey(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const row = target.closest('tr');
  // Dialogs and menus of a row are its children in React, but not in the DOM.
  if (!row || !event.currentTarget.contains(row)) return;
  const own = focusable(row);
  const place = own.indexOf(target);
  if (place < 0) return;
  let next: HTMLElement | undefined;
  if (event.key in SIDEWAYS) next = own[place + SIDEWAYS[event.key]];
  if (event.key in STEPS) {
    const sibling =
      STEPS[event.key] > 0
        ? row.nextElementSibling
        : row.previousElementSibling;
    const there = focusable(sibling);
    // In every row, the first is the name and the last the menu, whatever is in between.
    next = place === own.length - 1 ? there.at(-1) : there[place];
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
}
