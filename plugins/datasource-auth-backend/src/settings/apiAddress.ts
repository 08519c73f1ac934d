import {
  DatasourceNotConfiguredError,
  hasApiSecret,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings, resolveApi, resolveInstance, Secrets } from './secrets';
import { SettingsError } from './SettingsError';
import { resolveHeader, resolveText, resolveUrl } from './templates';

/** Everything that an API call needs to be accepted. */
export interface ApiAuthentication {
  headers: Record<string, string>;
  /** Not encoded. */
  query: Record<string, string>;
  /** Its secret values. */
  secrets: string[];
}

/**
 * Returns the headers and query parameters of an API call: those of the token, and those of the settings.
 *
 * @throws DatasourceNotConfiguredError if a template has no value
 */
export function apiAuthentication(
  { settings, secrets }: { settings: BareSettings; secrets: Secrets },
  { accessToken, kept }: { accessToken: string; kept: Record<string, string> },
): ApiAuthentication {
  const { name, prefix } = settings.auth.header;
  const own: ApiAuthentication = {
    headers: { [name]: prefix ? `${prefix} ${accessToken}` : accessToken },
    query: {},
    secrets: [accessToken],
  };
  if (!settings.api) return own;
  const values = { instance: resolveInstance(settings, secrets), kept };
  const texts = resolveApi(settings, secrets);
  for (const map of ['headers', 'query'] as const) {
    for (const [key, text] of Object.entries(texts[map] ?? {})) {
      const resolved = resolveApiValue(settings.name, () =>
        map === 'headers'
          ? resolveHeader(key, text, values)
          : resolveText(text, values),
      );
      own[map][key] = resolved;
      const inTemplates = templateExpressions(text).flatMap(
        expression => secrets.get(expression) ?? [],
      );
      const isSecret = secrets.has(`api.${map}.${key}`);
      if (isSecret || inTemplates.length > 0) own.secrets.push(resolved);
      own.secrets.push(...inTemplates);
    }
  }
  return own;
}

function resolveApiValue(name: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new DatasourceNotConfiguredError(
      `The API of datasource '${name}' can't be called: ${error.message.replace(
        /\.?$/,
        '.',
      )} Correct the headers and query parameters of its API requests.`,
    );
  }
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
      ...{ instance, kept, keepHosts: settings.auth.response.keepHosts },
      allowsSubdomains: !hasSecret,
    });
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}
