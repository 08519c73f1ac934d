import {
  ClientCredential,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { everyKind } from './everyKind';
import { Field, FIELD_AREAS, FieldArea, Fields } from './Field';
import { GrantFields, GRANTS_ON_PAGE } from './grants';
import { beforeGrants, behindGrants } from './oauth2';

type Parts =
  | typeof everyKind
  | typeof beforeGrants
  | GrantFields
  | typeof behindGrants;

/** The fields of each part, by area. */
type Areas<P> = P extends unknown ? P[keyof P] : never;

type Ids<A> = A extends unknown ? keyof A & string : never;

/** ID of a setting, which selects its label and help text. */
export type FieldId = Ids<Areas<Parts>>;

type WithFlag<A, Flag extends string> = A extends unknown
  ? { [I in keyof A]: A[I] extends Record<Flag, true> ? I : never }[keyof A]
  : never;

/** IDs of the settings that have a help text. */
export type HelpId = WithFlag<Areas<Parts>, 'help'>;

/** IDs of the settings with a checkbox that omits them. */
export type OmittableId = WithFlag<Areas<Parts>, 'omittable'>;

/** A setting with all its metadata. */
export interface FieldSpec extends Field {
  id: FieldId;
  area: FieldArea;
  /** Set if only this grant has it. */
  grantType?: GrantType;
}

const PARTS: readonly { fields: Fields; grantType?: GrantType }[] = [
  { fields: everyKind },
  { fields: beforeGrants },
  ...Object.entries(GRANTS_ON_PAGE).map(([grantType, { fields }]) => ({
    fields,
    grantType: grantType as GrantType,
  })),
  { fields: behindGrants },
];

/**
 * Every setting, once, in the order of the page. The form, its defaults, the summary of unsaved changes, the conflict
 * view, and the check for outdated credentials all use this table.
 */
export const FIELD_LIST: readonly FieldSpec[] = FIELD_AREAS.flatMap(area =>
  PARTS.flatMap(({ fields, grantType }) =>
    Object.entries(fields[area] ?? {}).map(([id, field]) => ({
      ...field,
      id: id as FieldId,
      area,
      grantType,
    })),
  ),
);

/** The settings by ID. */
export const FIELDS = Object.fromEntries(
  FIELD_LIST.map(field => [field.id, field]),
) as Readonly<Record<FieldId, FieldSpec>>;

/** Returns whether a setting applies to a grant and to the client's kind of credential. */
export function appliesTo(
  field: FieldSpec,
  grantType: string,
  credential?: ClientCredential,
): boolean {
  const { grantType: only, credential: wanted } = field;
  return (
    (!only || only === grantType) &&
    (!credential || !wanted || wanted === credential)
  );
}

/** Returns the setting for the dotted path of an error: an exact match, or the nearest parent. */
export function fieldOfPath(path: string): FieldSpec | undefined {
  return FIELD_LIST.filter(
    field => path === field.path || path.startsWith(`${field.path}.`),
  ).sort((a, b) => b.path.length - a.path.length)[0];
}
