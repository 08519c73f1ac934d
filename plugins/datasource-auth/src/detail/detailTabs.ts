import {
  Datasource,
  hasPersonalCredentials,
} from 'backstage-plugin-datasource-auth-common';

/** The tabs of a datasource's page, in order; the first has no path segment. */
export const DETAIL_TABS = [
  'overview',
  'activity',
  'consumers',
  'people',
  'access',
  'configuration',
] as const;

/** One of {@link DETAIL_TABS}. */
export type DetailTab = (typeof DETAIL_TABS)[number];

/** Returns the tabs of a datasource. Only one with accounts of people has theirs. */
export function tabsOf(datasource: Datasource): DetailTab[] {
  return DETAIL_TABS.filter(
    tab => tab !== 'people' || hasPersonalCredentials(datasource),
  );
}

/** Returns whether the last segment of an address names a tab. */
export function isDetailTab(tab: string): tab is DetailTab {
  return (DETAIL_TABS as readonly string[]).includes(tab);
}
