import { CredentialKey } from '../database/CredentialKey';
import { mintedToken, mintsTokens } from '../kinds/mintedToken';
import { GrowingCache } from '../memory/GrowingCache';
import { apiHostOf } from '../settings/apiAddress';
import { ServerClocks } from '../signing/ServerClocks';
import { Signers } from '../signing/Signers';
import { SettingsError } from '../settings/SettingsError';
import { Change } from './ChangeFeed';
import { ServedToken } from './CredentialReader';
import { TokenNeed } from './freshness';
import { TokenErrors } from './TokenErrors';
import { tokenVersion } from './tokenVersion';

const MOST_CREDENTIALS = 5_000;
/** A token isn't served when it expires within this time, or within half of its lifetime. Milliseconds. */
const BEFORE_EXPIRY = 10_000;

interface Signed {
  version: string;
  token: Promise<ServedToken>;
  /** Undefined while it is being signed. */
  served?: ServedToken;
}

/**
 * Signs the tokens of credentials that hold a key. This process signs its own ones and keeps them only in memory, until
 * shortly before they expire or until the credential changes on any replica.
 */
export class SignedTokens {
  readonly #errors: TokenErrors;
  readonly #clocks: ServerClocks;
  readonly #signers?: Signers;
  /** By {@link CredentialKey.text}. */
  readonly #signed = new GrowingCache<Signed>(MOST_CREDENTIALS);

  constructor(options: {
    errors: TokenErrors;
    clocks: ServerClocks;
    signers?: Signers;
  }) {
    this.#errors = options.errors;
    this.#clocks = options.clocks;
    this.#signers = options.signers;
  }

  /**
   * Returns what is served for a credential: as it is, or with a token signed for it. A person gets a new one, so that a
   * test tells whether the API accepts what is signed now.
   *
   * @throws DatasourceNotConfiguredError if it can't be signed
   */
  async of(served: ServedToken, need: TokenNeed): Promise<ServedToken> {
    const { record } = served.datasource;
    if (!mintsTokens(record.settings.auth)) return served;
    const { text } = served.row.key;
    const version = tokenVersion(record.version, served.row);
    const known = this.#signed.get(text);
    const isUsable =
      known?.version === version &&
      !need.person &&
      (!known.served || livesFor(known.served.row, need));
    if (isUsable) return known.token;
    const signed: Signed = { version, token: this.#sign(served) };
    this.#signed.set(text, signed);
    try {
      signed.served = await signed.token;
      return signed.served;
    } catch (error) {
      if (this.#signed.get(text) === signed) this.#signed.delete(text);
      throw error;
    }
  }

  /** Forgets what was signed for a credential, or for all of a datasource. */
  drop({ datasourceId, subject }: Change): void {
    if (subject !== undefined) {
      this.#signed.delete(new CredentialKey({ datasourceId, subject }).text);
      return;
    }
    for (const text of [...this.#signed.keys()]) {
      if (text.startsWith(`${datasourceId} `)) this.#signed.delete(text);
    }
  }

  async #sign({ datasource, row, payload }: ServedToken): Promise<ServedToken> {
    const { record, secrets } = datasource;
    const source = { settings: record.settings, secrets };
    const obtainedAt = Date.now();
    try {
      const { accessToken, lifetime } = (await mintedToken(
        source,
        obtainedAt + this.#clocks.skew(apiHostOf(source)),
        this.#signers,
      ))!;
      const expiresAt = obtainedAt + lifetime;
      return {
        datasource,
        row: { ...row, obtainedAt, expiresAt },
        payload: { ...payload, accessToken },
      };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      throw this.#errors.notSigned(datasource, error.text);
    }
  }
}

function livesFor(
  { obtainedAt = 0, expiresAt = 0 }: ServedToken['row'],
  { minValidity = 0 }: TokenNeed,
): boolean {
  const needed = Math.min(
    Math.max(minValidity, BEFORE_EXPIRY),
    (expiresAt - obtainedAt) / 2,
  );
  return expiresAt - Date.now() > needed;
}
