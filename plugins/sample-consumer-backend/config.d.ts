export interface Config {
  sampleConsumer?: {
    /** Path to call, below the base URL of the datasource. Default: `/me`. */
    path?: string;
  };
}
