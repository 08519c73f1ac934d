import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { EncryptionKey } from 'backstage-plugin-datasource-auth-node';

/**
 * The plugin's configuration, checked. Durations are milliseconds.
 */
export interface DatasourceAuthConfig {
  /** Those of the configuration, which may be none where a module supplies them. */
  encryptionKeys: EncryptionKey[];
  /** Id of the key that seals, where that is not the first one. */
  sealWith?: string;
  /** User and group refs that may write where the permission framework is off. */
  managers: string[];
  permissionsEnabled: boolean;
  /** The plugin's address as browsers see it. */
  baseUrl: string;
  /** The shared redirect URI, slash as configured. */
  callbackUrl: string;
  /** Address of the page, without a trailing slash. */
  pageUrl: string;
  passwordGrantEnabled: boolean;
  refreshBeforeExpiry: number;
  sweepEvery: number;
  activityKeep: number;
  adoptCredentials?: string;
}

/**
 * Reads the plugin's configuration. Throws a sentence that says what to do when it cannot be used.
 *
 * @param externalBaseUrl - the plugin's address as browsers see it
 */
export function readDatasourceAuthConfig(
  root: Config,
  externalBaseUrl: string,
): DatasourceAuthConfig {
  const config = root.getOptionalConfig('datasourceAuth');
  const encryptionKeys = (
    config?.getOptionalConfigArray('encryption.keys') ?? []
  ).map(key => {
    const id = key.getString('id');
    return { id, secret: key.getOptionalString('secret') ?? missingSecret(id) };
  });

  return {
    encryptionKeys,
    sealWith: config?.getOptionalString('encryption.sealWith'),
    managers: config?.getOptionalStringArray('access.managers') ?? [],
    permissionsEnabled: root.getOptionalBoolean('permission.enabled') ?? false,
    baseUrl: externalBaseUrl,
    callbackUrl: absoluteUrl(
      config?.getOptionalString('callbackUrl') ??
        `${externalBaseUrl}/oauth/callback`,
      'datasourceAuth.callbackUrl',
    ),
    pageUrl: absoluteUrl(
      config?.getOptionalString('pageUrl') ??
        `${root.getString('app.baseUrl').replace(/\/+$/, '')}/datasource-auth`,
      'datasourceAuth.pageUrl',
    ).replace(/\/+$/, ''),
    passwordGrantEnabled:
      config?.getOptionalBoolean('passwordGrant.enabled') ?? true,
    refreshBeforeExpiry: duration(config, 'refresh.beforeExpiry', {
      minutes: 5,
    }),
    sweepEvery: duration(config, 'refresh.sweep.every', { seconds: 30 }),
    activityKeep: duration(config, 'activity.keep', { days: 90 }),
    adoptCredentials: config?.getOptionalString('adoptCredentials'),
  };
}

function missingSecret(keyId: string): never {
  throw new Error(
    `The encryption key '${keyId}' under datasourceAuth.encryption.keys has no secret. Set the environment variable it is taken from; make one with: openssl rand -base64 32`,
  );
}

function duration(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): number {
  const value = config?.has(key)
    ? readDurationFromConfig(config, { key })
    : fallback;
  return durationToMilliseconds(value);
}

function absoluteUrl(text: string, key: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`${key} is not an absolute http(s) URL: '${text}'`);
  }
  if (text.includes('#') || text.includes('?')) {
    throw new Error(`${key} must not have a query or fragment: '${text}'`);
  }
  return text;
}
