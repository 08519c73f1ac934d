/** Puts a setting's label above its field, so that long labels fit on a phone. */
export const LABEL_ABOVE = {
  shrink: true,
  style: { whiteSpace: 'nowrap' },
} as const;
