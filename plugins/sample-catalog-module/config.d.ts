import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Imports things of the demo provider's API as entities. Default: off. */
      sampleThings?: {
        /** Name of the datasource. It must list `catalog` as a consumer. */
        datasource: string;
        schedule: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
