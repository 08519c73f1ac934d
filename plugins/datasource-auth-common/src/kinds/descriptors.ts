import { GRANT_TYPES, GRANTS, GrantType } from '../grants';
import {
  CredentialPlaces,
  KindDefinition,
  KindDescriptor,
} from './KindDescriptor';
import { jwt } from './jwt';
import { none } from './none';
import { oauth2 } from './oauth2Kind';
import { staticKind } from './static';

export type { KindDescriptor };

/**
 * How an API authenticates.
 *
 * @public
 */
export type Kind = 'oauth2' | 'static' | 'jwt' | 'none';

/** The kinds without the schemas of their settings. */
const DEFINITIONS = {
  oauth2,
  static: staticKind,
  jwt,
  none,
} as const satisfies Record<Kind, KindDefinition<never>>;

/** Paths of the settings that kinds require. */
export type KindSetting = {
  [K in Kind]: keyof (typeof DEFINITIONS)[K]['labels'];
}[Kind];

/**
 * The kinds of credential, by their name in the settings. To add one, create a file here, in the backend's `kinds` and
 * in the page's `kinds`; the compiler reports what is missing.
 *
 * @public
 */
export const KINDS: Readonly<Record<Kind, KindDescriptor>> = DEFINITIONS;

/**
 * The names of all kinds, in the order in which they are offered.
 *
 * @public
 */
export const KIND_NAMES = Object.keys(DEFINITIONS) as [Kind, ...Kind[]];

/**
 * The part of the `auth` settings that names their kind. The default is OAuth 2.0.
 *
 * @public
 */
export interface KindSettings {
  /** The kind. */
  type?: Kind;
}

/**
 * Returns the kind of settings, as they are stored, written or typed.
 *
 * @public
 */
export function kindOf({ type = 'oauth2' }: KindSettings): Kind {
  return type;
}

/**
 * Returns whether the settings contain the whole credential, so that no provider issues one and nothing is refreshed.
 *
 * @public
 */
export function isFromSettings<Auth extends KindSettings>(
  auth: Auth,
): auth is Exclude<Auth, { type?: 'oauth2' }> {
  return KINDS[kindOf(auth)].source === 'settings';
}

/**
 * How a credential is obtained: the OAuth 2.0 grant, or the kind of credential that the settings contain.
 *
 * @public
 */
export type GrantOrKind = GrantType | Exclude<Kind, 'oauth2'>;

/**
 * All values of `GrantOrKind`: the grants, then the other kinds.
 *
 * @public
 */
export const GRANTS_AND_KINDS: readonly [GrantOrKind, ...GrantOrKind[]] = [
  ...GRANT_TYPES,
  ...KIND_NAMES.filter(kind => kind !== 'oauth2'),
];

/**
 * Returns how a credential is obtained under these settings.
 *
 * @public
 */
export function grantOrKindOf(
  auth: KindSettings & { grantType?: GrantType },
): GrantOrKind {
  const kind = kindOf(auth);
  return kind === 'oauth2' ? auth.grantType ?? 'authorization_code' : kind;
}

/**
 * Returns whether the settings contain the credential that is obtained in this way.
 *
 * @public
 */
export function isHeldBySettings(way: GrantOrKind): boolean {
  return !Object.hasOwn(GRANTS, way);
}

/** Returns the definition of the kind of these settings. */
function definitionOf(auth: KindSettings): KindDefinition<object> {
  return DEFINITIONS[kindOf(auth)] as unknown as KindDefinition<object>;
}

/** Returns the paths of the required settings, in the order of the page. */
export function requiredOfKind(auth: KindSettings): readonly string[] {
  return definitionOf(auth).required(auth);
}

/**
 * Returns the paths of the secrets that these settings use. Other secrets are neither kept nor requested.
 *
 * @public
 */
export function secretSettingsOf(auth: KindSettings): string[] {
  const { secrets, unusedSecrets } = definitionOf(auth);
  const unused = unusedSecrets(auth);
  return secrets.filter(path => !unused.includes(path));
}

/** Returns the paths of what each person enters, where people have credentials of their own. */
export function personalOfKind(auth: KindSettings, alone: boolean): string[] {
  return [...definitionOf(auth).personal(auth, alone)];
}

/** Returns the names of the headers and query parameters that the credential is sent in. */
export function credentialPlaces(auth: KindSettings): CredentialPlaces {
  return definitionOf(auth).places(auth);
}

/** Labels of the settings that kinds require. */
export const KIND_LABELS = Object.assign(
  {},
  ...Object.values(DEFINITIONS).map(({ labels }) => labels),
) as Record<KindSetting, string>;

/** Places of templates in the settings of kinds. */
export const KIND_TEMPLATES = Object.assign(
  {},
  ...Object.values(DEFINITIONS).map(({ templates }) => templates),
) as KindDefinition<never>['templates'];

/** Returns the entries that a list has in the definitions of all kinds, each once. */
export function ofKinds(list: 'secrets' | 'valueMaps' | 'binding'): string[] {
  const all: KindDefinition<never>[] = Object.values(DEFINITIONS);
  return [...new Set(all.flatMap(definition => definition[list]))];
}
