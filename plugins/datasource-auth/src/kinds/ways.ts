import {
  hasServiceCredential,
  Kind,
  KindSettings,
  SubjectsSettings,
} from 'backstage-plugin-datasource-auth-common';

/** How an API authenticates, as its documentation calls it, with the kind in the settings. */
export const WAYS = {
  oauth2: 'oauth2',
  apiKey: 'static',
  basic: 'static',
  bearer: 'static',
  jwt: 'jwt',
  none: 'none',
} as const satisfies Record<string, Kind>;

/** The first choice for a new datasource. */
export type Way = keyof typeof WAYS;

/** All ways, in the order of the page. */
export const WAY_NAMES = Object.keys(WAYS) as Way[];

/** Returns the way of settings. Several static credentials together count as an API key. */
export function wayOf(
  auth: KindSettings & {
    headers?: object;
    query?: object;
    basic?: unknown;
    bearer?: unknown;
  } = {},
  subjects: SubjectsSettings = {},
): Way {
  const { type = 'oauth2' } = auth;
  const ways: Record<Kind, () => Way> = {
    oauth2: () => 'oauth2',
    jwt: () => 'jwt',
    none: () => 'none',
    static: () => {
      if (auth.headers || auth.query) return 'apiKey';
      if (auth.basic) return 'basic';
      // A token that each person enters isn't in the settings.
      const isBearer = auth.bearer || !hasServiceCredential(subjects);
      return isBearer ? 'bearer' : 'apiKey';
    },
  };
  return ways[type]();
}
