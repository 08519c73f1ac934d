/** The values that the backend puts after the `#` when a provider has redirected the browser. */
export interface Arrival {
  id: string;
  /** Absent if the provider refused: there is nothing to complete. */
  completion?: string;
}

let held: Arrival | undefined;

/**
 * Removes the ID and the one-time completion from the address and the history. Call it when the plugin is loaded,
 * before the app's router reads the address: its route tracker reports addresses, including the part after the `#`, to
 * analytics.
 */
export function holdArrival(): void {
  const { pathname, search, hash } = window.location;
  if (!pathname.endsWith('/authorized')) return;
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const id = params.get('id');
  if (!id) return;
  held = { id, completion: params.get('completion') ?? undefined };
  window.history.replaceState(window.history.state, '', pathname + search);
}

/**
 * Returns the values that the browser arrived with, until {@link dropArrival}: React may discard a first rendering.
 * Undefined if the page was opened by hand or again.
 */
export function heldArrival(): Arrival | undefined {
  holdArrival();
  return held;
}

/** Forgets the arrival, because it can be used only once. */
export function dropArrival(): void {
  held = undefined;
}
