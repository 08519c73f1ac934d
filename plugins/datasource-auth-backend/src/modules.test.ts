import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  encryptionKeysExtensionPoint,
  presetsExtensionPoint,
} from 'backstage-plugin-datasource-auth-node';
import { databases } from './__testUtils__/databases';
import {
  ApiClient,
  startDatasourceAuth,
} from './__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

const preset = (id: string, source = 'https://acme.example/docs') => ({
  id,
  title: `The ${id}`,
  category: 'Test',
  ways: ['client_credentials' as const],
  benefit: 'Orders',
  caveat: 'Only here.',
  source,
  lastVerified: '2026-11-20',
  settings: { auth: { token: { url: 'https://acme.example/token' } } },
});

const presetModule = (moduleId: string, source?: string) =>
  createBackendModule({
    pluginId: 'datasource-auth',
    moduleId,
    register(reg) {
      reg.registerInit({
        deps: { presets: presetsExtensionPoint },
        async init({ presets }) {
          presets.addPreset(preset(moduleId, source));
        },
      });
    },
  });

const keyModule = (moduleId: string, secret: string) =>
  createBackendModule({
    pluginId: 'datasource-auth',
    moduleId,
    register(reg) {
      reg.registerInit({
        deps: { keys: encryptionKeysExtensionPoint },
        async init({ keys }) {
          keys.addKeyProvider({
            name: moduleId,
            readKeys: async () => [{ id: moduleId, secret }],
          });
        },
      });
    },
  });

const good = [
  presetModule('good-preset'),
  keyModule('good-key', 'g'.repeat(40)),
];
const wrongPreset = presetModule('wrong-preset', 'http://acme.example');
const wrongKey = keyModule('wrong-key', 'short');

const PRESET_FAULT =
  "Preset 'wrong-preset' is invalid. source: Enter an HTTPS URL";
const KEY_FAULT =
  "The key provider 'wrong-key' supplies no encryption keys. The secret of encryption key 'wrong-key' is shorter than 32 bytes.";

const presetIds = async (client: ApiClient): Promise<string[]> =>
  (await client('GET', '/providers')).body.items.map(({ id }: any) => id);

describe('modules of the plugin', () => {
  it('provide presets, and keys of which one is set to encrypt', async () => {
    const knex = await databases.init('SQLITE_3');
    const app = await startDatasourceAuth({
      knex,
      features: good,
      datasourceAuth: { encryption: { sealWith: 'good-key' } },
    });
    try {
      const jane = await app.user('user:default/jane');
      expect(await presetIds(jane)).toContain('good-preset');
      const created = await jane('POST', '/datasources', {
        name: 'crm',
        auth: { grantType: 'client_credentials', clientSecret: 'hush' },
      });
      expect(created.status).toBe(201);
      const { sealed } = await knex('datasources').first();
      expect(sealed).toMatch(/^v1\.good-key\./);
      const { checks } = (await jane('GET', '/health')).body;
      expect(checks[0].title).toBe("Secrets are encrypted with key 'good-key'");
    } finally {
      await app.stop();
    }
  });

  it.each([
    ['wrong-preset', wrongPreset, PRESET_FAULT],
    ['wrong-key', wrongKey, KEY_FAULT],
  ])(
    'fail with a message that names the module and the error: %s',
    async (moduleId, wrong, fault) => {
      const starting = startDatasourceAuth({
        knex: await databases.init('SQLITE_3'),
        features: [...good, wrong],
        datasourceAuth: {
          encryption: {
            keys: [{ id: 'k1', secret: 'k'.repeat(40) }],
          },
        },
      });
      const failure: Error = await starting.then(
        () => new Error('It started'),
        error => error,
      );
      const lines = failure.message.split('\n').slice(1);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(
        `Module '${moduleId}' for plugin 'datasource-auth' startup failed`,
      );
      expect(lines[0]).toContain(fault);
    },
  );

  it('fail without stopping a backend that allows it', async () => {
    const goOn = { onPluginModuleBootFailure: 'continue' };
    const app = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
      features: [...good, wrongPreset, wrongKey],
      config: {
        backend: {
          baseUrl: 'http://localhost:7007',
          startup: {
            plugins: {
              'datasource-auth': {
                modules: { 'wrong-preset': goOn, 'wrong-key': goOn },
              },
            },
          },
        },
      },
    });
    try {
      const jane = await app.user('user:default/jane');
      const ids = await presetIds(jane);
      expect(ids).toContain('good-preset');
      expect(ids).not.toContain('wrong-preset');
      expect((await jane('GET', '/datasources')).status).toBe(200);
    } finally {
      await app.stop();
    }
  });
});
