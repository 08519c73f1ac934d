import { AuthSettings, Kind } from 'backstage-plugin-datasource-auth-common';
import { Signers } from '../signing/Signers';
import { BareSettings, Secrets } from '../settings/secrets';
import { TemplateValues } from '../settings/templates';

/** Settings of one kind with their secrets. */
export interface KindSource<K extends Kind> {
  settings: Omit<BareSettings, 'auth'> & { auth: AuthSettings<K> };
  secrets: Secrets;
}

/** The authentication of an API call. */
export interface CallCredential {
  headers: Record<string, string>;
  /** Not encoded. */
  query: Record<string, string>;
  /** The secret values in it. */
  secrets: string[];
}

/** A token that Backstage itself made. */
export interface MintedToken {
  accessToken: string;
  /** Milliseconds. */
  lifetime: number;
}

/** A secret whose owner is notified before it expires. */
export interface ExpiringSecret {
  /** English name. */
  name: string;
  /** ISO date or time. */
  on: string;
  /** What happens without a new one. */
  consequence: string;
}

/** How a kind of credential is sent to the API, and how the API rejects it. */
export interface KindOnTheWire<K extends Kind> {
  /**
   * Returns the authentication of a call.
   *
   * @param accessToken - empty if the settings contain the credential itself, and no file
   * @throws SettingsError if a template has no value
   */
  credential(
    source: KindSource<K>,
    token: { accessToken: string },
    values: TemplateValues,
  ): CallCredential;
  /**
   * Signs the token of calls with the key of the settings or a signer. Nothing else is called.
   *
   * @param now - epoch milliseconds of the API's clock
   * @throws SettingsError if it can't be signed
   */
  mint?(
    source: KindSource<K>,
    values: TemplateValues,
    now: number,
    signers: Signers,
  ): Promise<MintedToken>;
  /** Returns the HTTP statuses with which the API rejects the credential. */
  rejectedStatuses(auth: AuthSettings<K>): number[];
  /** Returns when the credential in the settings expires. Epoch milliseconds. */
  endOf(auth: AuthSettings<K>): number | undefined;
  /** Returns the secret that expires, with its name and its expiry. */
  expiringSecret(auth: AuthSettings<K>): ExpiringSecret | undefined;
}
