const NAME = 'datasource-auth';

/** Tells the other tabs of this app that an attempt came back. A hint: they ask the backend themselves. */
export function announceApproval(authorizationId: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(authorizationId);
  channel.close();
}

/** Calls back with the id of each attempt that comes back in another window. Returns how to stop. */
export function onApproval(listener: (id: string) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = event => listener(String(event.data));
  return () => channel.close();
}
