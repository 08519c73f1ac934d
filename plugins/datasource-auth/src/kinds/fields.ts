import {
  ClientCredential,
  GrantOrKind,
  GrantType,
  isHeldBySettings,
  Kind,
} from 'backstage-plugin-datasource-auth-common';
import { certificateFields, senderConstraintFields } from './certificateFields';
import { kindFields, sentFields } from './everyCredential';
import { everyKind } from './everyKind';
import { Field, FIELD_AREAS, FieldArea, Fields } from './Field';
import { GrantFields, GRANTS_ON_PAGE } from './grants';
import { beforeGrants, behindGrants } from './oauth2';
import { staticFields } from './static';

type Parts =
  | typeof everyKind
  | typeof kindFields
  | typeof certificateFields
  | typeof senderConstraintFields
  | typeof sentFields
  | typeof staticFields
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
  /** Only for these kinds of credential. */
  types?: readonly Kind[];
  /** Only for this grant, among those of OAuth 2.0. */
  grantType?: GrantType;
}

const OAUTH: readonly Kind[] = ['oauth2'];

const PARTS: readonly ({ fields: Fields } & Pick<
  FieldSpec,
  'types' | 'grantType'
>)[] = [
  { fields: everyKind },
  { fields: kindFields },
  { fields: staticFields, types: ['static'] },
  { fields: beforeGrants, types: OAUTH },
  ...Object.entries(GRANTS_ON_PAGE).map(
    ([grantType, { fields, sharedWith = [] }]) => ({
      fields,
      types: [...OAUTH, ...sharedWith],
      grantType: grantType as GrantType,
    }),
  ),
  { fields: sentFields, types: ['oauth2', 'static', 'jwt'] },
  { fields: behindGrants, types: OAUTH },
  { fields: senderConstraintFields, types: OAUTH },
  { fields: certificateFields },
];

/**
 * Every setting, once, in the order of the page. The form, its defaults, the summary of unsaved changes, the conflict
 * view, and the check for outdated credentials all use this table.
 */
export const FIELD_LIST: readonly FieldSpec[] = FIELD_AREAS.flatMap(area =>
  PARTS.flatMap(({ fields, types, grantType }) =>
    Object.entries(fields[area] ?? {}).map(([id, field]) => ({
      ...field,
      id: id as FieldId,
      area,
      types,
      grantType,
    })),
  ),
);

/** The settings by ID. */
export const FIELDS = Object.fromEntries(
  FIELD_LIST.map(field => [field.id, field]),
) as Readonly<Record<FieldId, FieldSpec>>;

/** Whether a setting applies to a grant or kind and to the client's kind of credential. */
export function appliesTo(
  field: FieldSpec,
  way: GrantOrKind,
  credential?: ClientCredential,
): boolean {
  const { types, grantType: only, credential: wanted } = field;
  const type = isHeldBySettings(way) ? (way as Kind) : 'oauth2';
  return (
    (!types || types.includes(type)) &&
    (!only || only === way || type !== 'oauth2') &&
    (!credential || !wanted || wanted === credential)
  );
}

/** Returns the setting for the dotted path of an error: an exact match, or the nearest parent. */
export function fieldOfPath(path: string): FieldSpec | undefined {
  return FIELD_LIST.filter(
    field => path === field.path || path.startsWith(`${field.path}.`),
  ).sort((a, b) => b.path.length - a.path.length)[0];
}
