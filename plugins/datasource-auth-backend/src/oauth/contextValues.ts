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

/** The template values that every step has. */
export function valuesOf({ instance, kept }: ProviderContext): TemplateValues {
  return { instance, kept };
}

/**
 * The configured issuer, templates filled.
 *
 * @throws SettingsError
 */
export function issuerOf(context: ProviderContext): string | undefined {
  const { issuer } = context.auth;
  return issuer ? resolveUrl(issuer, valuesOf(context)) : undefined;
}

/** What error texts refer to. */
export function subjectOf(context: ProviderContext): ErrorSubject {
  const { name, auth, redirectUri } = context;
  return {
    name,
    clientId: auth.clientId,
    redirectUri,
    scopes: shownScopes(context).join(' '),
    grantType: auth.grantType,
    clientCredential: clientCredentialOf(auth),
  };
}

/** The requested scopes as the provider sees them; a template that cannot be filled, or holds a secret, stays. */
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

/** Shorter values of parameters are words like `consent`, and taking those out would garble every text. */
const SHORTEST_SECRET_PARAMETER = 16;

/**
 * Everything in a context that is or may be a secret: a provider can echo what it was sent.
 */
export function secretsOf({
  auth,
  secrets: marked,
}: ProviderContext): string[] {
  const { token, refresh } = auth;
  const parameters = [token.params, token.query, token.headers, refresh?.params]
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

/** What the Basic scheme sends as base64, form-encoded and not. */
function basicPairs(auth: ResolvedAuth): string[] {
  if (!auth.clientSecret) return [];
  const pair = basicCredentials(auth);
  return [pair.join(':'), pair.map(formEncode).join(':')];
}
