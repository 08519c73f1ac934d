import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { encryptionKeysExtensionPoint } from 'backstage-plugin-datasource-auth-node';
import { FileKeyProvider } from './FileKeyProvider';

/**
 * Makes datasource-auth encrypt with keys from files: a mounted secret, or files that a vault agent writes.
 *
 * @public
 */
export const datasourceAuthModuleFileKeys = createBackendModule({
  pluginId: 'datasource-auth',
  moduleId: 'file-keys',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        keys: encryptionKeysExtensionPoint,
      },
      async init({ config, keys }) {
        const directory = config.getString(
          'datasourceAuth.encryption.fileKeys.directory',
        );
        keys.addKeyProvider(new FileKeyProvider({ directory }));
      },
    });
  },
});
