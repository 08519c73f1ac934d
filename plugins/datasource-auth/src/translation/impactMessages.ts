/** Texts about who a change affects. */
export const impactMessages = {
  loading: 'Checking recent use…',
  nobody: 'No tokens issued in the last 24 hours.',
  usedBy_one: 'Used in the last 24 hours by {{plugins}} ({{count}} token).',
  usedBy_other: 'Used in the last 24 hours by {{plugins}} ({{count}} tokens).',
  more_one: '{{count}} more',
  more_other: '{{count}} more',
  unknown: "Couldn't check which plugins used it in the last 24 hours.",
} as const;
