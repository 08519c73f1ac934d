import {
  LifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { DatasourceAuthConfig } from './config';
import { DatasourceAuth } from './createDatasourceAuth';
import { SWEEP_TASK } from './health/sweepCheck';

/** How long the empty row of a disconnected account stays, so that every replica notices. Milliseconds. */
const DISCONNECTED_KEEP = 24 * 60 * 60_000;

/**
 * Runs in the background: refreshes due tokens, removes expired rows, and completes writes before the process ends.
 */
export async function scheduleHousekeeping(options: {
  config: DatasourceAuthConfig;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  sweeper: DatasourceAuth['sweeper'];
  audit: DatasourceAuth['audit'];
  usage: DatasourceAuth['usage'];
  broker: DatasourceAuth['broker'];
  feed: DatasourceAuth['feed'];
  reseal: DatasourceAuth['reseal'];
  deadlines: DatasourceAuth['deadlines'];
  activity: DatasourceAuth['activity'];
  authorizationStore: DatasourceAuth['authorizationStore'];
  credentialStore: DatasourceAuth['credentialStore'];
  removeOverDelegations: DatasourceAuth['removeOverDelegations'];
  revocations: DatasourceAuth['revocations'];
  presence: DatasourceAuth['presence'];
  unusedConnections: DatasourceAuth['unusedConnections'];
  expiringConnections: DatasourceAuth['expiringConnections'];
  authorizeDeclared: DatasourceAuth['authorizeDeclared'];
}): Promise<void> {
  const { audit, config, scheduler, lifecycle, usage, broker } = options;

  await scheduler.scheduleTask({
    id: SWEEP_TASK,
    frequency: { milliseconds: config.sweepEvery },
    timeout: { minutes: 10 },
    initialDelay: { seconds: 5 },
    fn: signal => options.sweeper.sweep(signal),
  });
  await scheduler.scheduleTask({
    id: 'datasource-auth-usage-flush',
    scope: 'local',
    frequency: { seconds: 30 },
    timeout: { minutes: 1 },
    initialDelay: { seconds: 10 },
    fn: async () => {
      await usage.flush();
      await audit.tellCounted();
    },
  });
  await scheduler.scheduleTask({
    id: 'datasource-auth-cleanup',
    frequency: { minutes: 10 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: async () => {
      // One that fails doesn't stop the others.
      const removals = await Promise.allSettled([
        options.authorizationStore.removeExpired(),
        options.activity.removeOlderThan(config.activityKeep),
        usage.removeOlderThan(config.activityKeep),
        options.credentialStore.removeDisconnected(DISCONNECTED_KEEP),
        options.removeOverDelegations(),
      ]);
      const failed = removals.find(({ status }) => status === 'rejected');
      if (failed) throw (failed as PromiseRejectedResult).reason;
    },
  });
  await scheduler.scheduleTask({
    id: 'datasource-auth-revocations',
    frequency: { minutes: 1 },
    timeout: { minutes: 10 },
    initialDelay: { seconds: 30 },
    fn: signal => options.revocations.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'datasource-auth-unused-connections',
    frequency: { days: 1 },
    timeout: { hours: 1 },
    initialDelay: { minutes: 20 },
    fn: signal => options.unusedConnections.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'datasource-auth-expiring-connections',
    frequency: { days: 1 },
    timeout: { hours: 1 },
    initialDelay: { minutes: 25 },
    fn: signal => options.expiringConnections.run(signal),
  });
  if (config.presence === 'catalog') {
    await scheduler.scheduleTask({
      id: 'datasource-auth-presence',
      frequency: { days: 1 },
      timeout: { hours: 1 },
      initialDelay: { minutes: 15 },
      fn: signal => options.presence.run(signal),
    });
  }
  await scheduler.scheduleTask({
    id: 'datasource-auth-deadlines',
    frequency: { minutes: 10 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: signal => options.deadlines.run(signal),
  });
  await options.feed.start();
  await scheduler.scheduleTask({
    id: 'datasource-auth-reseal',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 2 },
    fn: async signal => {
      await options.reseal.run(signal);
    },
  });
  lifecycle.addStartupHook(() => {
    // Not awaited: the backend must start even if a provider is down.
    options.authorizeDeclared().catch(() => {});
  });
  lifecycle.addShutdownHook(async () => {
    await broker.drain();
    await usage.flush();
    await audit.tellCounted({ all: true });
    // Not awaited: a hanging database must not delay the shutdown.
    options.feed.stop().catch(() => {});
  });
}
