import {
  GrantType,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import {
  TemplateValues,
  resolveHeader,
  resolveText,
  resolveUrl,
} from '../settings/templates';
import { OwnForm, ownForm } from './ownForm';
import { Parameter } from './queryString';
import { instanceNamesIn } from './unknownInstanceValue';

/** Purpose of a call to a provider, which decides what an error means. A grant type is its token request. */
export type ExchangeStep =
  | 'authorize'
  | 'push'
  | GrantType
  | 'refresh'
  | 'then'
  | 'revoke'
  | 'discovery';

/** How a provider expects one call, with templates filled in. */
export interface ProviderCall {
  step: ExchangeStep;
  /** Includes the query of the settings. */
  url: string;
  /** Origin and path for users. Templates in the path aren't filled in, because their values can be secret. */
  endpoint: string;
  /** Names of the instance values in the URL. */
  instance: string[];
  method: 'POST' | 'GET';
  contentType: 'form' | 'json' | 'query';
  /** Extra parameters of the body. */
  parameters: Parameter[];
  /** Extra parameters of the query. */
  query: Parameter[];
  headers: Record<string, string>;
  /** What the request has in place of the form of the RFC. Templates unfilled, because its parameters fill them. */
  own?: OwnForm;
  rename: Record<string, string>;
  /** Replaces the grant type of the RFC. Empty omits it. */
  grantType?: string;
}

/**
 * Returns the call of the token endpoint, or of a refresh, which can have its own URL, method and parameters.
 *
 * @throws SettingsError
 */
export function tokenCall(
  context: ProviderContext,
  step: GrantType | 'refresh',
  given: TemplateValues,
): ProviderCall {
  const values = { ...given, now: String(Math.floor(Date.now() / 1_000)) };
  const { token, refresh } = context.auth;
  const refreshing = step === 'refresh';
  const url = (refreshing && refresh?.url) || token.url;
  if (!url) throw new SettingsError('tokenUrlMissing');
  // What belongs to one approval has no value any more.
  const shared = <T extends string | undefined>(
    texts: Record<string, T> = {},
  ) => (refreshing ? withoutApproval(texts) : texts);
  const parameters =
    (refreshing ? refresh?.params : undefined) ?? shared(token.params);
  const grantType = refreshing ? refresh?.grantType : token.grantType;
  return {
    step,
    ...addressOf(url, values),
    method: (refreshing && refresh?.method) || token.method,
    contentType:
      (refreshing && refresh?.contentType) ||
      (token.body ? 'json' : token.contentType),
    parameters: resolveParameters(parameters, values),
    query: resolveParameters(shared(token.query), values),
    headers: resolveHeaders(shared(token.headers), values),
    own: ownForm(context, values, step),
    rename: token.rename ?? {},
    // A custom grant type applies to the first request. Refreshes have their own setting.
    grantType: grantType && resolveText(grantType, values),
  };
}

/** The templates that only the token request after an approval fills. */
const OF_APPROVAL = ['redirectUri', 'state', 'nonce'];

function withoutApproval<T extends string | undefined>(
  texts: Record<string, T>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([, text]) =>
        !templateExpressions(text ?? '').some(expression =>
          OF_APPROVAL.includes(expression),
        ),
    ),
  );
}

/**
 * Returns a call that has no settings besides its URL (pushed authorization request, revocation).
 *
 * @throws SettingsError
 */
export function plainCall(
  step: 'push' | 'revoke',
  url: string,
  values: TemplateValues,
): ProviderCall {
  return {
    step,
    ...addressOf(url, values),
    method: 'POST',
    contentType: 'form',
    parameters: [],
    query: [],
    headers: {},
    rename: {},
  };
}

/**
 * Returns where a call goes, and how people see it.
 *
 * @throws SettingsError
 */
export function addressOf(template: string, values: TemplateValues) {
  const url = resolveUrl(template, values);
  const path = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(template)?.[1] || '/';
  return {
    url,
    endpoint: `${new URL(url).origin}${path}`,
    instance: instanceNamesIn(template.split(/[?#]/)[0]),
  };
}

/**
 * Fills in the templates of extra parameters.
 *
 * @throws SettingsError
 */
export function resolveParameters(
  parameters: Record<string, string | undefined>,
  values: TemplateValues,
): Parameter[] {
  return Object.entries(parameters)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, value]) => [name, resolveText(value, values)]);
}

/**
 * Fills in the templates of extra headers.
 *
 * @throws SettingsError
 */
export function resolveHeaders(
  headers: Record<string, string | undefined>,
  values: TemplateValues,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter((entry): entry is [string, string] => Boolean(entry[1]))
      .map(([name, value]) => [
        name.toLowerCase(),
        resolveHeader(name, value, values),
      ]),
  );
}
