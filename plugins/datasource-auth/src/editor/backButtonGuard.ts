type Gate = (event: PopStateEvent) => void;

let gate: Gate | undefined;
let open = false;

/**
 * Stands before the app's router on the way of a `popstate` event. Listeners of a window are called in the order in
 * which they were added, capturing or not; so this is called when the plugin is loaded, before there is a router. Where
 * a plugin is loaded later than that, the back button is not guarded.
 */
export function installBackButtonGuard(): void {
  if (open) return;
  open = true;
  window.addEventListener('popstate', event => gate?.(event));
}

/** Has the back and forward buttons asked about first. Returns how to stop. */
export function guardBackButton(guard: Gate): () => void {
  gate = guard;
  return () => {
    if (gate === guard) gate = undefined;
  };
}
