/** The views of one datasource, in their order; the first is shown at its plain address. */
export const DETAIL_TABS = [
  'overview',
  'activity',
  'consumers',
  'access',
  'configuration',
] as const;

/** One of {@link DETAIL_TABS}. */
export type DetailTab = (typeof DETAIL_TABS)[number];

/** Whether the last part of an address names a view. */
export function isDetailTab(tab: string): tab is DetailTab {
  return (DETAIL_TABS as readonly string[]).includes(tab);
}
