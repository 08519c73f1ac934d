import { isReadable } from './legibility';
import { ProviderContext } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { TemplateValues, resolveText } from '../settings/templates';

/** RFC 6749 section 3.3: scope-token = 1*NQCHAR. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * The scopes as the provider wants them joined (RFC 6749 section 3.3), or nothing where none are configured: an empty
 * `scope` parameter is never sent.
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

/** Whether an authorization request has a scope, as the provider reads it. */
export function sendsScope(
  { auth }: ProviderContext,
  values: TemplateValues,
  wanted: string,
): boolean {
  // The empty name leaves the parameter out.
  if (auth.authorize.rename?.scope === '') return false;
  return auth.scopes.some(scope => {
    try {
      const sent = resolveText(scope, values);
      return sent.split(auth.scopeSeparator).includes(wanted);
    } catch {
      // A template without a value is reported where the request is made.
      return false;
    }
  });
}

/**
 * The configured scopes with their templates filled.
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
 * A granted scope in the one form in which it is stored: space separated. Providers write it as a string with spaces or
 * commas, or as a list. Text that repeats a token is no scope, and neither is what cannot be read.
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
 * The resource indicators (RFC 8707 section 2): absolute URIs without a fragment.
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
