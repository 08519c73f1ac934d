/** The filter options of the timeline, with the kinds of entries of each. */
const ACTIVITY_KINDS = {
  changes: ['created', 'updated', 'deleted'],
  credential: [
    ...['authorized', 'authorization_failed', 'cleared', 'revoked'],
    'disconnected',
    ...['authorization_requested', 'request_declined', 'request_withdrawn'],
  ],
  renewals: ['refreshed', 'refresh_failed', 'refused', 'status_changed'],
  tests: ['tested', 'rehearsed'],
  denied: ['consumer_denied'],
} as const;

/** An option of the timeline's filter. */
export type ActivityFilterKind = keyof typeof ACTIVITY_KINDS;

/** The options, in order. */
export const ACTIVITY_FILTER_KINDS = Object.keys(
  ACTIVITY_KINDS,
) as ActivityFilterKind[];

/** Returns the kinds for the backend query; undefined for all. */
export function kindsOf(filter: string | null): string | undefined {
  return filter && filter in ACTIVITY_KINDS
    ? ACTIVITY_KINDS[filter as ActivityFilterKind].join(',')
    : undefined;
}
