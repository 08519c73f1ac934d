import {
  clientCredentialOf,
  SECRET_SETTINGS,
  settingAt,
} from 'backstage-plugin-datasource-auth-common';
import { basicCredentials } from './clientAuthentications/basicCredentials';
import { formEncode } from './clientAuthentications/clientSecretBasic';
import { ErrorSubject } from './oauthErrorTexts';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';
import { TemplateValues, resolveText, resolveUrl } from '../settings/templates';

/** Returns the template values for every step. */
export function valuesOf({
  auth,
  instance,
  kept,
}: ProviderContext): TemplateValues {
  return { instance, kept, keepHosts: auth.response.keepHosts };
}

/**
 * Returns the configured issuer with its templates filled in.
 *
 * @throws SettingsError
 */
export function issuerOf(context: ProviderContext): string | undefined {
  const { issuer } = context.auth;
  return issuer ? resolveUrl(issuer, valuesOf(context)) : undefined;
}

/** Returns what error texts refer to. */
export function subjectOf(context: ProviderContext): ErrorSubject {
  const { name, auth, instance, redirectUri, secrets = [] } = context;
  return {
    name,
    clientId: auth.clientId,
    redirectUri,
    instance: Object.fromEntries(
      Object.entries(instance).filter(
        ([, value]) => typeof value === 'string' && !secrets.includes(value),
      ),
    ),
    scopes: shownScopes(context).join(' '),
    grantType: auth.grantType,
    clientCredential: clientCredentialOf(auth),
  };
}

/** Returns the requested scopes. Templates without a value or with a secret stay. */
function shownScopes(context: ProviderContext): string[] {
  const { auth, secrets = [] } = context;
  return auth.scopes.map(scope => {
    try {
      const filled = resolveText(scope, valuesOf(context));
      return secrets.some(secret => filled.includes(secret)) ? scope : filled;
    } catch {
      return scope;
    }
  });
}

/** Shorter values of parameters are words such as `consent`. Masking them would garble texts. */
const SHORTEST_SECRET_PARAMETER = 16;

/**
 * Returns everything in a context that is or may be a secret, because a provider can echo its input.
 */
export function secretsOf({
  auth,
  secrets: marked,
}: ProviderContext): string[] {
  const { token, refresh } = auth;
  const { then } = token;
  const parameters = [
    ...[token.params, token.query, token.headers, refresh?.params],
    ...[then?.params, then?.query, then?.headers],
  ]
    .flatMap(values => Object.values(values ?? {}))
    .filter(value => (value?.length ?? 0) >= SHORTEST_SECRET_PARAMETER);
  const secrets = [
    ...SECRET_SETTINGS.map(
      path => settingAt({ auth }, path) as string | undefined,
    ),
    ...basicPairs(auth),
    ...parameters,
    ...(marked ?? []),
  ];
  return secrets.filter((secret): secret is string => Boolean(secret));
}

/** Returns the base64 values of the Basic scheme, with and without form-encoding. */
function basicPairs(auth: ResolvedAuth): string[] {
  if (!auth.clientSecret) return [];
  const pair = basicCredentials(auth);
  return [pair.join(':'), pair.map(formEncode).join(':')];
}
