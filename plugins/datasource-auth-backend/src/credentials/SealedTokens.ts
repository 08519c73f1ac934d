import { Answer, IssuedTokens } from '../oauth/ProviderClient';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialRow, StoredTokens } from './CredentialRow';
import { RenewalTimes, renewalDueAfter } from './renewalDue';
import { Sealer, UnreadableError } from '../sealing/Sealer';
import { AgreedTerms } from '../settings/connectionTerms';
import { shareEqual } from '../settings/shareEqual';
import { DpopKey } from '../settings/ResolvedSettings';

/** The sealed part of a token response. */
export interface TokenPayload {
  /** Empty where the settings hold the credential, and before a further request. */
  accessToken: string;
  refreshToken?: string;
  /** What the further request needs that has yet to get the token. */
  answer?: Answer;
  tokenType: string;
  /** The key that the tokens are bound to. It lives as long as the credential (RFC 9449 section 5). */
  dpopKey?: DpopKey;
  kept: Record<string, string>;
  /** The origins it was obtained for. */
  apiOrigins: string[];
  /** What a person entered, by path in the settings. It takes the place of the shared credential. */
  own?: Record<string, string>;
  /** Digest of the secrets, where the settings hold the credential. */
  secrets?: string;
}

/** Where a payload belongs: whose it is, its grant, its column, and the binding it was obtained under. */
export interface TokenPlace {
  key: CredentialKey;
  credentialId: string;
  column: 'sealed' | 'sealed_spare' | 'sealed_terms';
  binding: string;
}

/** Most people agreed to the same terms, and none of them is secret. */
const sharedTerms = shareEqual((text): AgreedTerms => JSON.parse(text));

/** Converts token responses to what the database stores, and back. */
export class SealedTokens {
  readonly #sealer: Sealer;
  readonly #renewalTimes: RenewalTimes;

  constructor(options: {
    sealer: Sealer;
    /** When refreshes run for a datasource without settings of its own. */
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

  /** Encrypts what a person agreed to, for their credential alone. */
  sealTerms(terms: AgreedTerms, place: Omit<TokenPlace, 'column'>): string {
    return this.#sealer.seal(
      JSON.stringify(terms),
      sealedPlace({ ...place, column: 'sealed_terms' }),
    );
  }

  /** @throws UnreadableError */
  openTerms({ sealedTerms, ...row }: CredentialRow): AgreedTerms | undefined {
    if (!sealedTerms) return undefined;
    const { key, credentialId, binding } = row;
    const place = { key, credentialId, binding };
    return sharedTerms(
      this.#sealer.open(
        sealedTerms,
        sealedPlace({ ...place, column: 'sealed_terms' }),
      ),
    );
  }

  /**
   * Decrypts the token of a row. The row's plain column of origins saves decrypting the token to compare them. Anyone
   * who can write to the database can change it, so only origins sealed with the token count.
   *
   * @throws UnreadableError
   */
  openRow(
    row: Pick<CredentialRow, 'key' | 'credentialId' | 'binding' | 'apiOrigins'>,
    sealed: string,
  ): TokenPayload {
    const { key, credentialId, binding } = row;
    const payload = this.open(sealed, {
      ...{ key, credentialId, binding },
      column: 'sealed',
    });
    const known = new Set(payload.apiOrigins);
    if (row.apiOrigins.every(origin => known.has(origin))) return payload;
    throw new UnreadableError('tampered');
  }

  /**
   * Returns what to store of a response. A refresh response without a refresh token keeps the old one (RFC 6749 section
   * 6).
   *
   * @param now - this process's clock, which also set `answer.requestedAt`
   */
  fromAnswer(
    answer: IssuedTokens,
    place: TokenPlace,
    options: {
      previous?: Pick<TokenPayload, 'refreshToken'> & {
        /** Stays in use until a further request got the next one. Absent if it must not. */
        accessToken?: string;
        /** Milliseconds until that expires, if it does. */
        lifetime?: number;
        scope?: string;
        account?: string;
        /** Milliseconds until the refresh token expires, if known. */
        refreshLifetime?: number;
      };
      /** Overrides the default for all datasources. Milliseconds. */
      beforeExpiry?: number;
      /** Whether a refresh uses the refresh token, and so is also due before that expires. */
      usesRefreshToken: boolean;
      /**
       * Milliseconds after which a refresh token is used although nothing expires, because it becomes invalid when
       * unused.
       */
      idleEvery?: number;
      apiOrigins: string[];
      renewable: (hasRefreshToken: boolean) => boolean;
      now: number;
    },
  ): StoredTokens {
    const { previous } = options;
    const refreshToken = answer.refreshToken ?? previous?.refreshToken;
    const accessToken = answer.answer
      ? previous?.accessToken ?? ''
      : answer.accessToken;
    const issuedFor =
      answer.expiresAt === undefined
        ? undefined
        : Math.max(0, answer.expiresAt - answer.requestedAt);
    const keptFor = accessToken === '' ? 0 : previous?.lifetime;
    const lifetime = answer.answer ? keptFor : issuedFor;
    const isKept = refreshToken === previous?.refreshToken;
    const refreshLifetime =
      answer.refreshExpiresAt === undefined
        ? (isKept && previous?.refreshLifetime) || undefined
        : Math.max(0, answer.refreshExpiresAt - answer.requestedAt);
    const dueAfter = options.renewable(refreshToken !== undefined)
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
      : undefined;
    return {
      sealed: this.seal(
        {
          accessToken,
          refreshToken,
          answer: answer.answer,
          tokenType: answer.tokenType,
          dpopKey: answer.dpopKey,
          kept: answer.kept,
          apiOrigins: options.apiOrigins,
        },
        place,
      ),
      stage: answer.answer && 'answered',
      scope: answer.scope ?? previous?.scope,
      account: answer.account ?? previous?.account,
      hasRefreshToken: refreshToken !== undefined,
      age: Math.max(0, options.now - answer.requestedAt),
      lifetime,
      refreshLifetime,
      // A further request is due at once.
      refreshDueAfter: answer.answer ? 0 : dueAfter,
    };
  }
}

function sealedPlace(place: TokenPlace) {
  return {
    table: 'credentials' as const,
    row: place.credentialId,
    column: place.column,
    binding: place.binding,
    owner: place.key.text,
  };
}
