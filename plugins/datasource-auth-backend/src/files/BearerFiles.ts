import { isFileReference } from 'backstage-plugin-datasource-auth-common';
import { callOrigins } from '../settings/apiAddress';
import { SecretSource } from '../settings/mergeWrite';
import { BareSettings } from '../settings/secrets';
import { SettingsError } from '../settings/SettingsError';
import { CredentialFiles } from './CredentialFiles';

/** A token as calls need it. */
interface Token {
  accessToken: string;
  kept: Record<string, string>;
}

/** Reads bearer tokens from files, for calls to the API that they are for. */
export class BearerFiles {
  readonly #files: CredentialFiles;

  constructor(options: { files: CredentialFiles }) {
    this.#files = options.files;
  }

  /**
   * Returns the token from the file that the settings name, with its expiry; undefined if they name none.
   *
   * @throws SettingsError that says what to do
   */
  async read<T extends Token>(
    { settings, secrets }: SecretSource,
    token: T,
  ): Promise<{ token: T; expiresAt?: number } | undefined> {
    const file = bearerFileOf(settings);
    if (file === undefined) return undefined;
    const origins = callOrigins({ settings, secrets }, token.kept);
    if (!origins) throw new SettingsError('fileNeedsBaseUrl', { file });
    const { text, expiresAt } = await this.#files.read(file, {
      for: 'bearer',
      datasource: settings.name,
      ...{ origins, now: Date.now() },
    });
    return { token: { ...token, accessToken: text }, expiresAt };
  }
}

function bearerFileOf({ auth }: BareSettings): string | undefined {
  return auth.type === 'static' && isFileReference(auth.bearer)
    ? auth.bearer.file
    : undefined;
}
