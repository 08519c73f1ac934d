import type { TemplateReach } from '../TemplateReach';

/**
 * Everything that the other packages have to know about a kind of credential. Paths are dotted and start at the
 * datasource's settings. How the API gets the credential is in the backend's `kinds`, its fields on the page in
 * `kinds`.
 *
 * @public
 */
export interface KindDescriptor {
  /** English name, for texts. */
  readonly name: string;
  /** Whether a provider issues credentials, or the settings contain them. */
  readonly source: 'provider' | 'settings';
  /** Whether secrets in `auth`, or what they sign, are sent to the API itself. */
  readonly sendsSecretsToApi: boolean;
  /** Paths of secrets. */
  readonly secrets: readonly string[];
  /** Paths of maps whose values can be marked as secret. */
  readonly valueMaps: readonly string[];
}

/** The names of the headers and query parameters that a credential is sent in. */
export interface CredentialPlaces {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

/** A kind, with the properties that only this package uses. */
export interface KindDefinition<Auth> extends KindDescriptor {
  /** English labels of the settings that it can require, by path. */
  readonly labels: Readonly<Record<string, string>>;
  /** Paths of settings that bind, besides those of grants and client authentications. */
  readonly binding: readonly string[];
  /** Paths in which templates are filled in, and who sees the result. */
  readonly templates: Readonly<Record<string, TemplateReach>>;
  /** Returns the paths of the required settings. */
  readonly required: (auth: Auth) => readonly string[];
  /** Returns the paths of the secrets that these settings don't use, so that they aren't kept. */
  readonly unusedSecrets: (auth: Auth) => readonly string[];
  /**
   * Returns the paths of what each person enters, if people have credentials of their own.
   *
   * @param alone - whether there is no shared credential
   */
  readonly personal: (auth: Auth, alone: boolean) => readonly string[];
  /** Returns where the credential is sent. */
  readonly places: (auth: Auth) => CredentialPlaces;
}
