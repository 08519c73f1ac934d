import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { ThingsProvider } from './ThingsProvider';

/**
 * Adds the things of a protected API to the catalog.
 *
 * @public
 */
export const catalogModuleSampleThings = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'sample-things',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        tokens: datasourceAuthServiceRef,
      },
      async init({ catalog, config, scheduler, tokens }) {
        const things = config.getOptionalConfig(
          'catalog.providers.sampleThings',
        );
        if (!things) return;
        const schedule = readSchedulerServiceTaskScheduleDefinitionFromConfig(
          things.getConfig('schedule'),
        );
        catalog.addEntityProvider(
          new ThingsProvider({
            tokens,
            datasource: things.getString('datasource'),
            schedule: scheduler.createScheduledTaskRunner(schedule),
          }),
        );
      },
    });
  },
});
