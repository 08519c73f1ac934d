import { openedLink } from './sessionMemory';

/** As long as a secret or nearly so: no name of a place in somebody else's page. */
const SECRET = /^#[\w-]{32,}/;

let watching = false;

/**
 * Takes the secret of a request's link out of the address, from where others would send it to a server: the app's route
 * tracker reports addresses, with what is behind the #, to analytics; and a sign-in that redirects hands the address over
 * in a query, to come back to it.
 *
 * The secret goes into the state of the history's entry, which is `location.state` to the page: so it is there again after
 * a reload and on the way back. A redirect for sign-in loses that; for it the tab remembers.
 *
 * To be called when the plugin is loaded, before the app's router has seen the address and listens for changes of it:
 * listeners of a window are called in the order in which they were added.
 */
export function hideRequestLinks(): void {
  if (watching) return;
  watching = true;
  hide();
  // A link that is pasted while its page is open loads nothing; only the address changes.
  window.addEventListener('popstate', hide);
}

function hide(): void {
  const { pathname, search, hash } = window.location;
  if (!/\/authorize\/?$/.test(pathname) || !SECRET.test(hash)) return;
  const secret = hash.slice(1);
  const { state } = window.history;
  // In the form in which React Router keeps the state of an entry.
  window.history.replaceState(
    { idx: null, ...state, usr: { secret } },
    '',
    pathname + search,
  );
  openedLink.put(secret);
}
