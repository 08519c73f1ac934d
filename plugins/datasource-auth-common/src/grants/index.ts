import { authorizationCode } from './authorizationCode';
import { clientCredentials } from './clientCredentials';
import { GrantDefinition, GrantDescriptor } from './GrantDescriptor';
import { jwtBearer } from './jwtBearer';
import { password } from './password';

export type { GrantDescriptor };

/** The grants with the schemas of their settings. */
export const GRANT_DEFINITIONS = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  jwt_bearer: jwtBearer,
  password,
} as const satisfies Record<GrantType, GrantDefinition>;

/**
 * How a credential is obtained.
 *
 * @public
 */
export type GrantType =
  | 'authorization_code'
  | 'client_credentials'
  | 'jwt_bearer'
  | 'password';

/** Properties of `auth` that belong to single grants. */
export type GrantMembers = UnionToIntersection<
  ReturnType<(typeof GRANT_DEFINITIONS)[GrantType]['members']>
>;

type UnionToIntersection<U> = (
  U extends unknown ? (member: U) => void : never
) extends (member: infer I) => void
  ? I
  : never;

/** Properties of `auth` that belong to one account or client. */
export type PersonalMember =
  (typeof GRANT_DEFINITIONS)[GrantType]['personal'][number];

/** Paths of the settings that grants require. */
export type GrantSetting = {
  [G in GrantType]: keyof (typeof GRANT_DEFINITIONS)[G]['required'];
}[GrantType];

/**
 * The grants by their name in the settings. To add one, create a file here, in the backend's `oauth/grants`, and in the
 * page's `kinds`; the compiler reports what is missing.
 *
 * @public
 */
export const GRANTS: Readonly<Record<GrantType, GrantDescriptor>> = {
  ...GRANT_DEFINITIONS,
};

/**
 * Names of all grants, in display order.
 *
 * @public
 */
export const GRANT_TYPES = Object.keys(GRANT_DEFINITIONS) as [
  GrantType,
  ...GrantType[],
];

/**
 * Returns whether a person must approve the first token.
 *
 * @public
 */
export function isApprovedByPerson(grant: string): boolean {
  return (
    Object.hasOwn(GRANTS, grant) &&
    GRANTS[grant as GrantType].approval === 'person'
  );
}

const NAMES = new Intl.ListFormat('en', { type: 'disjunction' });

/** Error message for an unknown grant type. */
export const UNKNOWN_GRANT_TYPE = `Choose a grant type: ${NAMES.format(
  GRANT_TYPES,
)}`;

/**
 * Merges one list of all grant descriptors, without duplicates.
 *
 * @public
 */
export function ofGrants(
  list:
    | 'secrets'
    | 'valueMaps'
    | 'binding'
    | 'endpoints'
    | 'reserved'
    | 'undroppable'
    | 'personal',
): string[] {
  const all = Object.values(GRANTS);
  return [...new Set(all.flatMap(descriptor => descriptor[list]))];
}
