/** Texts about who a change affects. */
export const impactMessages = {
  loading: 'Checking recent use…',
  nobody: 'Not used in the last 24 hours.',
  usedBy_one: 'Used in the last 24 hours by {{plugins}} ({{count}} time).',
  usedBy_other: 'Used in the last 24 hours by {{plugins}} ({{count}} times).',
  more_one: '{{count}} more',
  more_other: '{{count}} more',
  unknown: "Couldn't check which plugins used it in the last 24 hours.",
} as const;
