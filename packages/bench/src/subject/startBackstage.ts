import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';

/** Starts a whole Backstage in this process. */
export async function startBackstage(options: {
  port: number;
  database: JsonObject;
  config: JsonObject;
  features: Array<Parameters<ReturnType<typeof createBackend>['add']>[0]>;
}): Promise<void> {
  const { port, database, config } = options;
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () =>
        new ConfigReader({
          ...config,
          backend: {
            baseUrl: `http://localhost:${port}`,
            listen: { host: 'localhost', port },
            database,
          },
        }),
    }),
  );
  options.features.forEach(feature => backend.add(feature));
  await backend.start();
}
