/** The events that are published, with the fields of their payloads: ids and states, nothing that a user typed. */
export const EVENTS = {
  status: {
    topic: 'datasource-auth.status',
    fields: ['datasourceId', 'from', 'to'],
  },
  /** For the signals plugin. All users receive it, so it says only that something changed. */
  signal: { topic: 'signals', fields: ['recipients', 'channel', 'message'] },
} as const;

/** An event in the shape that the events service publishes. */
export function eventOf<E extends keyof typeof EVENTS>(
  event: E,
  eventPayload: Record<(typeof EVENTS)[E]['fields'][number], unknown>,
) {
  return { topic: EVENTS[event].topic, eventPayload };
}
