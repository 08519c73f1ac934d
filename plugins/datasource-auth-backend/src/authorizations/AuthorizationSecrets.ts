import { IssuedTokens } from '../oauth/ProviderClient';
import { Sealer } from '../sealing/Sealer';
import { bindingOf } from '../settings/binding';
import { SecretSource } from '../settings/mergeWrite';
import { providerContextOf } from '../settings/providerContext';
import { DpopKey, ProviderContext } from '../settings/ResolvedSettings';
import { parseSecrets, Secrets, serializeSecrets } from '../settings/secrets';
import { AuthorizationRow } from './AuthorizationRow';

/** Values that the exchange needs and the browser must not get. */
export interface Verifier {
  codeVerifier?: string;
  nonce?: string;
  /** The key of the credential that the approval leads to. */
  dpopKey?: DpopKey;
}

/** A staged credential, with the fields that are shown with it. */
export interface StagedResult {
  answer: IssuedTokens;
  /** The issuer that the provider named although none is configured. */
  suggestedIssuer?: string;
}

type Column =
  | 'sealed_secrets'
  | 'sealed_verifier'
  | 'sealed_callback'
  | 'sealed_result';

/** The attempt, its binding, and whose credential it obtains. */
export type AuthorizationKey = Pick<
  AuthorizationRow,
  'id' | 'binding' | 'datasourceId' | 'subject'
>;

/** Seals and opens what an attempt keeps, each column for its own place. */
export class AuthorizationSecrets {
  readonly #sealer: Sealer;
  readonly #callbackUrl: string;

  constructor(options: { sealer: Sealer; callbackUrl: string }) {
    this.#sealer = options.sealer;
    this.#callbackUrl = options.callbackUrl;
  }

  sealSecrets(key: AuthorizationKey, secrets: Secrets): string {
    return this.#seal(key, 'sealed_secrets', serializeSecrets(secrets));
  }

  /** The form with its secrets. Its binding is computed, so changed settings can't open the secrets. */
  openForm(row: AuthorizationRow): SecretSource {
    return {
      settings: row.settings,
      secrets: row.sealedSecrets
        ? parseSecrets(
            this.#open(
              { ...row, binding: bindingOf(row.settings) },
              'sealed_secrets',
              row.sealedSecrets,
            ),
          )
        : new Map(),
    };
  }

  /** Values that a call to the provider needs. */
  providerContext(row: AuthorizationRow): ProviderContext {
    return providerContextOf(this.openForm(row), this.#callbackUrl);
  }

  sealVerifier(key: AuthorizationKey, verifier: Verifier): string {
    return this.#seal(key, 'sealed_verifier', JSON.stringify(verifier));
  }

  openVerifier(row: AuthorizationRow): Verifier {
    return row.sealedVerifier
      ? JSON.parse(this.#open(row, 'sealed_verifier', row.sealedVerifier))
      : {};
  }

  sealCallback(key: AuthorizationKey, parameters: string): string {
    return this.#seal(key, 'sealed_callback', parameters);
  }

  openCallback(row: AuthorizationRow): string {
    return this.#open(row, 'sealed_callback', row.sealedCallback ?? '');
  }

  sealResult(key: AuthorizationKey, result: StagedResult): string {
    return this.#seal(key, 'sealed_result', JSON.stringify(result));
  }

  openResult(key: AuthorizationKey, sealed: string): StagedResult {
    return JSON.parse(this.#open(key, 'sealed_result', sealed));
  }

  #seal(key: AuthorizationKey, column: Column, text: string): string {
    return this.#sealer.seal(text, place(key, column));
  }

  #open(key: AuthorizationKey, column: Column, sealed: string): string {
    return this.#sealer.open(sealed, place(key, column));
  }
}

function place(key: AuthorizationKey, column: Column) {
  return {
    table: 'authorizations' as const,
    row: key.id,
    column,
    binding: key.binding,
    owner: `${key.datasourceId ?? 'new'} ${key.subject}`,
  };
}
