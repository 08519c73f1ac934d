export interface Config {
  sampleConsumer?: {
    /** Path below the base URL of a datasource that is called; `/me` unless told. */
    path?: string;
  };
}
