import { isFor } from '../settings/binding';
import { LoadedDatasource } from '../datasources/Datasources';
import { coversOrigins } from '../settings/origins';
import { CredentialRow, isSameGeneration } from './CredentialRow';
import { isUnexpired, isFreshEnough, TokenNeed } from './freshness';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';
import { TokenErrors } from './TokenErrors';

/** A row, and the settings that were read with it. */
export interface FoundCredential {
  datasource: LoadedDatasource;
  row: CredentialRow;
}

/** A token that may leave the backend, with what it is for. */
export interface ServedToken extends FoundCredential {
  payload: TokenPayload;
}

/** Decrypts a row, and decides what its token may be used for. It calls neither the database nor a provider. */
export class CredentialReader {
  readonly #tokens: SealedTokens;
  readonly #errors: TokenErrors;

  constructor(options: { tokens: SealedTokens; errors: TokenErrors }) {
    this.#tokens = options.tokens;
    this.#errors = options.errors;
  }

  /** Returns whether the stored token meets the caller's needs. */
  satisfies(found: FoundCredential, need: TokenNeed, now: number): boolean {
    const { row } = found;
    if (need.newerThan !== undefined && row.generation <= need.newerThan) {
      return false;
    }
    return this.stillLives(found, need, now) && isFreshEnough(row, need, now);
  }

  /** Returns whether the stored token may be handed out at all: same binding, not expired, not the rejected one. */
  stillLives(found: FoundCredential, need: TokenNeed, now: number): boolean {
    return (
      this.belongs(found) &&
      isUnexpired(found.row, now) &&
      (need.rejected === undefined ||
        !isSameGeneration(found.row, need.rejected))
    );
  }

  /** Returns whether there is a token that was obtained for these settings. */
  belongs({ datasource, row }: FoundCredential): boolean {
    return (
      row.sealed !== undefined &&
      row.state !== 'cleared' &&
      isFor(datasource.record, row) &&
      coversOrigins(datasource.record.settings, row)
    );
  }

  serve(found: FoundCredential): ServedToken {
    return { ...found, payload: this.open(found) };
  }

  /** @throws DatasourceUnavailableError if no key decrypts it */
  open(
    { datasource, row }: FoundCredential,
    column: 'sealed' | 'sealed_spare' = 'sealed',
  ): TokenPayload {
    const sealed = column === 'sealed' ? row.sealed : row.sealedSpare;
    try {
      return column === 'sealed'
        ? this.#tokens.openRow(row, sealed!)
        : this.#tokens.open(sealed!, placeOf(row, column));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      throw this.#errors.unusable(datasource, error.text);
    }
  }
}

/** The place to which a sealed token is tied. */
export function placeOf(
  { key, credentialId, binding }: CredentialRow,
  column: 'sealed' | 'sealed_spare',
) {
  return { key, credentialId, column, binding };
}
