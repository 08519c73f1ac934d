import { openedLink } from './sessionMemory';

/** About as long as a secret: other pages' anchors don't match. */
const SECRET = /^#[\w-]{32,}/;

let watching = false;

/**
 * Removes the secret of an approval link from the address, where it could leak to a server: the app's route tracker
 * reports addresses, including the part after the `#`, to analytics, and a redirecting sign-in sends the address in a
 * query.
 *
 * The secret is moved to the state of the history entry, which the page reads as `location.state`, so it survives a
 * reload and back navigation. A sign-in redirect loses that state, so the tab also remembers the secret.
 *
 * Call this when the plugin is loaded, before the app's router reads the address and listens for changes: a window
 * calls its listeners in the order in which they were added.
 */
export function hideRequestLinks(): void {
  if (watching) return;
  watching = true;
  hide();
  // A link pasted while its page is open doesn't reload it; only the address changes.
  window.addEventListener('popstate', hide);
}

function hide(): void {
  const { pathname, search, hash } = window.location;
  if (!/\/authorize\/?$/.test(pathname) || !SECRET.test(hash)) return;
  const secret = hash.slice(1);
  const { state } = window.history;
  // In the format in which React Router stores the state of an entry.
  window.history.replaceState(
    { idx: null, ...state, usr: { secret } },
    '',
    pathname + search,
  );
  openedLink.put(secret);
}
