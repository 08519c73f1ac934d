/** What the backend puts behind the # when a provider has sent the browser back. */
export interface Completion {
  id: string;
  completion: string;
}

/**
 * Takes id and one-time completion out of the address, and at once out of the history too. Undefined when they are not
 * there: opened by hand, or reloaded.
 */
export function takeCompletion(): Completion | undefined {
  const params = new URLSearchParams(window.location.hash.replace(/^#/, ''));
  const id = params.get('id');
  const completion = params.get('completion');
  if (!id || !completion) return undefined;
  window.history.replaceState(
    window.history.state,
    '',
    window.location.pathname + window.location.search,
  );
  return { id, completion };
}
