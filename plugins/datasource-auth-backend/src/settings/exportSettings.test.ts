import { ConfigSources, FileConfigSource } from '@backstage/config-loader';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  DatasourceSettings,
  presetSettings,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { legacy, machine, web } from '../__testUtils__/demoSettings';
import { PresetRegistry } from '../providers/PresetRegistry';
import { bindingOf } from './binding';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { exportSettings } from './exportSettings';
import { SecretInfos, splitSecrets } from './secrets';

const URL = 'https://login.example.com';

/** Settings that use every unusual feature. */
const ODD = {
  name: '3rd-party',
  title: 'Literal ${NOT_A_VARIABLE}, $${neither} and $5 {x}',
  baseUrl: 'https://{{instance.region}}.example.com',
  allowedHosts: ['files.example.com:8443'],
  consumers: ['catalog', 'scaffolder'],
  gateway: { routes: [{ methods: ['GET'], path: '/v1/**' }] },
  instance: {
    region: 'eu',
    password: { secret: true, value: 'of-the-instance' },
  },
  auth: {
    grantType: 'password',
    clientId: '',
    clientSecret: 'hush',
    username: 'robot',
    password: 'of-the-robot',
    token: {
      url: `${URL}/token`,
      method: 'GET',
      contentType: 'query',
      params: { 'client.key': { secret: true, value: 'with-a-dot' } },
      headers: {
        'X-Key': { secret: true, value: 'dashed' },
        X_Key: { secret: true, value: 'underscored' },
        'X-Unset': { secret: true },
        'X-Plain': 'true',
      },
    },
    refresh: { mode: 'grant' },
    scopes: ['a:b', '007', 'true'],
    scopeSeparator: ',',
    response: {
      accessToken: 'tokens.0.value',
      tokenTypes: ['mac'],
      success: { path: 'ok', equals: 'true' },
    },
    rejectedStatuses: [401, 498],
    header: { name: 'X-Token', prefix: '' },
  },
};

const PRIVATE_KEY = {
  name: 'keyed',
  auth: {
    grantType: 'client_credentials',
    clientId: 'backstage',
    clientAuthentication: 'private_key_jwt',
    clientAssertion: { key: 'one\ntwo\n', kid: 'k', alg: 'ES256' },
    token: { url: `${URL}/token` },
    scopes: [],
  },
};

describe('the export of a stored datasource, pasted into app-config,', () => {
  const folder = createMockDirectory();
  const parse = (settings: object) =>
    datasourceSettingsSchema.parse(settings) as DatasourceSettings;

  /** Exports the settings and declares them, with the environment variables that the export names. */
  async function roundTrip(written: DatasourceSettings) {
    const stored = splitSecrets(written);
    const secrets = new Map(
      [...stored.changes].filter(
        (entry): entry is [string, string] => entry[1] !== null,
      ),
    );
    const infos: SecretInfos = Object.fromEntries(
      [...secrets.keys()].map(path => [path, {}]),
    );
    const yaml = exportSettings(stored.settings, infos);
    for (const secret of secrets.values()) expect(yaml).not.toContain(secret);

    const variables = [...yaml.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(m => m[1]);
    expect(new Set(variables).size).toBe(variables.length);
    expect(variables).toHaveLength(secrets.size);
    for (const name of variables) expect(name).toMatch(/^[A-Z_][A-Z0-9_]*$/);
    const environment = new Map(
      variables.map(name => [name, `value of ${name}`]),
    );
    folder.setContent({ 'app-config.yaml': yaml });
    const config = await ConfigSources.toConfig(
      FileConfigSource.create({
        path: folder.resolve('app-config.yaml'),
        watch: false,
        substitutionFunc: async name => environment.get(name),
      }),
    );
    try {
      const declared = new DeclaredDatasources({ config }).get(written.name)!;
      return { stored, secrets, declared };
    } finally {
      config.close();
    }
  }

  it.each([
    ['an authorization code grant', web('web', 'https://demo.example.com')],
    ['client credentials', machine('machine', 'https://demo.example.com')],
    ['a password grant', legacy('legacy', 'https://demo.example.com')],
    ['a private key', PRIVATE_KEY],
    ['every unusual feature', ODD],
    ['nothing yet', { name: 'empty', auth: { grantType: 'password' } }],
  ])('declares the same settings: %s', async (_, settings) => {
    const { stored, secrets, declared } = await roundTrip(parse(settings));
    expect(declared.settings).toEqual(stored.settings);
    expect(declared.binding).toBe(bindingOf(stored.settings));
    expect([...declared.secrets.keys()].sort()).toEqual(
      [...secrets.keys()].sort(),
    );
  });

  it('declares the same settings for each preset', async () => {
    const presets = await new PresetRegistry().list();
    expect(presets.length).toBeGreaterThan(30);
    for (const preset of presets) {
      for (const way of preset.ways) {
        const draft = presetSettings(preset, { way, instance: {} });
        const { stored, declared } = await roundTrip(
          parse({ ...draft, name: preset.id }),
        );
        expect(declared.settings).toEqual(stored.settings);
      }
    }
  });
});
