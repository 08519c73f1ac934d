import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { stringify } from 'yaml';
import { PresetRegistry } from './PresetRegistry';
import {
  presetJsonSchema,
  PresetInput,
} from 'backstage-plugin-datasource-auth-common';

function preset(id: string, more: object = {}): PresetInput {
  return {
    id,
    title: `The ${id}`,
    category: 'Test',
    ways: ['client_credentials'],
    benefit: 'Orders',
    caveat: 'Only here.',
    source: 'https://acme.example/docs',
    lastVerified: '2026-11-20',
    settings: { auth: { token: { url: 'https://acme.example/token' } } },
    ...more,
  } as PresetInput;
}

describe('PresetRegistry', () => {
  const directory = createMockDirectory();
  const onProblem = jest.fn();

  function registryOf(files: Record<string, unknown>) {
    directory.setContent(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === 'string' ? content : stringify(content),
        ]),
      ),
    );
    return new PresetRegistry({ onProblem, directory: directory.path });
  }

  beforeEach(() => jest.clearAllMocks());

  it('reads the files once, on first use', async () => {
    const registry = registryOf({ 'acme.yaml': preset('acme') });
    await writeFile(
      join(directory.path, 'beta.yaml'),
      stringify(preset('beta')),
    );
    expect((await registry.list()).map(({ id }) => id)).toEqual([
      'acme',
      'beta',
    ]);
    await writeFile(
      join(directory.path, 'gamma.yaml'),
      stringify(preset('gamma')),
    );
    expect(await registry.list()).toHaveLength(2);
    await expect(registry.get('acme')).resolves.toMatchObject({
      title: 'The acme',
      registration: { steps: [], scopes: [] },
      behavior: { notes: [] },
    });
    await expect(registry.get('gamma')).rejects.toThrow(
      "Preset 'gamma' doesn't exist",
    );
  });

  it.each([
    ['not YAML', 'id: [', /Flow sequence/],
    ['empty', '', /expected object/],
    [
      'a setting that does not exist',
      preset('bad', { settings: { auth: { tokenUrl: 'x' } } }),
      /settings\.auth: Unrecognized key: "tokenUrl"/,
    ],
    [
      'a setting of one client',
      preset('bad', { settings: { auth: { clientId: 'x' } } }),
      /settings\.auth: Unrecognized key: "clientId"/,
    ],
    [
      'the value of a secret',
      preset('bad', {
        settings: {
          auth: { token: { params: { key: { secret: true, value: 'x' } } } },
        },
      }),
      /settings: Remove the secret/,
    ],
    [
      'a reserved parameter',
      preset('bad', {
        settings: { auth: { token: { params: { grant_type: 'x' } } } },
      }),
      /settings\.auth\.token\.params\.grant_type: Backstage sets 'grant_type' itself/,
    ],
    [
      'a template without its instance field',
      preset('bad', {
        settings: {
          auth: { token: { url: 'https://{{instance.host}}/token' } },
        },
      }),
      /instance: '\{\{instance\.host\}\}' is used but isn't one of the fields/,
    ],
    [
      'an unused instance field',
      preset('bad', {
        instance: [{ name: 'host', label: 'Host', example: 'a' }],
      }),
      /instance\.0: 'host' is a field but isn't used/,
    ],
    [
      'an example that its pattern rejects',
      preset('bad', {
        settings: { baseUrl: 'https://{{instance.host}}' },
        instance: [
          { name: 'host', label: 'Host', example: 'A', pattern: '[a-z]' },
        ],
      }),
      /instance\.0: 'A' doesn't match the pattern of 'host'/,
    ],
    [
      'a variant of an unsupported grant',
      preset('bad', { variants: { password: {} } }),
      /variants\.password: 'password' isn't one of this preset's ways/,
    ],
    [
      'settings that conflict only when merged',
      preset('bad', {
        variants: {
          client_credentials: {
            auth: { response: { expiresIn: 'access_token' } },
          },
        },
      }),
      /Remove this property/,
    ],
    [
      'an unconfirmed setting that it does not have',
      preset('bad', { unconfirmed: ['auth.revoke.url'] }),
      /unconfirmed\.0: Unknown setting 'auth\.revoke\.url'/,
    ],
    [
      "another file's id",
      preset('other'),
      /Its ID is 'other'\. Rename the file to other\.yaml/,
    ],
  ])('skips a preset with %s, and no other', async (_, bad, message) => {
    const registry = registryOf({
      'bad.yaml': bad,
      'good.yaml': preset('good'),
    });
    expect((await registry.list()).map(({ id }) => id)).toEqual(['good']);
    expect(await registry.problems()).toEqual([
      { file: 'bad.yaml', message: expect.stringMatching(message) },
    ]);
    expect(onProblem).toHaveBeenCalledTimes(1);
    expect(onProblem).toHaveBeenCalledWith(
      expect.objectContaining({ file: 'bad.yaml' }),
    );
  });

  it('names both files with the same id', async () => {
    const registry = registryOf({
      'acme.yaml': preset('acme'),
      'nested/acme.yaml': preset('acme'),
    });
    expect(await registry.list()).toHaveLength(1);
    expect(await registry.problems()).toEqual([
      {
        file: join('nested', 'acme.yaml'),
        message: "Its ID 'acme' is already used by acme.yaml",
      },
    ]);
  });

  it('accepts presets of modules, sorted by title among its own', async () => {
    const registry = registryOf({ 'beta.yaml': preset('beta') });
    registry.addPreset(preset('acme'));
    registry.addPreset(preset('gamma'));
    expect((await registry.list()).map(({ id }) => id)).toEqual([
      'acme',
      'beta',
      'gamma',
    ]);
    await expect(registry.get('gamma')).resolves.toMatchObject({ id: 'gamma' });
  });

  it('links to the guide of a bundled preset, and to what a module links to', async () => {
    const registry = registryOf({ 'beta.yaml': preset('beta') });
    const guide = 'https://wiki.acme.example/crm';
    registry.addPreset(preset('acme', { guide }));
    registry.addPreset(preset('gamma'));
    expect((await registry.list()).map(each => each.guide)).toEqual([
      guide,
      expect.stringMatching(/^https:.*\/beta\.md$/),
      undefined,
    ]);
  });

  it('rejects a preset of a module whose id is taken, and says by which preset', () => {
    const registry = registryOf({ 'beta.yaml': preset('beta') });
    expect(() => registry.addPreset(preset('beta'))).toThrow(
      "Preset 'beta' already exists in presets/beta.yaml. Choose another ID.",
    );
    registry.addPreset(preset('acme'));
    expect(() => registry.addPreset(preset('acme'))).toThrow(
      "Preset 'acme' was already added by another module",
    );
  });

  it('rejects an invalid preset of a module with the path of the error, and keeps the others', async () => {
    const registry = registryOf({ 'beta.yaml': preset('beta') });
    expect(() =>
      registry.addPreset(preset('acme', { source: 'http://acme.example' })),
    ).toThrow("Preset 'acme' is invalid. source: Enter an HTTPS URL");
    expect(await registry.list()).toHaveLength(1);
  });

  it('accepts a console without TLS, as in a private network, but no script', () => {
    const registry = registryOf({});
    const withConsole = (url: string) =>
      preset('acme', { registration: { url } });
    expect(() =>
      registry.addPreset(withConsole('ftp://crm.acme.example/console')),
    ).toThrow('registration.url: Enter an HTTP(S) URL');
    registry.addPreset(withConsole('http://crm.acme.example/console'));
  });
});

describe('presetJsonSchema', () => {
  it('describes presets as written, so that values with a default are optional', () => {
    const schema = presetJsonSchema() as {
      required: string[];
      properties: Record<string, unknown>;
    };
    expect(schema.required.sort()).toEqual([
      'benefit',
      'category',
      'caveat',
      'id',
      'lastVerified',
      'source',
      'title',
      'ways',
    ]);
    expect(Object.keys(schema.properties)).toContain('behavior');
    expect(JSON.stringify(schema)).toContain('"clientAuthentication"');
  });
});
