import { randomUUID } from 'node:crypto';
import {
  replaceTemplates,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from './SettingsError';

/**
 * What the templates of a setting can stand for: `{{instance.x}}`, `{{kept.x}}` and `{{uuid}}` everywhere, the others
 * where the step has them.
 */
export interface TemplateValues {
  instance: Record<string, string>;
  kept: Record<string, string>;
  /** `{{nonce}}`, in the authorize step. */
  nonce?: string;
  /** `{{state}}`, in the authorize step. */
  state?: string;
  /** `{{token.accessToken}}`, in a refresh. */
  accessToken?: string;
}

/**
 * Fills the templates of a parameter or any other text that is encoded afterwards.
 *
 * @throws SettingsError for an expression that is unknown here or has no value
 */
export function resolveText(text: string, values: TemplateValues): string {
  return replaceTemplates(text, expression => valueOf(expression, values));
}

/**
 * Fills the templates of a header value.
 *
 * @throws SettingsError as {@link resolveText} does, and for a value that would end the header
 */
export function resolveHeader(
  name: string,
  text: string,
  values: TemplateValues,
): string {
  const resolved = resolveText(text, values);
  // Latin-1 without control characters is all that a header line can carry.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(resolved)) {
    throw new SettingsError(
      `The value of the header '${name}' contains characters that a header cannot carry`,
    );
  }
  return resolved;
}

type Place = 'host' | 'path' | 'query';

/**
 * Fills the templates of an address, each value encoded for its place. No value can move the host: in the host only
 * letters, digits, dots and dashes are taken, only out of the settings (what a callback or an answer brought along never
 * decides where secrets go), and the host that comes out is the one that was put together.
 *
 * @throws SettingsError
 */
export function resolveUrl(text: string, values: TemplateValues): string {
  const scheme = /^https?:\/\//i.exec(text)?.[0];
  if (!scheme) {
    throw new SettingsError(
      'An address must start with https:// before its first template',
    );
  }
  let place: Place = 'host';
  let url = '';
  const append = (literal: string) => {
    url += literal;
    if (place === 'host' && /[/\\?#]/.test(literal)) place = 'path';
    if (place === 'path' && /[?#]/.test(literal)) place = 'query';
  };

  const literals = text.slice(scheme.length).split(/\{\{[^{}]*\}\}/);
  const expressions = templateExpressions(text);
  literals.forEach((literal, index) => {
    append(literal);
    if (index < expressions.length)
      url += encodeFor(place, expressions[index], values);
  });

  const resolved = scheme + url;
  const authority = url.split(/[/\\?#]/)[0].toLowerCase();
  if (!URL.canParse(resolved)) {
    throw new SettingsError(
      'An address is no URL once its templates are filled',
    );
  }
  const templated = /^https?:\/\/[^/\\?#]*\{\{/i.test(text);
  if (
    templated &&
    new URL(resolved).hostname !== authority.replace(/:\d*$/, '')
  ) {
    throw new SettingsError(
      'A template value would change the host of an address',
    );
  }
  return resolved;
}

function encodeFor(
  place: Place,
  expression: string,
  values: TemplateValues,
): string {
  const value = valueOf(expression, values);
  if (value === '') {
    throw new SettingsError(
      `The template {{${expression}}} in an address has an empty value`,
    );
  }
  if (place === 'host') {
    if (!expression.startsWith('instance.')) {
      throw new SettingsError(
        `{{${expression}}} cannot be part of a host: only {{instance.…}} values can`,
      );
    }
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) {
      throw new SettingsError(
        `The value of {{${expression}}} cannot be part of a host: use letters, digits, dots and dashes`,
      );
    }
    return value;
  }
  if (place === 'path' && /^\.+$/.test(value)) {
    throw new SettingsError(
      `The value of {{${expression}}} would change the path of an address`,
    );
  }
  return encodeURIComponent(value);
}

/** Own members only: `{{instance.constructor}}` is as unknown as any other name. */
function valueOf(expression: string, values: TemplateValues): string {
  const [, from, key] = /^(instance|kept)\.(.+)$/.exec(expression) ?? [];
  let value: string | undefined;
  if (from) {
    const source = values[from as 'instance' | 'kept'];
    value = Object.hasOwn(source, key) ? source[key] : undefined;
  } else if (expression === 'uuid') {
    value = randomUUID();
  } else if (expression === 'nonce') {
    value = values.nonce;
  } else if (expression === 'state') {
    value = values.state;
  } else if (expression === 'token.accessToken') {
    value = values.accessToken;
  }
  if (typeof value === 'string') return value;
  throw new SettingsError(
    from === 'instance'
      ? `The template {{${expression}}} has no value. Fill in '${key}' under the instance fields.`
      : `The template {{${expression.slice(
          0,
          80,
        )}}} is unknown here or has no value yet`,
  );
}
