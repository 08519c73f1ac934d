/** The label of a setting stands above its field, where a long one has room on a phone, too. */
export const LABEL_ABOVE = {
  shrink: true,
  style: { whiteSpace: 'nowrap' },
} as const;
