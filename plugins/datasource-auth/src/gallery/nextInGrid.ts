/** Returns the row's items, which have the same top. */
const topOf = (element: Element) =>
  Math.round(element.getBoundingClientRect().top);

const leftOf = (element: Element) => element.getBoundingClientRect().left;

/**
 * Returns the element that a key moves to from the focused one, in elements that are laid out in rows. `before` means
 * above the first row; undefined means that the key doesn't move.
 */
export function nextInGrid<T extends Element>(
  elements: T[],
  focused: Element | null,
  key: string,
): T | 'before' | undefined {
  const at = elements.findIndex(element => element === focused);
  if (at < 0) return undefined;
  switch (key) {
    case 'ArrowRight':
      return elements[at + 1];
    case 'ArrowLeft':
      return elements[at - 1];
    case 'Home':
      return elements[0];
    case 'End':
      return elements[elements.length - 1];
    case 'ArrowDown':
      return nearest(elements.slice(at + 1), elements[at]);
    case 'ArrowUp':
      return nearest(elements.slice(0, at).reverse(), elements[at]) ?? 'before';
    default:
      return undefined;
  }
}

/** Returns the element of the closest other row that is in the same column, or the one to the left of it. */
function nearest<T extends Element>(candidates: T[], from: T): T | undefined {
  const other = candidates.find(each => topOf(each) !== topOf(from));
  if (!other) return undefined;
  const distance = (element: T) => Math.abs(leftOf(element) - leftOf(from));
  return candidates
    .filter(each => topOf(each) === topOf(other))
    .reduce((best, each) => (distance(each) < distance(best) ? each : best));
}
