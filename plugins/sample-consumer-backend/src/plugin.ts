import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { createRouter } from './router';

/**
 * A minimal plugin that uses a token: it shows the response of an API.
 *
 * @public
 */
export const sampleConsumerPlugin = createBackendPlugin({
  pluginId: 'sample-consumer',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        tokens: datasourceAuthServiceRef,
      },
      async init({ config, httpAuth, httpRouter, tokens }) {
        const path = config.getOptionalString('sampleConsumer.path') ?? '/me';
        httpRouter.use(createRouter({ tokens, httpAuth, path }));
      },
    });
  },
});
