import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  sampleConsumer?: {
    /** Path to call, below the base URL of the datasource. Default: `/me`. */
    path?: string;
    /** When the nightly runs start. Default: at three o'clock. */
    nightly?: SchedulerServiceTaskScheduleDefinitionConfig;
  };
}
