import { hasApiSecret } from './apiSettings';
import { ENDPOINT_SETTINGS } from './bindingSettings';
import { settingAt } from './settingAt';
import { fillInstance, instanceValue, isSecretValue } from './instanceValues';
import { templateExpressions } from './templates';

/**
 * What of settings decides about origins, as they are stored, written or typed.
 *
 * @public
 */
export interface OriginSettings {
  /** The API itself. */
  baseUrl?: string;
  /** Other hosts that tokens may go to: `host[:port]`. */
  allowedHosts?: string[];
  /** What stands for `{{instance.x}}` in the addresses. */
  instance?: Record<string, unknown>;
  /** What every call of the API has. */
  api?: {
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
  };
  /** Where secrets go, and where people approve. */
  auth: {
    authorize?: { url?: string; pushedRequestUrl?: string };
    token?: { url?: string };
    refresh?: { url?: string };
    revoke?: { url?: string };
  };
}

/**
 * The origins that secrets are sent to under these settings, and the one where people approve. The API is among them when
 * its base URL holds a secret value, and so are its allowed hosts when every call has one. Secrets entered for some of
 * them are not sent to others without being entered again.
 *
 * @param path - only those that the secret at this path goes to
 * @public
 */
export function secretOrigins(
  settings: OriginSettings,
  path?: string,
): Set<string> {
  if (path?.startsWith('api.')) return apiOrigins(settings);
  const [, instanceName] = /^instance\.(.*)$/.exec(path ?? '') ?? [];
  const goesToApi =
    (path === undefined || instanceName !== undefined) &&
    hasApiSecret(settings, instanceName);
  const origins = originsOf(settings, [
    ...ENDPOINT_SETTINGS.map(
      setting => settingAt(settings, setting) as string | undefined,
    ),
    holdsSecret(settings.baseUrl, settings) ? settings.baseUrl : undefined,
  ]);
  return goesToApi ? new Set([...origins, ...apiOrigins(settings)]) : origins;
}

/** Whether a secret instance value is filled into an address. */
function holdsSecret(
  url: string | undefined,
  { instance }: Pick<OriginSettings, 'instance'>,
): boolean {
  return templateExpressions(url ?? '').some(expression =>
    isSecretValue(instanceValue(expression, instance)),
  );
}

/**
 * The origins that access tokens may be sent to: the base URL's and the allowed hosts'.
 *
 * @public
 */
export function apiOrigins(settings: OriginSettings): Set<string> {
  const origins = originsOf(settings, [settings.baseUrl]);
  for (const host of settings.allowedHosts ?? []) origins.add(`//${host}`);
  return origins;
}

/**
 * The members of `candidate` that are not in `known`.
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
 * The origins of addresses, as far as the values in them are no secrets.
 *
 * @public
 */
export function originsOf(
  settings: Pick<OriginSettings, 'instance'>,
  urls: Array<string | undefined>,
): Set<string> {
  const origins = new Set<string>();
  for (const url of urls) {
    if (!url) continue;
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
 * Returns the host of an address; undefined where it is none.
 *
 * @public
 */
export function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host : undefined;
}

/**
 * The host of an origin, as people are told of it.
 *
 * @public
 */
export function hostOfOrigin(origin: string): string {
  return origin.replace(/^[a-z]*:?\/\//, '');
}
