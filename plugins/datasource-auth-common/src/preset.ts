import { GRANT_TYPES, GrantType } from './grants';
import { DatasourceSettingsInput } from './settings';

/**
 * How the API of a preset authenticates: with a grant of OAuth 2.0, or with what the API issued itself.
 *
 * @public
 */
export type PresetWay = GrantType | 'static';

/**
 * Names of all ways, in display order.
 *
 * @public
 */
export const PRESET_WAYS: readonly [PresetWay, ...PresetWay[]] = [
  ...GRANT_TYPES,
  'static',
];

/**
 * Settings that a preset can fill in for every way.
 *
 * @public
 */
export type PresetBase = Pick<
  DatasourceSettingsInput,
  'baseUrl' | 'allowedHosts' | 'testPath' | 'gateway' | 'api'
>;

/**
 * What a provider expects in an assertion. What signs it, and how that is found, belongs to one client.
 *
 * @public
 */
export type PresetAssertion = Pick<
  NonNullable<
    Extract<
      DatasourceSettingsInput['auth'],
      { grantType: unknown }
    >['assertion']
  >,
  | 'alg'
  | 'keyEncoding'
  | 'x5c'
  | 'issuer'
  | 'subject'
  | 'audience'
  | 'claims'
  | 'headers'
  | 'lifetimeSeconds'
  | 'backdateSeconds'
  | 'omit'
>;

/**
 * Settings that a preset can fill in, as written; parsing a draft adds the defaults. None of them identifies or
 * authenticates a client or account.
 *
 * @public
 */
export interface PresetSettings extends PresetBase {
  /** How to obtain a token. */
  auth?: Partial<
    Omit<
      Extract<DatasourceSettingsInput['auth'], { grantType: unknown }>,
      | 'type'
      | 'grantType'
      | 'clientId'
      | 'clientSecret'
      | 'clientSecretExpiresAt'
      | 'clientAssertion'
      | 'assertion'
      | 'username'
      | 'password'
    >
  > & {
    /** The assertion of the grant `jwt_bearer`. */
    assertion?: PresetAssertion;
    /** The assertion that authenticates the client. */
    clientAssertion?: PresetAssertion;
  };
}

/**
 * Settings of a preset for what the API issued itself, without the secrets.
 *
 * @public
 */
export interface StaticPresetSettings extends PresetBase {
  /** Where each call sends it. */
  auth?: Pick<
    Extract<DatasourceSettingsInput['auth'], { type: 'static' }>,
    'headers' | 'query' | 'rejectedStatuses'
  > & {
    /** Basic, with a fixed username if there is one. */
    basic?: { username?: string };
    /** A bearer token. */
    bearer?: true;
  };
}

/**
 * Overrides of a preset by way.
 *
 * @public
 */
export type PresetVariants = {
  [Way in PresetWay]?: Way extends GrantType
    ? PresetSettings
    : StaticPresetSettings;
};

/**
 * An instance value (tenant, region, subdomain) that the form asks for, used as `{{instance.name}}`.
 *
 * @public
 */
export interface InstanceField {
  /** Name in templates. */
  name: string;
  /** Label in the form. */
  label: string;
  /** Shown as an example. */
  example: string;
  /** Initial value. */
  default?: string;
  /** A regular expression that the whole value must match. */
  pattern?: string;
  /** Ways for which it is needed; all if absent. */
  ways?: PresetWay[];
  /** It is a secret, which is entered only in the editor. */
  secret?: true;
}

/**
 * A scope that a preset suggests.
 *
 * @public
 */
export interface PresetScope {
  /** As the settings have it. */
  scope: string;
  /** What it allows. */
  description: string;
  /** Ways for which it is suggested; all if absent. */
  ways?: PresetWay[];
}

/**
 * A step at a provider that only some ways need.
 *
 * @public
 */
export interface PresetStep {
  /** What to do. */
  step: string;
  /** Ways that need it. */
  ways: PresetWay[];
}

/**
 * How to register an application at a provider.
 *
 * @public
 */
export interface PresetRegistration {
  /** Where to register an application, or the provider's page about it. */
  url?: string;
  /** Steps at the provider, in order. A text alone is for every way. */
  steps: Array<string | PresetStep>;
  /** Scopes to suggest, with their descriptions. Those that the test call needs are in the settings too. */
  scopes: PresetScope[];
  /** How to get what the API issues itself, if the provider also has applications. */
  static?: { url?: string; steps: string[] };
}

/**
 * How the tokens of a provider behave.
 *
 * @public
 */
export interface PresetBehavior {
  /** Whether each refresh replaces the refresh token. */
  rotatesRefreshTokens?: boolean;
  /** Days without a refresh after which the refresh token is invalid. */
  refreshTokenIdleDays?: number;
  /** Whether a new approval for the same client and account ends the earlier one. */
  oneGrantPerClient?: boolean;
  /** Anything else worth knowing. */
  notes: string[];
}

/**
 * A provider's preset.
 *
 * @public
 */
export interface Preset {
  /** 1 to 63 lowercase letters, digits and inner dashes. */
  id: string;
  /** Name of the provider. */
  title: string;
  /** Category in the gallery. */
  category: string;
  /** What plugins get from the API, in a few words without a period. */
  benefit: string;
  /** Other words that people search for, such as products and former names. */
  aliases: string[];
  /** Listed first in the gallery. */
  popular?: true;
  /** How the API authenticates; the first one is the default. */
  ways: PresetWay[];
  /** What to know before choosing it. */
  caveat: string;
  /** The provider's documentation that the values were checked against. */
  source: string;
  /** ISO date of that check. */
  lastVerified: string;
  /** Page about this preset. A bundled preset has one in this project's documentation. */
  guide?: string;
  /** Paths of settings whose value is well known but isn't in the provider's documentation. Check these first. */
  unconfirmed: string[];
  /** Instance values that the form asks for. */
  instance: InstanceField[];
  /** Settings for every way, as written. Only grants use its `auth`. */
  settings: PresetSettings;
  /** Overrides by way: maps are merged into `settings`, lists and single values replace. */
  variants: PresetVariants;
  /** How to register an application. */
  registration: PresetRegistration;
  /** How tokens behave. */
  behavior: PresetBehavior;
}

/**
 * A preset as written: fields with a default are optional.
 *
 * @public
 */
export interface PresetInput
  extends Omit<
      Preset,
      | 'registration'
      | 'behavior'
      | 'aliases'
      | 'unconfirmed'
      | 'instance'
      | 'settings'
      | 'variants'
    >,
    Partial<
      Pick<
        Preset,
        'aliases' | 'unconfirmed' | 'instance' | 'settings' | 'variants'
      >
    > {
  /** How to register an application. */
  registration?: Partial<PresetRegistration>;
  /** How tokens behave. */
  behavior?: Partial<PresetBehavior>;
}

/**
 * Returns whether a value matches the whole pattern of an instance field.
 *
 * @public
 */
export function matchesField(field: InstanceField, value: string): boolean {
  return !field.pattern || new RegExp(`^(?:${field.pattern})$`).test(value);
}
