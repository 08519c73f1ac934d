import { ClientCredential } from 'backstage-plugin-datasource-auth-common';

/**
 * How a setting is held in the form. `words` are separated by spaces, commas or lines, `scopes` and `uris` by white
 * space only (a comma is a mistake that the schema points at), `lines` by commas or lines. `claims` are `values` of which
 * a number or boolean stays one. `kept` ones are not edited:
 * they stay with the settings as they are.
 */
export type FieldKind =
  | 'text'
  | 'url'
  | 'long'
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

/** Rows of a name and a value each. */
const ROWS: readonly FieldKind[] = ['values', 'claims', 'renames'];

/** Whether a field has rows of a name and a value. */
export function hasRows(field: { kind: FieldKind } | undefined): boolean {
  return field !== undefined && ROWS.includes(field.kind);
}

/** Whether a field has rows whose values can be secret. */
export function hasSecretRows(field: { kind: FieldKind }): boolean {
  return hasRows(field) && field.kind !== 'renames';
}

/** Where in the editor a field stands, in the order of the page. */
export const FIELD_AREAS = [
  'general',
  'origin',
  'authentication',
  'authorizeRequest',
  'callback',
  'clientAuthentication',
  'tokenRequest',
  'renewal',
  'response',
  'handOut',
  'instance',
  'gateway',
] as const;

/** One of {@link FIELD_AREAS}. */
export type FieldArea = (typeof FIELD_AREAS)[number];

/** A setting as the form has it. */
export interface Field {
  /** Dotted path in the settings, and the field's name in the form. */
  path: string;
  kind: FieldKind;
  /** What applies when nothing is said; such a value is not sent. */
  fallback?: string | number;
  options?: readonly string[];
  /** Only for clients that have this. */
  credential?: ClientCredential;
  /** A secret of several lines, such as a key in PEM format: one line would lose its line breaks. */
  multiline?: boolean;
  /** There is a help text under `help.<id>`. */
  help?: boolean;
  /** An empty value differs from an absent one: null in the form, with a checkbox named `omit.<id>`. */
  omittable?: boolean;
}

/** Fields by their area, then by the id under which their label and help are translated. */
export type Fields = Partial<Record<FieldArea, Record<string, Field>>>;

/** What the page has for one grant. */
export interface GrantOnPage {
  /** Fields that only this grant has. */
  fields: Fields;
  /** The provider sends a browser back, so people have to register an address there. */
  hasRedirectUri: boolean;
  /** Key of a text that warns whoever chooses the grant. */
  warning?: 'editor.passwordWarning';
}
