import { startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import scaffolderModuleDatasourceAuth from './index';

describe('scaffolderModuleDatasourceAuth', () => {
  it('adds its actions to the scaffolder', async () => {
    const addActions = jest.fn();
    const backend = await startTestBackend({
      extensionPoints: [[scaffolderActionsExtensionPoint, { addActions }]],
      features: [
        scaffolderModuleDatasourceAuth,
        mockDatasourceAuthService.factory(),
      ],
    });
    expect(addActions.mock.calls.flat().map(({ id }) => id)).toEqual([
      'datasource:fetch',
      'datasource:check',
      'datasource:delegate',
    ]);
    await backend.stop();
  });
});
