import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin that the module extends runs in this test
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import datasourceAuthModuleFileKeys from './index';

const FIRST = 'first-secret-of-more-than-32-bytes-length';
const SECOND = 'second-secret-of-more-than-32-bytes-length';

describe('the file-keys module', () => {
  const folder = createMockDirectory();

  const start = (encryption: object, onPluginModuleBootFailure = 'abort') =>
    startTestBackend({
      features: [
        datasourceAuthPlugin,
        datasourceAuthModuleFileKeys,
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              startup: { default: { onPluginModuleBootFailure } },
            },
            datasourceAuth: {
              encryption: {
                fileKeys: { directory: folder.path },
                ...encryption,
              },
            },
          },
        }),
      ],
    });

  /** Returns what the setup checks say about the key of a backend that started. */
  async function sealing(encryption = {}, onFailure?: string) {
    const backend = await start(encryption, onFailure);
    try {
      const answer = await fetch(
        `http://localhost:${backend.server.port()}/api/datasource-auth/health`,
      );
      return (await answer.json()).checks[0].title;
    } finally {
      await backend.stop();
    }
  }

  /** Returns the lines that say why a backend did not start. */
  async function failures(encryption: object): Promise<string[]> {
    const failure: Error = await start(encryption).then(
      () => new Error('It started'),
      error => error,
    );
    return failure.message.split('\n').slice(1);
  }

  it('encrypts with the first file by name, and decrypts with all', async () => {
    folder.setContent({ k10: SECOND, k2: `${FIRST}\n` });
    expect(await sealing()).toBe("Secrets are encrypted with key 'k2'");
    expect(await sealing({ sealWith: 'k10' })).toBe(
      "Secrets are encrypted with key 'k10'",
    );
  });

  it('reads a secret as Kubernetes mounts it', async () => {
    folder.setContent({});
    await mkdir(join(folder.path, '..2026_11_20'));
    await writeFile(join(folder.path, '..2026_11_20', 'k1'), FIRST);
    await symlink('..2026_11_20', join(folder.path, '..data'));
    await symlink('..data/k1', join(folder.path, 'k1'));
    expect(await sealing()).toBe("Secrets are encrypted with key 'k1'");
  });

  it('replaces a key from the configuration, which may stay there while replicas need it', async () => {
    folder.setContent({ k1: FIRST, k2: SECOND });
    const keys = [{ id: 'k1', secret: FIRST }];
    expect(await sealing({ keys })).toBe("Secrets are encrypted with key 'k1'");
  });

  it.each([
    ['a missing folder', undefined, /ENOENT.*scandir/],
    ['an empty folder', {}, /There is no file in .*openssl rand -base64 32 >/],
    [
      'a key that is too short',
      { k1: 'short' },
      /The secret of encryption key 'k1' is shorter than 32 bytes/,
    ],
    [
      'a file that is no key',
      { 'README.md': FIRST },
      /Encryption key ID 'README\.md' must be/,
    ],
    [
      'a key that the configuration has with another secret',
      { k0: SECOND },
      /Encryption key 'k0' has another secret elsewhere/,
    ],
  ])(
    'fails without stopping the others for %s, and says what is wrong without the secret',
    async (_, content, reason) => {
      if (content) folder.setContent(content);
      else await rm(folder.path, { recursive: true });
      const encryption = { keys: [{ id: 'k0', secret: FIRST }] };
      const lines = await failures(encryption);
      expect(lines).toEqual([
        expect.stringContaining(
          "Module 'file-keys' for plugin 'datasource-auth' startup failed; caused by Error: The key provider 'file-keys' supplies no encryption keys.",
        ),
      ]);
      expect(lines[0]).toMatch(reason);
      expect(lines[0]).not.toContain(FIRST);
      expect(lines[0]).not.toContain(SECOND);
      expect(await sealing(encryption, 'continue')).toBe(
        "Secrets are encrypted with key 'k0'",
      );
    },
  );

  it('says what to configure if no folder is set', async () => {
    expect((await failures({ fileKeys: undefined })).join()).toContain(
      "Missing required config value at 'datasourceAuth.encryption.fileKeys.directory'",
    );
  });
});
