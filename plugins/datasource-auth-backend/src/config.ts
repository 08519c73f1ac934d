import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { CredentialFile } from './files/CredentialFile';
import { readSharedUsers } from './readSharedUsers';
import { readCredentialFiles } from './files/readCredentialFiles';
import { EncryptionKey } from 'backstage-plugin-datasource-auth-node';

/**
 * The validated configuration of the plugin. Durations are milliseconds.
 */
export interface DatasourceAuthConfig {
  /** Keys of the configuration. Empty if a module provides them. */
  encryptionKeys: EncryptionKey[];
  /** ID of the key that encrypts, if it isn't the first one. */
  sealWith?: string;
  /** Users and groups that may write if the permission framework is off. */
  managers: string[];
  permissionsEnabled: boolean;
  /** The plugin's base URL for browsers. */
  baseUrl: string;
  /** The shared redirect URI, with its final slash as configured. */
  callbackUrl: string;
  /** URL of the page, without a final slash. */
  pageUrl: string;
  passwordGrantEnabled: boolean;
  refreshBeforeExpiry: number;
  sweepEvery: number;
  activityKeep: number;
  adoptCredentials?: string;
  /** Files with proofs and tokens of other systems. */
  files: CredentialFile[];
  /** Canonical refs of users that several people share. They can't connect an account. */
  sharedUsers: string[];
  /** How long a plugin can act as a person who isn't there. */
  maxDelegation: number;
  /** Whether connections end when their person leaves the catalog. */
  presence: 'catalog' | 'off';
  /** How long connections may be unused. */
  unusedAfter: number;
}

/**
 * Reads the plugin's configuration. Throws an error with a remedy if it is invalid.
 *
 * @param externalBaseUrl - the plugin's base URL for browsers
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
    files: readCredentialFiles(config),
    sharedUsers: readSharedUsers(root),
    maxDelegation: duration(config, 'people.maxDelegation', { days: 30 }),
    presence: readPresence(config),
    unusedAfter: duration(config, 'people.unusedAfter', { days: 90 }),
  };
}

function readPresence(config: Config | undefined): 'catalog' | 'off' {
  const presence = config?.getOptionalString('people.presence') ?? 'catalog';
  if (presence === 'catalog' || presence === 'off') return presence;
  throw new Error(
    `datasourceAuth.people.presence must be 'catalog' or 'off', not '${presence}'`,
  );
}

function missingSecret(keyId: string): never {
  throw new Error(
    `The encryption key '${keyId}' under datasourceAuth.encryption.keys has no secret. Set its environment variable. To create a secret, run: openssl rand -base64 32`,
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
