/** What the timeline can be narrowed to, and the kinds of entries that belong to each. */
const ACTIVITY_KINDS = {
  changes: ['created', 'updated', 'deleted'],
  credential: [
    ...['authorized', 'authorization_failed', 'cleared', 'revoked'],
    ...['authorization_requested', 'request_declined', 'request_withdrawn'],
  ],
  renewals: ['refreshed', 'refresh_failed', 'refused', 'status_changed'],
  tests: ['tested', 'rehearsed'],
  denied: ['consumer_denied'],
} as const;

/** One choice of the timeline's filter. */
export type ActivityFilterKind = keyof typeof ACTIVITY_KINDS;

/** The choices, in their order. */
export const ACTIVITY_FILTER_KINDS = Object.keys(
  ACTIVITY_KINDS,
) as ActivityFilterKind[];

/** What the backend is asked for; undefined for everything. */
export function kindsOf(filter: string | null): string | undefined {
  return filter && filter in ACTIVITY_KINDS
    ? ACTIVITY_KINDS[filter as ActivityFilterKind].join(',')
    : undefined;
}
