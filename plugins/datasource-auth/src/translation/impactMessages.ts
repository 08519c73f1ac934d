/** Texts of whom a change touches. */
export const impactMessages = {
  loading: 'Looking who uses it…',
  nobody: 'Nobody took a token of it in the last 24 hours.',
  usedBy_one: 'Used in the last 24 hours by {{plugins}} ({{count}} token).',
  usedBy_other: 'Used in the last 24 hours by {{plugins}} ({{count}} tokens).',
  more_one: '{{count}} more',
  more_other: '{{count}} more',
  unknown: 'Who used it in the last 24 hours is not known.',
} as const;
