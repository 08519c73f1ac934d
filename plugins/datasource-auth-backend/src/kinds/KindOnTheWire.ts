import { AuthSettings, Kind } from 'backstage-plugin-datasource-auth-common';
import { Signers } from '../signing/Signers';
import { BareSettings, Secrets } from '../settings/secrets';
import { TemplateValues } from '../settings/templates';

/** Settings of one kind with their secrets. */
export interface KindSource<K extends Kind> {
  settings: Omit<BareSettings, 'auth'> & { auth: AuthSettings<K> };
  secrets: Secrets;
}

/** What a call carries so that the API accepts it. */
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

/** How a kind of credential reaches the API, and what its rejection means. */
export interface KindOnTheWire<K extends Kind> {
  /**
   * Returns what a call carries.
   *
   * @param accessToken - empty where the settings hold the credential itself, and no file
   * @throws SettingsError where a template has no value
   */
  credential(
    source: KindSource<K>,
    token: { accessToken: string },
    values: TemplateValues,
  ): CallCredential;
  /**
   * Makes the token that calls carry, if the settings hold what signs it, or name a signer. It calls nobody else.
   *
   * @param now - epoch milliseconds of the API's clock
   * @throws SettingsError where it can't be signed
   */
  mint?(
    source: KindSource<K>,
    values: TemplateValues,
    now: number,
    signers: Signers,
  ): Promise<MintedToken>;
  /** Returns the HTTP statuses with which the API says that it doesn't accept the credential. */
  rejectedStatuses(auth: AuthSettings<K>): number[];
  /** Returns when the credential in the settings ends. Epoch milliseconds. */
  endOf(auth: AuthSettings<K>): number | undefined;
  /** Returns the secret that someone has to replace before a day: its name, and the day as an ISO date. */
  expiringSecret(auth: AuthSettings<K>): ExpiringSecret | undefined;
}
