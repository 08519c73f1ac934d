import { CredentialReader, FoundCredential, placeOf } from './CredentialReader';
import { CredentialStore } from './CredentialStore';
import { SealedTokens } from './SealedTokens';

/** Replaces a refused token with the spare of its grant. */
export class SpareTokens {
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #reader: CredentialReader;

  constructor(options: {
    store: CredentialStore;
    tokens: SealedTokens;
    reader: CredentialReader;
  }) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#reader = options.reader;
  }

  /** A spare that was stored after its credential was refused. */
  async promoteRefused(found: FoundCredential): Promise<boolean> {
    const { state, sealedSpare } = found.row;
    return (
      state === 'refused' &&
      sealedSpare !== undefined &&
      (await this.promote(found))
    );
  }

  async promote(found: FoundCredential): Promise<boolean> {
    const { row } = found;
    const spare = this.#reader.open(found, 'sealed_spare');
    return this.#store.promoteSpare(
      row,
      this.#tokens.seal(spare, placeOf(row, 'sealed')),
      spare,
    );
  }
}
