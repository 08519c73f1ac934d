import { IssuedTokens } from '../oauth/ProviderClient';
import { CredentialRow, StoredTokens } from './CredentialRow';
import { RenewalTimes, renewalDueAfter } from './renewalDue';
import { Sealer, UnreadableError } from '../sealing/Sealer';

/** What of a token answer is sealed. */
export interface TokenPayload {
  accessToken: string;
  refreshToken?: string;
  tokenType: string;
  kept: Record<string, string>;
  /** The origins it was obtained for. */
  apiOrigins: string[];
}

/** Where a payload stands: its grant, its column, and the binding it was obtained under. */
export interface TokenPlace {
  credentialId: string;
  column: 'sealed' | 'sealed_spare';
  binding: string;
}

/**
 * Turns token answers into what the database keeps, and back.
 */
export class SealedTokens {
  readonly #sealer: Sealer;
  readonly #renewalTimes: RenewalTimes;

  constructor(options: {
    sealer: Sealer;
    /** When renewals run where a datasource says nothing. */
    renewalTimes: RenewalTimes;
  }) {
    this.#sealer = options.sealer;
    this.#renewalTimes = options.renewalTimes;
  }

  seal(payload: TokenPayload, place: TokenPlace): string {
    return this.#sealer.seal(JSON.stringify(payload), sealedPlace(place));
  }

  /** @throws UnreadableError */
  open(sealed: string, place: TokenPlace): TokenPayload {
    return JSON.parse(this.#sealer.open(sealed, sealedPlace(place)));
  }

  /**
   * Opens the token of a row. The origins in the row's own column save opening it; they can be written by whoever writes
   * the database, so none of them counts that was not sealed with the token.
   *
   * @throws UnreadableError
   */
  openRow(
    row: Pick<CredentialRow, 'credentialId' | 'binding' | 'apiOrigins'>,
    sealed: string,
  ): TokenPayload {
    const { credentialId, binding } = row;
    const payload = this.open(sealed, {
      ...{ credentialId, binding },
      column: 'sealed',
    });
    const known = new Set(payload.apiOrigins);
    if (row.apiOrigins.every(origin => known.has(origin))) return payload;
    throw new UnreadableError('tampered');
  }

  /**
   * What is stored of an answer. A refresh answer without a refresh token keeps the old one (RFC 6749 section 6).
   *
   * @param now - this process's clock, the one `answer.requestedAt` was read from
   */
  fromAnswer(
    answer: IssuedTokens,
    place: TokenPlace,
    options: {
      previous?: Pick<TokenPayload, 'refreshToken'> & {
        scope?: string;
        account?: string;
        /** Milliseconds that the refresh token still lives, where that is known. */
        refreshLifetime?: number;
      };
      /** Instead of what applies to all datasources. Milliseconds. */
      beforeExpiry?: number;
      /** Whether the refresh token renews: then renewal is also due before it expires. */
      usesRefreshToken: boolean;
      /** Milliseconds after which a refresh token is used although nothing expires, because it dies unused. */
      idleEvery?: number;
      apiOrigins: string[];
      renewable: (hasRefreshToken: boolean) => boolean;
      now: number;
    },
  ): StoredTokens {
    const { previous } = options;
    const refreshToken = answer.refreshToken ?? previous?.refreshToken;
    const lifetime =
      answer.expiresAt === undefined
        ? undefined
        : Math.max(0, answer.expiresAt - answer.requestedAt);
    const isKept = refreshToken === previous?.refreshToken;
    const refreshLifetime =
      answer.refreshExpiresAt === undefined
        ? (isKept && previous?.refreshLifetime) || undefined
        : Math.max(0, answer.refreshExpiresAt - answer.requestedAt);
    return {
      sealed: this.seal(
        {
          accessToken: answer.accessToken,
          refreshToken,
          tokenType: answer.tokenType,
          kept: answer.kept,
          apiOrigins: options.apiOrigins,
        },
        place,
      ),
      scope: answer.scope ?? previous?.scope,
      account: answer.account ?? previous?.account,
      hasRefreshToken: refreshToken !== undefined,
      age: Math.max(0, options.now - answer.requestedAt),
      lifetime,
      refreshLifetime,
      refreshDueAfter: options.renewable(refreshToken !== undefined)
        ? renewalDueAfter({
            times: {
              ...this.#renewalTimes,
              ...(options.beforeExpiry !== undefined && {
                beforeExpiry: options.beforeExpiry,
              }),
            },
            lifetime,
            ...(refreshToken !== undefined &&
              options.usesRefreshToken && {
                refreshLifetime,
                idleEvery: options.idleEvery,
              }),
          })
        : undefined,
    };
  }
}

function sealedPlace(place: TokenPlace) {
  return {
    table: 'credentials' as const,
    row: place.credentialId,
    column: place.column,
    binding: place.binding,
  };
}
