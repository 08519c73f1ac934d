import { GrantType } from './grants';
import { DatasourceSettingsInput } from './settings';

/**
 * Settings that a preset can fill in, as written; parsing a draft adds the defaults. None of them identifies or
 * authenticates a client or account.
 *
 * @public
 */
export interface PresetSettings
  extends Pick<
    DatasourceSettingsInput,
    'baseUrl' | 'allowedHosts' | 'testPath' | 'gateway'
  > {
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
  >;
}

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
  /** Grants for which the form asks for it; all if absent. */
  grants?: GrantType[];
}

/**
 * How to register an application at a provider.
 *
 * @public
 */
export interface PresetRegistration {
  /** Where to register an application, or the provider's page about it. */
  url?: string;
  /** Steps at the provider, in order. */
  steps: string[];
  /** Scopes to suggest, with their descriptions. */
  scopes: Array<{ scope: string; description: string }>;
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
  /** Supported grants; the first one is the default. */
  grants: GrantType[];
  /** What to know before choosing it. */
  caveat: string;
  /** The provider's documentation that the values were checked against. */
  source: string;
  /** ISO date of that check. */
  lastVerified: string;
  /** Paths of settings whose value is well known but isn't in the provider's documentation. Check these first. */
  unconfirmed: string[];
  /** Instance values that the form asks for. */
  instance: InstanceField[];
  /** Settings for every grant, as written. */
  settings: PresetSettings;
  /** Overrides by grant: maps are merged into `settings`, lists and single values replace. */
  variants: Partial<Record<GrantType, PresetSettings>>;
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
      | 'unconfirmed'
      | 'instance'
      | 'settings'
      | 'variants'
    >,
    Partial<
      Pick<Preset, 'unconfirmed' | 'instance' | 'settings' | 'variants'>
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
