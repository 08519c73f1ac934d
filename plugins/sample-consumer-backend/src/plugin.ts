import {
  coreServices,
  createBackendPlugin,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { NightlyRuns } from './NightlyRuns';
import { createRouter } from './router';

const EVERY_NIGHT: SchedulerServiceTaskScheduleDefinition = {
  frequency: { cron: '0 3 * * *' },
  timeout: { minutes: 10 },
};

/**
 * An example plugin: it shows the response of an API, and calls it as its users every night.
 *
 * @public
 */
export const sampleConsumerPlugin = createBackendPlugin({
  pluginId: 'sample-consumer',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        tokens: datasourceAuthServiceRef,
      },
      async init(services) {
        const { config, httpAuth, httpRouter, scheduler, tokens } = services;
        const path = config.getOptionalString('sampleConsumer.path') ?? '/me';
        const nightlyRuns = await NightlyRuns.create(services);
        const schedule = config.getOptionalConfig('sampleConsumer.nightly');
        await scheduler.scheduleTask({
          ...(schedule
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
            : EVERY_NIGHT),
          id: 'nightly-runs',
          fn: signal => nightlyRuns.runAll(signal),
        });
        httpRouter.use(createRouter({ tokens, httpAuth, nightlyRuns, path }));
      },
    });
  },
});
