import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Things of the demo provider's API, as entities. Left out: none are read. */
      sampleThings?: {
        /** Name of the datasource whose API has the things. `catalog` has to be among its consumers. */
        datasource: string;
        schedule: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
