/** The columns of the list, in order. */
export const LIST_COLUMNS = [
  'datasource',
  'status',
  'consumers',
  'owner',
  'actions',
] as const;

/** One of {@link LIST_COLUMNS}. */
export type ListColumn = (typeof LIST_COLUMNS)[number];
