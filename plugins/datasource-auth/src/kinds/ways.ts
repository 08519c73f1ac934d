import { Kind, KindSettings } from 'backstage-plugin-datasource-auth-common';

/** How an API authenticates, in the words of its documentation, with the kind that it is in the settings. */
export const WAYS = {
  oauth2: 'oauth2',
  apiKey: 'static',
  basic: 'static',
  bearer: 'static',
  jwt: 'jwt',
  none: 'none',
} as const satisfies Record<string, Kind>;

/** What a new datasource is asked first. */
export type Way = keyof typeof WAYS;

/** The answers, in the order in which they are offered. */
export const WAY_NAMES = Object.keys(WAYS) as Way[];

/** The way that settings go; several static credentials together count as an API key. */
export function wayOf(
  auth: KindSettings & {
    headers?: object;
    query?: object;
    basic?: unknown;
    bearer?: unknown;
  } = {},
): Way {
  const { type = 'oauth2' } = auth;
  const ways: Record<Kind, () => Way> = {
    oauth2: () => 'oauth2',
    jwt: () => 'jwt',
    none: () => 'none',
    static: () => {
      if (auth.headers || auth.query) return 'apiKey';
      if (auth.basic) return 'basic';
      return auth.bearer ? 'bearer' : 'apiKey';
    },
  };
  return ways[type]();
}
