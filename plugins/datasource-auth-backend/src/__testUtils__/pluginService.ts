import { mockServices } from '@backstage/backend-test-utils';
import { DefaultDatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import { RunningDatasourceAuth } from './startDatasourceAuth';

/** The service as a plugin has it. */
export function pluginService(
  app: RunningDatasourceAuth,
  plugin: 'consumer-a' | 'consumer-b',
) {
  return DefaultDatasourceAuthService.create({
    auth: mockServices.auth.mock({
      getOwnServiceCredentials: async () =>
        mockServices.auth().getOwnServiceCredentials(),
      getPluginRequestToken: async () => ({
        token: await app.pluginToken(plugin),
      }),
    }),
    discovery: {
      getBaseUrl: async () => app.url,
      getExternalBaseUrl: async () => app.url,
    },
  });
}
