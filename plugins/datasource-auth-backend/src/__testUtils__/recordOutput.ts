import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import Router from 'express-promise-router';
import { recordAudit } from './recordAudit';

/** Where a backend writes to. */
export type Sink = 'log' | 'audit' | 'events' | 'notifications' | 'metrics';

/**
 * Records everything that a backend writes, by replacing the services that would write it. A test can write to each
 * through the same services that plugins use, so that it can prove that it finds a planted leak.
 */
export function recordOutput() {
  const audit = recordAudit();
  const lines: string[] = [];
  const events: unknown[] = [];
  const notifications: unknown[] = [];
  const metrics: unknown[] = [];
  const instrument = {
    add: (...values: unknown[]) => metrics.push(values),
    record: (...values: unknown[]) => metrics.push(values),
  };
  const planters = new Map<Sink, (text: string) => unknown>();

  return {
    features: [
      audit.feature,
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => loggerInto(lines),
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async event => void events.push(event),
          subscribe: async () => {},
        }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async sent => void notifications.push(sent) }),
      }),
      createServiceFactory({
        service: metricsServiceRef,
        deps: {},
        factory: () =>
          metricsServiceMock.mock({
            createCounter: () => instrument,
            createHistogram: () => instrument,
            createObservableGauge: () => ({
              addCallback: () => {},
              removeCallback: () => {},
            }),
          }),
      }),
      createBackendPlugin({
        pluginId: 'planter',
        register(env) {
          env.registerInit({
            deps: {
              auditor: coreServices.auditor,
              events: eventsServiceRef,
              httpRouter: coreServices.httpRouter,
              logger: coreServices.logger,
              metrics: metricsServiceRef,
              notifications: notificationService,
            },
            async init(deps) {
              const counter = deps.metrics.createCounter('planted');
              planters
                .set('log', text => deps.logger.info(text))
                .set('audit', text =>
                  deps.auditor.createEvent({
                    eventId: 'planted',
                    meta: { text },
                  }),
                )
                .set('events', text =>
                  deps.events.publish({ topic: 'x', eventPayload: { text } }),
                )
                .set('notifications', text =>
                  deps.notifications.send({
                    recipients: { type: 'broadcast' },
                    payload: { title: text },
                  }),
                )
                .set('metrics', text => counter.add(1, { text }));
              const router = Router();
              router.get('/:text', async (req, res) => {
                res.json({ text: req.params.text });
              });
              deps.httpRouter.use(router);
            },
          });
        },
      }),
    ],
    /** Returns what was written so far. */
    written: (): Record<Sink, string> => ({
      log: lines.join('\n'),
      audit: JSON.stringify(audit.events),
      events: JSON.stringify(events),
      notifications: JSON.stringify(notifications),
      metrics: JSON.stringify(metrics),
    }),
    plant: (sink: Sink, text: string) => planters.get(sink)!(text),
  };
}

/** Records what is logged, including fields and stack traces of errors. */
export function loggerInto(
  lines: string[],
): LoggerService & Record<string, unknown> {
  const write = (message: string, meta?: unknown) => {
    lines.push(
      `${message} ${
        meta instanceof Error ? meta.stack : JSON.stringify(meta ?? '')
      }`,
    );
  };
  const logger: LoggerService & Record<string, unknown> = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return logger;
}
