import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

/** One audit event, with its outcome. */
export interface RecordedEvent {
  eventId: string;
  severityLevel?: string;
  request?: unknown;
  meta: Record<string, any>;
  outcome?: 'succeeded' | 'failed';
  error?: string;
}

/** Records audit events instead of Backstage's audit log. */
export function recordAudit() {
  const events: RecordedEvent[] = [];
  return {
    events,
    feature: createServiceFactory({
      service: coreServices.auditor,
      deps: {},
      factory: () => ({
        async createEvent({ meta, ...options }) {
          const event: RecordedEvent = { ...options, meta: { ...meta } };
          events.push(event);
          return {
            async success(more) {
              event.outcome = 'succeeded';
              Object.assign(event.meta, more?.meta);
            },
            async fail({ error, meta: more }) {
              event.outcome = 'failed';
              event.error = error.message;
              Object.assign(event.meta, more);
            },
          };
        },
      }),
    }),
  };
}
