/** What the backend puts behind the # when a provider has sent the browser back. */
export interface Arrival {
  id: string;
  /** Absent when the provider refused: there is nothing to complete. */
  completion?: string;
}

let held: Arrival | undefined;

/**
 * Takes id and one-time completion out of the address, and out of the history with it. Called when the plugin is
 * loaded, before the app's router has seen the address: its route tracker reports addresses, with what is behind the #,
 * to analytics.
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
 * What the browser arrived with. It stays until {@link dropArrival}: React may throw a first rendering away, with
 * everything that it took. Undefined where the page was opened by hand, or again.
 */
export function heldArrival(): Arrival | undefined {
  holdArrival();
  return held;
}

/** Forgets the arrival: it is good for one call. */
export function dropArrival(): void {
  held = undefined;
}
