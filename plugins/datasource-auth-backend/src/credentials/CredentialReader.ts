import { isFor } from '../settings/binding';
import { LoadedDatasource } from '../datasources/Datasources';
import { coversOrigins } from '../settings/origins';
import { CredentialRow, isSameGeneration } from './CredentialRow';
import { isUnexpired, isFreshEnough, TokenNeed } from './freshness';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';
import { TokenErrors } from './TokenErrors';

/** A row, and the settings that it was read beside. */
export interface FoundCredential {
  datasource: LoadedDatasource;
  row: CredentialRow;
}

/** A token that may leave the backend, with what it is for. */
export interface ServedToken extends FoundCredential {
  payload: TokenPayload;
}

/**
 * Opens what a row holds, and says for whom it is good. It asks nobody: neither the database nor a provider.
 */
export class CredentialReader {
  readonly #tokens: SealedTokens;
  readonly #errors: TokenErrors;

  constructor(options: { tokens: SealedTokens; errors: TokenErrors }) {
    this.#tokens = options.tokens;
    this.#errors = options.errors;
  }

  /** Whether the stored token is what the caller needs. */
  satisfies(found: FoundCredential, need: TokenNeed, now: number): boolean {
    const { row } = found;
    if (need.newerThan !== undefined && row.generation <= need.newerThan) {
      return false;
    }
    return this.stillLives(found, need, now) && isFreshEnough(row, need, now);
  }

  /** Whether the stored token may be handed out at all: right place, not expired, not the one that was rejected. */
  stillLives(found: FoundCredential, need: TokenNeed, now: number): boolean {
    return (
      this.belongs(found) &&
      isUnexpired(found.row, now) &&
      (need.rejected === undefined ||
        !isSameGeneration(found.row, need.rejected))
    );
  }

  /** Whether there is a token, and it was obtained for these settings. */
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

  /** @throws DatasourceUnavailableError where no key opens it */
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
      throw this.#errors.unavailable(datasource, error.message);
    }
  }
}

/** What a sealed token is tied to. */
export function placeOf(
  { credentialId, binding }: CredentialRow,
  column: 'sealed' | 'sealed_spare',
) {
  return { credentialId, column, binding };
}
