import { BareSettings, resolveInstance, Secrets } from './secrets';
import { SettingsError } from './SettingsError';
import { resolveUrl } from './templates';

/** Everything that a call of an API needs so that the API accepts it. */
export interface ApiAuthentication {
  headers: Record<string, string>;
  /** Not encoded. */
  query: Record<string, string>;
  /** The secret values in it. */
  secrets: string[];
}

/** Returns the headers and query parameters that carry a token to the API. */
export function apiAuthentication(
  settings: BareSettings,
  accessToken: string,
): ApiAuthentication {
  const { name, prefix } = settings.auth.header;
  return {
    headers: { [name]: prefix ? `${prefix} ${accessToken}` : accessToken },
    query: {},
    secrets: [accessToken],
  };
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
