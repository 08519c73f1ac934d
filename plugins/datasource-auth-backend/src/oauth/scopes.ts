import { isReadable } from './legibility';
import { ProviderContext } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { TemplateValues, resolveText } from '../settings/templates';

/** RFC 6749 section 3.3: scope-token = 1*NQCHAR. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Returns the scopes joined for the provider (RFC 6749 section 3.3), or undefined without scopes: an empty `scope` parameter
 * is never sent.
 *
 * @throws SettingsError
 */
export function scopeParameter(
  context: ProviderContext,
  values: TemplateValues,
): string | undefined {
  const scopes = requestedScopes(context, values);
  return scopes.length ? scopes.join(context.auth.scopeSeparator) : undefined;
}

/** Returns whether an authorization request has a scope, as the provider reads it. */
export function sendsScope(
  { auth }: ProviderContext,
  values: TemplateValues,
  wanted: string,
): boolean {
  // An empty name omits the parameter.
  if (auth.authorize.rename?.scope === '') return false;
  return auth.scopes.some(scope => {
    try {
      const sent = resolveText(scope, values);
      return sent.split(auth.scopeSeparator).includes(wanted);
    } catch {
      // A template without a value is reported when the request is made.
      return false;
    }
  });
}

/**
 * Returns the configured scopes with their templates filled in.
 *
 * @throws SettingsError
 */
function requestedScopes(
  { auth }: ProviderContext,
  values: TemplateValues,
): string[] {
  return auth.scopes.map(scope => {
    const resolved = resolveText(scope, values);
    if (!SCOPE.test(resolved)) {
      throw new SettingsError('scopeCharacters');
    }
    return resolved;
  });
}

/**
 * Returns a granted scope in its stored form, separated by spaces. Providers return a string with spaces or commas, or a
 * list. Texts that repeat a token or can't be decoded aren't scopes.
 *
 * @param tokens - the token values of the same response
 */
export function readScope(
  value: unknown,
  tokens: readonly string[] = [],
): string | undefined {
  const list = Array.isArray(value) ? value : [value];
  const texts = list.filter(
    (scope): scope is string => typeof scope === 'string',
  );
  const whole = texts.join(' ');
  if (tokens.some(token => token.length >= 4 && whole.includes(token)))
    return undefined;
  const scopes = texts
    .flatMap(scope => scope.split(/[\s,]+/))
    .filter(scope => scope && isReadable(scope));
  return scopes.length ? [...new Set(scopes)].join(' ') : undefined;
}

/**
 * Returns the resource indicators (RFC 8707 section 2): absolute URIs without a fragment.
 *
 * @throws SettingsError
 */
export function resourceParameters(
  { auth }: ProviderContext,
  values: TemplateValues,
): string[] {
  return (auth.resource ?? []).map(resource => {
    const resolved = resolveText(resource, values);
    if (!URL.canParse(resolved) || resolved.includes('#')) {
      throw new SettingsError('resourceNotUri');
    }
    return resolved;
  });
}

/** Returns the requested resources (RFC 8707 section 2.2), and the scope and audience if the grant has them. */
export function requestTargets(
  context: ProviderContext,
  values: TemplateValues,
  wanted: { scope?: boolean; audience?: boolean },
): URLSearchParams {
  const parameters = new URLSearchParams();
  const scope = wanted.scope ? scopeParameter(context, values) : undefined;
  if (scope) parameters.set('scope', scope);
  const { audience } = context.auth;
  if (wanted.audience && audience)
    parameters.set('audience', resolveText(audience, values));
  for (const resource of resourceParameters(context, values))
    parameters.append('resource', resource);
  return parameters;
}
