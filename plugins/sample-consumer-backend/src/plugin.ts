import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { createRouter } from './router';

/**
 * The smallest plugin that consumes a token: it shows what an API answers.
 *
 * @public
 */
export const sampleConsumerPlugin = createBackendPlugin({
  pluginId: 'sample-consumer',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        tokens: datasourceAuthServiceRef,
      },
      async init({ config, httpRouter, tokens }) {
        const path = config.getOptionalString('sampleConsumer.path') ?? '/me';
        httpRouter.use(createRouter({ tokens, path }));
      },
    });
  },
});
