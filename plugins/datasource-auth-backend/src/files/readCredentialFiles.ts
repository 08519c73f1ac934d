import { Config } from '@backstage/config';
import { isAbsolute } from 'node:path';
import { fileNameSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { CredentialFile, FilePurpose } from './CredentialFile';

const PURPOSES: readonly string[] = [
  'client_assertion',
  'bearer',
] satisfies FilePurpose[];

/**
 * Reads `datasourceAuth.files`. Without origins and datasources, anyone who may write a datasource could send the content
 * of a file to a server of their own, so both are required.
 *
 * @throws Error with a remedy
 */
export function readCredentialFiles(
  config: Config | undefined,
): CredentialFile[] {
  const files = config?.getOptionalConfig('files');
  return (files?.keys() ?? []).map(name => {
    const at = `datasourceAuth.files.${name}`;
    if (!fileNameSchema.safeParse(name).success) {
      throw new Error(
        `${at}: use only letters, digits, dashes and underscores in its name`,
      );
    }
    const file = files!.getConfig(name);
    const path = file.getString('path');
    if (!isAbsolute(path)) {
      throw new Error(`${at}.path is not an absolute path: '${path}'`);
    }
    const purpose = file.getString('for');
    if (!PURPOSES.includes(purpose)) {
      throw new Error(`${at}.for must be one of: ${PURPOSES.join(', ')}`);
    }
    return {
      name,
      path,
      for: purpose as FilePurpose,
      origins: required(file, 'origins', at).map(origin =>
        originOf(origin, at),
      ),
      datasources: required(file, 'datasources', at),
    };
  });
}

function required(file: Config, key: string, at: string): string[] {
  const list = file.getOptionalStringArray(key) ?? [];
  if (list.length === 0) {
    throw new Error(
      `${at}.${key} is missing. List the ${key} that the content of this file is for.`,
    );
  }
  return list;
}

function originOf(text: string, at: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.href !== `${url.origin}/`
  ) {
    throw new Error(
      `${at}.origins: '${text}' is not an origin such as https://login.example.com, without a path`,
    );
  }
  return url.origin;
}
