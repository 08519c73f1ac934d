import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { presetsExtensionPoint } from 'backstage-plugin-datasource-auth-node';

/** Adds the demo provider to the gallery. `demo.providerUrl` is its URL. */
export default createBackendModule({
  pluginId: 'datasource-auth',
  moduleId: 'demo-preset',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        presets: presetsExtensionPoint,
      },
      async init({ config, presets }) {
        const url =
          config.getOptionalString('demo.providerUrl') ??
          'http://localhost:9400';
        const tenantUrl = `${url}/tenants/{{instance.tenant}}`;
        presets.addPreset({
          id: 'demo-api',
          title: 'Demo API',
          category: 'Demo',
          benefit: 'Try every step on your machine',
          popular: true,
          ways: ['authorization_code', 'client_credentials', 'static'],
          caveat: "The demo's provider on your machine.",
          source:
            'https://github.com/datasource-auth/backstage-plugin-datasource-auth/blob/main/docs/tutorial.md',
          lastVerified: '2026-11-30',
          instance: [
            {
              name: 'tenant',
              label: 'Tenant ID',
              example: 'acme',
              pattern: '[a-z0-9-]+',
            },
          ],
          settings: {
            baseUrl: `${tenantUrl}/api`,
            testPath: '/me',
            auth: {
              issuer: url,
              authorize: { url: `${tenantUrl}/authorize` },
              token: { url: `${tenantUrl}/token` },
              revoke: { url: `${tenantUrl}/revoke` },
            },
          },
          variants: {
            authorization_code: {
              auth: { scopes: ['openid', 'read', 'offline_access'] },
            },
            client_credentials: { auth: { scopes: ['read'] } },
            static: { auth: { headers: { 'X-API-Key': { secret: true } } } },
          },
          registration: {
            url: `${url}/console`,
            steps: [
              'Choose a client: demo-web for a person, demo-machine for an app.',
              'For a person, register the redirect URI with demo-web.',
              'Copy the tenant ID, client ID, and client secret.',
            ],
            scopes: [
              { scope: 'read', description: 'Read things' },
              { scope: 'write', description: 'Add things' },
              { scope: 'openid', description: 'See who approved' },
              {
                scope: 'offline_access',
                description: 'Get a refresh token',
              },
            ],
            static: {
              url: `${url}/console`,
              steps: ['Copy the tenant ID and the API key.'],
            },
          },
          behavior: { rotatesRefreshTokens: true },
        });
      },
    });
  },
});
