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
 * its base URL holds a secret value. Secrets entered for some of them are not sent to others without being entered again.
 *
 * @public
 */
export function secretOrigins(settings: OriginSettings): Set<string> {
  return originsOf(settings, [
    ...ENDPOINT_SETTINGS.map(
      path => settingAt(settings, path) as string | undefined,
    ),
    holdsSecret(settings.baseUrl, settings) ? settings.baseUrl : undefined,
  ]);
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
