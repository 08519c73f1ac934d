import { ExtensionPointFactoryContext } from '@backstage/backend-plugin-api';
import {
  EncryptionKey,
  EncryptionKeyProvider,
  EncryptionKeysExtensionPoint,
} from 'backstage-plugin-datasource-auth-node';
import { assertEncryptionKey } from './Sealer';

const MISSING_KEY = [
  "datasourceAuth.encryption.keys is not configured, so secrets and tokens can't be encrypted. Create a key with",
  '  openssl rand -base64 32',
  'Store it in the environment variable DATASOURCE_AUTH_SECRET, and add to app-config.yaml:',
  '  datasourceAuth:',
  '    encryption:',
  '      keys: [{ id: k1, secret: ${DATASOURCE_AUTH_SECRET} }]',
].join('\n');

const WAIT_MILLISECONDS = 30_000;

/**
 * Collects the encryption keys: those of the configuration, and those of modules.
 *
 * A provider that fails stops its module and nothing else. Values under its keys are unreadable until it works again,
 * and stay as they are. A failed provider never changes which key encrypts: if `sealWith` names a missing key, the
 * plugin doesn't start.
 */
export class KeyProviders {
  readonly #added: Array<{
    provider: EncryptionKeyProvider;
    fail: (error: Error) => void;
  }> = [];
  readonly #waitMilliseconds: number;

  constructor(
    options: {
      /** How long to wait for a provider. Default: 30 seconds. */
      waitMilliseconds?: number;
    } = {},
  ) {
    this.#waitMilliseconds = options.waitMilliseconds ?? WAIT_MILLISECONDS;
  }

  /** Returns the extension point for one module, which fails for its own providers. */
  forModule(
    context: ExtensionPointFactoryContext,
  ): EncryptionKeysExtensionPoint {
    return {
      addKeyProvider: provider => {
        this.#added.push({
          provider,
          fail: error => context.reportModuleStartupFailure({ error }),
        });
      },
    };
  }

  /**
   * Returns all keys, the active one first.
   *
   * @throws Error with what to do, if no key can be active
   */
  async gather(options: {
    /** The keys of the configuration, in its order. */
    encryptionKeys: EncryptionKey[];
    /** Id of the key that encrypts. */
    sealWith?: string;
  }): Promise<EncryptionKey[]> {
    const { encryptionKeys: configured, sealWith } = options;
    const keys = [...configured];
    const supplying: string[] = [];
    const failed: string[] = [];
    const asked = this.#added.map(added => ({
      ...added,
      answer: this.#read(added.provider),
    }));
    await Promise.allSettled(asked.map(({ answer }) => answer));
    for (const { provider, fail, answer } of asked) {
      try {
        keys.push(...newAmong(await answer, keys));
        supplying.push(provider.name);
      } catch (error) {
        failed.push(provider.name);
        fail(withoutCause(provider, error));
      }
    }
    if (sealWith === undefined && configured.length === 0) {
      assertOneSupplier(supplying, failed);
    }
    const sealing =
      sealWith === undefined ? keys[0] : keys.find(({ id }) => id === sealWith);
    if (!sealing) throw new Error(noSuchKey(sealWith!, keys, failed));
    return [sealing, ...keys.filter(key => key !== sealing)];
  }

  async #read(provider: EncryptionKeyProvider): Promise<EncryptionKey[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(
              `It didn't respond within ${
                this.#waitMilliseconds / 1000
              } seconds.`,
            ),
          ),
        this.#waitMilliseconds,
      );
    });
    try {
      const keys = await Promise.race([provider.readKeys(), late]);
      if (keys.length === 0) throw new Error('It returned no keys.');
      for (const key of keys) assertEncryptionKey(key);
      return keys.map(({ id, secret }) => ({ id, secret }));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** An error of a key management client can contain the request with its token, so only its message is passed on. */
function withoutCause({ name }: EncryptionKeyProvider, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(
    `The key provider '${name}' supplies no encryption keys. ${message}`,
  );
}

/** A key may be known already while it moves from one source to another. The same id with another secret is refused. */
function newAmong(
  supplied: EncryptionKey[],
  known: EncryptionKey[],
): EncryptionKey[] {
  const added: EncryptionKey[] = [];
  for (const key of supplied) {
    const same = [...known, ...added].find(({ id }) => id === key.id);
    if (!same) {
      added.push(key);
    } else if (same.secret !== key.secret) {
      throw new Error(
        `Encryption key '${key.id}' has another secret elsewhere. Add the new secret under another ID.`,
      );
    }
  }
  return added;
}

function assertOneSupplier(supplying: string[], failed: string[]): void {
  if (supplying.length > 1) {
    throw new Error(
      `Several key providers supply encryption keys (${supplying.join(
        ', ',
      )}). Set datasourceAuth.encryption.sealWith to the ID of the key that encrypts.`,
    );
  }
  if (supplying.length === 0 && failed.length > 0) {
    throw new Error(
      `There is no encryption key: ${providers(
        failed,
      )} failed, and datasourceAuth.encryption.keys is not configured.`,
    );
  }
  if (supplying.length === 0) throw new Error(MISSING_KEY);
}

function noSuchKey(
  id: string,
  keys: EncryptionKey[],
  failed: string[],
): string {
  const present = keys.map(key => key.id).join(', ') || 'none';
  const why = failed.length > 0 ? ` because ${providers(failed)} failed` : '';
  return `datasourceAuth.encryption.sealWith names the encryption key '${id}', which doesn't exist${why}. The keys are: ${present}.`;
}

function providers(names: string[]): string {
  const quoted = names.map(name => `'${name}'`).join(', ');
  return names.length === 1
    ? `key provider ${quoted}`
    : `key providers ${quoted}`;
}
