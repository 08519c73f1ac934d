import { GRANTS, GrantType } from '../grants';
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

/** The kinds with the schemas of their settings left out. Each of them knows the shape of its own settings. */
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
 * The kinds of credential, by their name in the settings. A new one is a file here, in the backend's `kinds` and in the
 * page's `kinds`; the compiler names what it misses.
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
 * The part of the `auth` settings that says which kind they are. Without a type it is OAuth 2.0.
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
 * Returns whether the settings hold the whole credential, so that no provider issues one and nothing is refreshed.
 *
 * @public
 */
export function isFromSettings<Auth extends KindSettings>(
  auth: Auth,
): auth is Exclude<Auth, { type?: 'oauth2' }> {
  return KINDS[kindOf(auth)].source === 'settings';
}

/**
 * How a credential is obtained: by a grant of OAuth 2.0, or as the kind of credential that the settings hold.
 *
 * @public
 */
export type GrantOrKind = GrantType | Exclude<Kind, 'oauth2'>;

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
 * Returns whether the settings hold what is obtained so.
 *
 * @public
 */
export function isHeldBySettings(way: GrantOrKind): boolean {
  return !Object.hasOwn(GRANTS, way);
}

/** Returns the definition for these settings, which only they fit. */
function definitionOf(auth: KindSettings): KindDefinition<object> {
  return DEFINITIONS[kindOf(auth)] as unknown as KindDefinition<object>;
}

/** Returns the paths of the settings without which there is no credential, in the order of the page. */
export function requiredOfKind(auth: KindSettings): readonly string[] {
  return definitionOf(auth).required(auth);
}

/**
 * Returns the paths of the secrets that these settings use. Other secrets are neither kept nor asked for.
 *
 * @public
 */
export function secretSettingsOf(auth: KindSettings): string[] {
  const { secrets, unusedSecrets } = definitionOf(auth);
  const unused = unusedSecrets(auth);
  return secrets.filter(path => !unused.includes(path));
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

/** What all kinds have in a list of their definitions, each entry once. */
export function ofKinds(list: 'secrets' | 'valueMaps' | 'binding'): string[] {
  const all: KindDefinition<never>[] = Object.values(DEFINITIONS);
  return [...new Set(all.flatMap(definition => definition[list]))];
}
