const NAME = 'datasource-auth';

/**
 * Notifies the app's other tabs that an attempt has returned. It is only a hint: they check with the backend.
 *
 * @public
 */
export function announceApproval(authorizationId: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(authorizationId);
  channel.close();
}

/** Calls back with the ID of each attempt that returns in another window. Returns a function that unsubscribes. */
export function onApproval(listener: (id: string) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = event => listener(String(event.data));
  return () => channel.close();
}
