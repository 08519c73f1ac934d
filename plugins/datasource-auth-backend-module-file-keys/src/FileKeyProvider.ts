import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EncryptionKey,
  EncryptionKeyProvider,
} from 'backstage-plugin-datasource-auth-node';

/**
 * Reads one key from each file of a folder: the name is the ID, the content without its final line break is the secret.
 * Names that start with a dot are skipped, because Kubernetes uses them internally. Keys are sorted by name, with
 * numbers by value, so that `k2` precedes `k10`.
 */
export class FileKeyProvider implements EncryptionKeyProvider {
  readonly name = 'file-keys';
  readonly #directory: string;

  /** Creates the provider of the keys in a folder. */
  constructor(options: { directory: string }) {
    this.#directory = options.directory;
  }

  /** {@inheritDoc backstage-plugin-datasource-auth-node#EncryptionKeyProvider.readKeys} */
  async readKeys(): Promise<EncryptionKey[]> {
    const names = (await readdir(this.#directory)).filter(
      name => !name.startsWith('.'),
    );
    if (names.length === 0) {
      throw new Error(
        `There is no file in ${
          this.#directory
        }. Create one with: openssl rand -base64 32 > ${this.#directory}/k1`,
      );
    }
    names.sort(new Intl.Collator('en', { numeric: true }).compare);
    return Promise.all(
      names.map(async id => ({
        id,
        secret: (await readFile(join(this.#directory, id), 'utf8')).replace(
          /\r?\n$/,
          '',
        ),
      })),
    );
  }
}
