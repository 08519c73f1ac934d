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

/** The fields of each area of each part. */
type Areas<P> = P extends unknown ? P[keyof P] : never;

type Ids<A> = A extends unknown ? keyof A & string : never;

/** The id of a setting, under which its label and help are translated. */
export type FieldId = Ids<Areas<Parts>>;

type WithFlag<A, Flag extends string> = A extends unknown
  ? { [I in keyof A]: A[I] extends Record<Flag, true> ? I : never }[keyof A]
  : never;

/** The ids of the settings that have a help text. */
export type HelpId = WithFlag<Areas<Parts>, 'help'>;

/** The ids of the settings with a checkbox that omits them. */
export type OmittableId = WithFlag<Areas<Parts>, 'omittable'>;

/** A setting with everything that is known of it. */
export interface FieldSpec extends Field {
  id: FieldId;
  area: FieldArea;
  /** Only for this grant. */
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
 * Every setting a person can make, once, in the order of the page: the form, its defaults, the summary of unsaved
 * changes, the conflict view and the out-of-date check all read this table.
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

/** The settings by their id. */
export const FIELDS = Object.fromEntries(
  FIELD_LIST.map(field => [field.id, field]),
) as Readonly<Record<FieldId, FieldSpec>>;

/** Whether a setting has a meaning for a grant, and for what the client has. */
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

/** The setting that a dotted path of an error belongs to: the path itself, or the nearest one above it. */
export function fieldOfPath(path: string): FieldSpec | undefined {
  return FIELD_LIST.filter(
    field => path === field.path || path.startsWith(`${field.path}.`),
  ).sort((a, b) => b.path.length - a.path.length)[0];
}
