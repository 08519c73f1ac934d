import {
  ClientAuthenticationMethod,
  ClientCredential,
  Kind,
} from 'backstage-plugin-datasource-auth-common';
import { Way } from './ways';

/**
 * How the form holds a setting. `words` are separated by spaces, commas, or lines; `scopes` and `uris` by whitespace
 * only (the schema reports commas); `lines` by commas or lines. `claims` are `values` that keep numbers and booleans.
 * `kept` settings aren't editable and are saved unchanged.
 */
export type FieldKind =
  | 'text'
  | 'url'
  | 'long'
  | 'json'
  | 'date'
  | 'number'
  | 'flag'
  | 'choice'
  | 'words'
  | 'numbers'
  | 'scopes'
  | 'uris'
  | 'lines'
  | 'values'
  | 'claims'
  | 'renames'
  | 'secret'
  | 'literal'
  | 'consumers'
  | 'path'
  | 'routes'
  | 'kept';

/** Types with rows of a name and a value. */
const ROWS: readonly FieldKind[] = ['values', 'claims', 'renames'];

/** Returns whether a field has rows of a name and a value. */
export function hasRows(field: { kind: FieldKind } | undefined): boolean {
  return field !== undefined && ROWS.includes(field.kind);
}

/** Returns whether a field has rows whose values can be secret. */
export function hasSecretRows(field: { kind: FieldKind }): boolean {
  return hasRows(field) && field.kind !== 'renames';
}

/** Areas that few datasources need, in the order of how many presets do. */
const ADVANCED = [
  'clientAuthentication',
  'instance',
  'authorizeRequest',
  'response',
  'renewal',
  'tokenRequest',
  'assertion',
  'handOut',
  'gateway',
  'callback',
  'certificate',
  'clientAssertion',
  'furtherRequest',
  'furtherRefresh',
] as const;

/** Areas of the editor, in the order of the page. */
export const FIELD_AREAS = [
  'general',
  'origin',
  'authentication',
  ...ADVANCED,
] as const;

/** One of {@link FIELD_AREAS}. */
export type FieldArea = (typeof FIELD_AREAS)[number];

/** The areas under *Advanced*, in the order of the page. */
export const ADVANCED_AREAS: readonly (typeof ADVANCED)[number][] = ADVANCED;

/** A setting in the form. */
export interface Field {
  /** Dotted path in the settings, and the field's name in the form. */
  path: string;
  kind: FieldKind;
  /** The default value, which isn't sent. */
  fallback?: string | number;
  options?: readonly string[];
  /** Only for clients with this kind of credential. */
  credential?: ClientCredential;
  /** When a secret, key or certificate expires. Only while the form needs one, or the field has a value. */
  expiry?: boolean;
  /** Only for clients that authenticate in one of these ways, unless it is a secret that is stored or entered. */
  methods?: readonly ClientAuthenticationMethod[];
  /** A multi-line secret, such as a PEM key. A single-line input would lose the line breaks. */
  multiline?: boolean;
  /** Only if the API authenticates in one of these ways, or the field has a value. */
  ways?: readonly Way[];
  /** New rows are secret. */
  secretRows?: boolean;
  /** There is a help text under `help.<id>`. */
  help?: boolean;
  /** Whether empty differs from unset: null in the form, with a checkbox labeled `omit.<id>`. */
  omittable?: boolean;
}

/** Fields by area and ID. The ID selects their label and help text. */
export type Fields = Partial<Record<FieldArea, Record<string, Field>>>;

/** What the page defines for one grant. */
export interface GrantOnPage {
  /** Fields that only this grant has, and these other kinds of credential. */
  fields: Fields;
  sharedWith?: readonly Kind[];
  /** Whether the provider redirects the browser, so that a redirect URI must be registered. */
  hasRedirectUri: boolean;
  /** Steps above a new datasource, by the thing that its provider issues. */
  steps: 'application' | 'serviceAccount';
  /** Key of a warning about choosing this grant. */
  warning?: 'editor.passwordWarning';
}
