import { ErrorSubject } from './oauthErrorTexts';
import { ProviderContext } from './ResolvedSettings';
import { TemplateValues, resolveUrl } from './templates';

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
export function subjectOf({
  name,
  auth,
  redirectUri,
}: ProviderContext): ErrorSubject {
  return {
    name,
    clientId: auth.clientId,
    redirectUri,
    scopes: auth.scopes.join(' '),
    grantType: auth.grantType,
  };
}

/** Shorter values of parameters are words like `consent`, and taking those out would garble every text. */
const SHORTEST_SECRET_PARAMETER = 16;

/**
 * Everything in a context that is or may be a secret: a provider can echo what it was sent.
 */
export function secretsOf({ auth }: ProviderContext): string[] {
  const { token, refresh } = auth;
  const parameters = [token.params, token.query, token.headers, refresh?.params]
    .flatMap(values => Object.values(values ?? {}))
    .filter(value => (value?.length ?? 0) >= SHORTEST_SECRET_PARAMETER);
  const secrets = [
    auth.clientSecret,
    // Its base64 is what the Basic scheme sends.
    auth.clientSecret && `${auth.clientId ?? ''}:${auth.clientSecret}`,
    auth.password,
    auth.clientKey?.privateKey,
    ...parameters,
  ];
  return secrets.filter((secret): secret is string => Boolean(secret));
}
