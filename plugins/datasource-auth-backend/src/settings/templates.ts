import { randomUUID } from 'node:crypto';
import {
  authorityName,
  hostExpression,
  hostOfKept,
  isAuthority,
  isKeptHost,
  replaceTemplates,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from './SettingsError';

/**
 * The values of templates in a setting: `{{instance.x}}`, `{{kept.x}}` and `{{uuid}}` everywhere, the others only in
 * their step.
 */
export interface TemplateValues {
  instance: Record<string, string>;
  kept: Record<string, string>;
  /** The hosts that kept values may choose. */
  keepHosts?: Readonly<Record<string, readonly string[]>>;
  /** Whether they may choose subdomains, because nothing secret but the token goes there. */
  allowsSubdomains?: boolean;
  /** `{{nonce}}`, in the authorize request and the token request after it. */
  nonce?: string;
  /** `{{state}}`, in the same requests. */
  state?: string;
  /** `{{redirectUri}}`, in the token request that follows an approval. */
  redirectUri?: string;
  /** `{{now}}`, in token requests and refreshes: seconds since 1970. */
  now?: string;
  /** `{{scopes}}`, in the assertion of a grant: joined as in a request. */
  scopes?: string;
  /** `{{answer.x}}`, in a further request: fields of the first response, by what follows the dot. */
  answer?: Readonly<Record<string, string>>;
  /** `{{token.accessToken}}`, in a refresh. */
  accessToken?: string;
  /** `{{clientSecret}}`, `{{code}}` and similar, only if a token request has its own body or header. */
  credentials?: Readonly<Record<string, string | undefined>>;
}

/**
 * Fills in the templates of a parameter or any other text that is encoded afterwards.
 *
 * @throws SettingsError if an expression is unknown here or has no value
 */
export function resolveText(text: string, values: TemplateValues): string {
  return replaceTemplates(text, expression => valueOf(expression, values));
}

/**
 * Fills in the templates of a header value.
 *
 * @throws SettingsError as {@link resolveText} does, and if a value would end the header
 */
export function resolveHeader(
  name: string,
  text: string,
  values: TemplateValues,
): string {
  const resolved = resolveText(text, values);
  // A header line carries only Latin-1 without control characters.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(resolved)) {
    throw new SettingsError('headerCharacters', { name });
  }
  return resolved;
}

type Place = 'host' | 'path' | 'query';

/**
 * Fills in the templates of a URL and encodes each value for its place. No value can move the host: a host accepts only
 * letters, digits, dots and dashes, only from the settings (never from a callback or response), and the parsed host
 * must equal the composed one.
 *
 * @throws SettingsError
 */
export function resolveUrl(text: string, values: TemplateValues): string {
  const scheme = /^https?:\/\//i.exec(text)?.[0];
  if (!scheme) {
    throw new SettingsError('urlScheme');
  }
  const expression = hostExpression(text);
  const host = expression && wholeHost(expression, values);
  let place: Place = host ? 'path' : 'host';
  let url = host || '';
  const rest = host
    ? text.slice(scheme.length).replace(/^\{\{[^{}]*\}\}/, '')
    : text.slice(scheme.length);
  const append = (literal: string) => {
    url += literal;
    if (place === 'host' && /[/\\?#]/.test(literal)) place = 'path';
    if (place === 'path' && /[?#]/.test(literal)) place = 'query';
  };

  const literals = rest.split(/\{\{[^{}]*\}\}/);
  const expressions = templateExpressions(rest);
  literals.forEach((literal, index) => {
    append(literal);
    if (index < expressions.length)
      url += encodeFor(place, expressions[index], values);
  });

  const resolved = scheme + url;
  const authority = url.split(/[/\\?#]/)[0].toLowerCase();
  if (!URL.canParse(resolved)) {
    throw new SettingsError('urlInvalid');
  }
  const templated = /^https?:\/\/[^/\\?#]*\{\{/i.test(text);
  if (
    templated &&
    new URL(resolved).hostname !== authority.replace(/:\d*$/, '')
  ) {
    throw new SettingsError('urlHostChanged');
  }
  return resolved;
}

/** Returns the host that a template is replaced with, or undefined if the template may only be part of a host. */
function wholeHost(
  expression: string,
  values: TemplateValues,
): string | undefined {
  const template = `{{${expression.slice(0, 80)}}}`;
  const name = authorityName(expression);
  if (name !== undefined) {
    const value = valueOf(`instance.${name}`, values);
    if (!isAuthority(value))
      throw new SettingsError('authorityInvalid', { template });
    return value.replace(/\/$/, '');
  }
  const [, key = ''] = /^kept\.(.+)$/.exec(expression) ?? [];
  const { keepHosts = {}, allowsSubdomains = false } = values;
  if (!Object.hasOwn(keepHosts, key)) return undefined;
  const host = hostOfKept(valueOf(expression, values));
  const exact = !allowsSubdomains;
  if (host === undefined || !isKeptHost(host, keepHosts[key], { exact }))
    throw new SettingsError('keptHostUnknown', { template });
  return host;
}

function encodeFor(
  place: Place,
  expression: string,
  values: TemplateValues,
): string {
  const template = `{{${expression}}}`;
  const value = valueOf(expression, values);
  if (value === '') {
    throw new SettingsError('templateEmpty', { template });
  }
  if (place === 'host') {
    if (!expression.startsWith('instance.')) {
      throw new SettingsError('templateNotForHost', {
        template,
        allowed: '{{instance.…}}',
      });
    }
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) {
      throw new SettingsError('templateHostCharacters', { template });
    }
    return value;
  }
  if (place === 'path' && /^\.+$/.test(value)) {
    throw new SettingsError('templatePathChanged', { template });
  }
  return encodeURIComponent(value);
}

/** Reads own properties only, so that `{{instance.constructor}}` is unknown. */
function valueOf(expression: string, values: TemplateValues): string {
  const [, from, key] = /^(instance|kept|answer)\.(.+)$/.exec(expression) ?? [];
  let value: string | undefined;
  if (from) {
    const source = values[from as 'instance' | 'kept' | 'answer'] ?? {};
    value = Object.hasOwn(source, key) ? source[key] : undefined;
  } else if (expression === 'uuid') {
    value = randomUUID();
  } else {
    const named: Record<string, string | undefined> = {
      scopes: values.scopes,
      ...values.credentials,
      nonce: values.nonce,
      state: values.state,
      redirectUri: values.redirectUri,
      now: values.now,
      'token.accessToken': values.accessToken,
    };
    value = Object.hasOwn(named, expression) ? named[expression] : undefined;
  }
  if (typeof value === 'string') return value;
  throw from === 'instance'
    ? new SettingsError('instanceValueMissing', {
        template: `{{${expression}}}`,
        name: key,
      })
    : new SettingsError('templateUnknown', {
        template: `{{${expression.slice(0, 80)}}}`,
      });
}
