type Gate = (event: PopStateEvent) => void;

let gate: Gate | undefined;
let open = false;

/**
 * Handles `popstate` events before the app's router. A window calls its listeners in the order in which they were
 * added, capturing or not, so call this when the plugin is loaded, before the router exists. If the plugin is loaded
 * later, the back button isn't guarded.
 */
export function installBackButtonGuard(): void {
  if (open) return;
  open = true;
  window.addEventListener('popstate', event => gate?.(event));
}

/** Registers a guard for the back and forward buttons. Returns a function that removes it. */
export function guardBackButton(guard: Gate): () => void {
  gate = guard;
  return () => {
    if (gate === guard) gate = undefined;
  };
}
