import { SettingsError } from '../settings/SettingsError';
import { CredentialFile, FilePurpose } from './CredentialFile';
import { readOneLine } from './readOneLine';
import { signedJwtExpiry } from './signedJwtExpiry';

/** What the content of a file is needed for. */
export interface FileUse {
  for: FilePurpose;
  /** Name of the datasource. */
  datasource: string;
  /** Every origin that it can be sent to, templates filled in: `https://host[:port]`. */
  origins: readonly string[];
  /** Epoch milliseconds of the clock that judges an expiry. */
  now: number;
}

/** The content of a file. */
export interface FileContent {
  text: string;
  /** When it expires, if it is a JWT that says so. Epoch milliseconds. */
  expiresAt?: number;
}

/**
 * Reads the files of `datasourceAuth.files`, each time again: their content is never kept. Each use is checked, because a
 * writer of a datasource chooses the URL that the content is sent to, and needs to know no secret for it.
 */
export class CredentialFiles {
  readonly #files: ReadonlyMap<string, CredentialFile>;

  constructor(files: readonly CredentialFile[] = []) {
    this.#files = new Map(files.map(file => [file.name, file]));
  }

  /**
   * Returns the content of a file.
   *
   * @throws SettingsError that says what to do
   */
  async read(name: string, use: FileUse): Promise<FileContent> {
    const file = this.#files.get(name);
    if (!file) throw new SettingsError('fileUnknown', { file: name });
    assertFor(file, use);
    const text = await readOneLine(name, file.path);
    const expiresAt = signedJwtExpiry(text);
    if (use.for === 'client_assertion' && expiresAt === undefined) {
      throw new SettingsError('fileNotAssertion', { file: name });
    }
    if (expiresAt !== undefined && expiresAt <= use.now) {
      throw new SettingsError('fileExpired', { file: name });
    }
    return { text, expiresAt };
  }
}

/** @throws SettingsError unless the file is meant for this use */
function assertFor(file: CredentialFile, use: FileUse): void {
  const { name } = file;
  if (file.for !== use.for) {
    throw new SettingsError(
      file.for === 'bearer' ? 'fileForBearer' : 'fileForAssertions',
      { file: name },
    );
  }
  if (!file.datasources.includes(use.datasource)) {
    throw new SettingsError('fileOfOtherDatasource', {
      file: name,
      datasource: use.datasource,
    });
  }
  const foreign = use.origins.find(origin => !file.origins.includes(origin));
  if (foreign !== undefined) {
    throw new SettingsError('fileForOtherOrigin', {
      file: name,
      origin: foreign,
    });
  }
}
