const KEY = 'datasource-auth-request';

/** Remembers, in this tab, from which request's page the person leaves for the provider. */
export function leaveFor(link: string): void {
  try {
    window.sessionStorage.setItem(KEY, link);
  } catch {
    // Without storage the way back ends on a page that says how it went.
  }
}

/** The request's page that the person left from, once. */
export function takeLeftFor(): string | undefined {
  try {
    const link = window.sessionStorage.getItem(KEY) ?? undefined;
    window.sessionStorage.removeItem(KEY);
    return link;
  } catch {
    return undefined;
  }
}
