import { hasApiSecret } from './apiSecrets';
import { ClientCertificateSettings } from './clientCertificate';
import { ENDPOINT_SETTINGS } from './bindingSettings';
import { keptHostName } from './hostTemplates';
import { settingAt } from './settingAt';
import { fillInstance, instanceValue, isSecretValue } from './instanceValues';
import { kindOf, KINDS, KindSettings } from './kinds/descriptors';
import { templateExpressions } from './templates';

/**
 * The settings that decide about origins, as stored, written, or typed.
 *
 * @public
 */
export interface OriginSettings extends ClientCertificateSettings {
  /** The API itself. */
  baseUrl?: string;
  /** Other hosts that may receive tokens: `host[:port]`. */
  allowedHosts?: string[];
  /** Values for `{{instance.x}}` in the addresses. */
  instance?: Record<string, unknown>;
  /** Headers and parameters of every API call. */
  api?: {
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
  };
  /** Where secrets go, and where people approve. */
  auth: KindSettings & {
    authorize?: { url?: string; pushedRequestUrl?: string };
    token?: { url?: string; then?: { url?: string } };
    refresh?: { url?: string; then?: { url?: string } };
    revoke?: { url?: string };
    response?: { keepHosts?: Record<string, readonly string[]> };
  };
}

/**
 * Returns the origins that receive secrets with these settings, and the one where people approve. The API's origin is
 * included if its base URL contains a secret value, and its allowed hosts if every call carries one. Secrets entered
 * for some origins aren't sent to others until they are entered again.
 *
 * @param path - returns only the origins that receive the secret at this path
 * @public
 */
export function secretOrigins(
  settings: OriginSettings,
  path?: string,
): Set<string> {
  const { sendsSecretsToApi } = KINDS[kindOf(settings.auth)];
  const isForApi = sendsSecretsToApi ? /^(?:api|auth)\./ : /^api\./;
  if (path && isForApi.test(path)) return apiOrigins(settings);
  const [, instanceName] = /^instance\.(.*)$/.exec(path ?? '') ?? [];
  const goesToApi =
    path?.startsWith('clientCertificate.') ||
    ((path === undefined || instanceName !== undefined) &&
      hasApiSecret(settings, instanceName));
  const origins = originsOf(settings, [
    ...ENDPOINT_SETTINGS.map(
      setting => settingAt(settings, setting) as string | undefined,
    ),
    holdsSecret(settings.baseUrl, settings) ? settings.baseUrl : undefined,
  ]);
  return goesToApi ? new Set([...origins, ...apiOrigins(settings)]) : origins;
}

/** Returns whether a secret instance value is part of an address. */
function holdsSecret(
  url: string | undefined,
  { instance }: Pick<OriginSettings, 'instance'>,
): boolean {
  return templateExpressions(url ?? '').some(expression =>
    isSecretValue(instanceValue(expression, instance)),
  );
}

/**
 * Returns the origins that may receive access tokens: those of the base URL and the allowed hosts.
 *
 * @public
 */
export function apiOrigins(settings: OriginSettings): Set<string> {
  const origins = originsOf(settings, [settings.baseUrl]);
  for (const host of settings.allowedHosts ?? []) origins.add(`//${host}`);
  return origins;
}

/**
 * Returns the items of `candidate` that aren't in `known`.
 *
 * @public
 */
export function newOrigins(
  candidate: Set<string>,
  known: Set<string>,
): string[] {
  return [...candidate].filter(origin => !known.has(origin));
}

/**
 * Returns the origins of addresses, except those that depend on secret values.
 *
 * @public
 */
export function originsOf(
  settings: Pick<OriginSettings, 'instance'> & {
    auth?: Pick<OriginSettings['auth'], 'type' | 'response'>;
  },
  urls: Array<string | undefined>,
): Set<string> {
  const origins = new Set<string>();
  for (const url of urls) {
    if (!url) continue;
    const hosts = settings.auth?.response?.keepHosts?.[keptHostName(url) ?? ''];
    if (hosts) {
      for (const host of hosts) origins.add(`https://${host}`);
      continue;
    }
    const filled = fillInstance(url, settings.instance);
    origins.add(
      URL.canParse(filled)
        ? new URL(filled).origin
        : filled.split(/[/?#]/).slice(0, 3).join('/').toLowerCase(),
    );
  }
  return origins;
}

/**
 * Returns the host of an address, or undefined if it has none.
 *
 * @public
 */
export function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host : undefined;
}

/**
 * Returns the host of an origin for display.
 *
 * @public
 */
export function hostOfOrigin(origin: string): string {
  return origin.replace(/^[a-z]*:?\/\//, '');
}
