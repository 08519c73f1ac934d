/** Where the backend's links lead too. */
const CONNECTIONS = '/datasource-auth/connections';

/** Returns the path of *My connections*, at the card of a datasource. */
export function connectionsPath(datasource: string): string {
  return `${CONNECTIONS}?${new URLSearchParams({ datasource })}`;
}
