import { BareSettings, resolveInstance, Secrets } from './secrets';
import { SettingsError } from './SettingsError';
import { resolveUrl } from './templates';

/** Returns the header that carries a token to the API. */
export function tokenHeader(
  settings: BareSettings,
  accessToken: string,
): Record<string, string> {
  const { name, prefix } = settings.auth.header;
  return { [name]: prefix ? `${prefix} ${accessToken}` : accessToken };
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
    return resolveUrl(settings.baseUrl, { instance, kept });
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}
