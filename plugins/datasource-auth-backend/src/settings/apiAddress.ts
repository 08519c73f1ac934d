import {
  hasApiSecret,
  hostOf,
  oauth2Settings,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings, resolveInstance, Secrets } from './secrets';
import { SettingsError } from './SettingsError';
import { resolveUrl } from './templates';

/** Returns the host that calls of an API go to, if the settings say it. */
export function apiHostOf({
  settings,
  secrets,
}: {
  settings: BareSettings;
  secrets: Secrets;
}): string | undefined {
  return hostOf(resolveBaseUrl(settings, secrets, {}));
}

/** Returns the base URL with its templates filled in, or undefined if it or a value is missing. */
export function resolveBaseUrl(
  settings: BareSettings,
  secrets: Secrets,
  kept: Record<string, string>,
): string | undefined {
  if (!settings.baseUrl) return undefined;
  try {
    const instance = resolveInstance(settings, secrets);
    const hasSecret =
      hasApiSecret(settings) ||
      templateExpressions(settings.baseUrl).some(each => secrets.has(each));
    return resolveUrl(settings.baseUrl, {
      ...{
        instance,
        kept,
        keepHosts: oauth2Settings(settings.auth)?.response.keepHosts,
      },
      allowsSubdomains: !hasSecret,
    });
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

/**
 * Returns every origin that calls can go to, or undefined if the base URL or a value is missing. Allowed hosts are called
 * over HTTPS, or as the base URL is.
 */
export function callOrigins(
  { settings, secrets }: { settings: BareSettings; secrets: Secrets },
  kept: Record<string, string> = {},
): string[] | undefined {
  const baseUrl = resolveBaseUrl(settings, secrets, kept);
  if (!baseUrl) return undefined;
  const { origin, protocol } = new URL(baseUrl);
  const hosts = (settings.allowedHosts ?? []).flatMap(host =>
    ['https:', protocol].map(scheme => new URL(`${scheme}//${host}`).origin),
  );
  return [...new Set([origin, ...hosts])];
}
