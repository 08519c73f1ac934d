import { DpopKey, ProviderContext } from '../settings/ResolvedSettings';

/** What a further request needs of the response before it: the texts of `{{answer.x}}`, by what follows the dot. */
export interface Answer {
  /** The request that was answered. */
  to: 'token' | 'refresh';
  values: Record<string, string>;
}

/**
 * The result of a grant or a refresh. Times are epoch milliseconds of this process's clock. Lifetimes count from
 * immediately before the request.
 */
export interface IssuedTokens {
  /** Empty while a further request has yet to get it. */
  accessToken: string;
  refreshToken?: string;
  /** In the provider's spelling. `Bearer` if the response has none. */
  tokenType: string;
  /** The key that the tokens are bound to with DPoP, to be stored with them. */
  dpopKey?: DpopKey;
  /** Granted scope, separated by spaces, if the response has it. */
  scope?: string;
  /** Time immediately before the request. */
  requestedAt: number;
  expiresAt?: number;
  refreshExpiresAt?: number;
  /** Fields kept from the callback and this response, in addition to those of the context. */
  kept: Record<string, string>;
  /** Present while a further request has yet to get the access token. */
  answer?: Answer;
  /** Account name from a validated ID token. */
  account?: string;
  /** The provider's `Date` header minus our clock, in milliseconds, if known. */
  clockSkew?: number;
}

/** Input of the authorize step besides the settings. */
export interface AuthorizeStep {
  state: string;
  /** PKCE verifier, from which the challenge is derived. Absent if PKCE is off. */
  codeVerifier?: string;
  nonce?: string;
}

/** Destination of the browser, which follows a redirect or submits a form. */
export type AuthorizeRequest =
  | { method: 'GET'; url: string }
  | { method: 'POST'; url: string; fields: Record<string, string> };

/** Limits of one exchange, in milliseconds. */
export interface ExchangeOptions {
  /**
   * Fails as `not_sent` with the code `start_missed` if the request wasn't sent within this time. Under a lease, a process
   * that was paused must not present a token late.
   */
  startWithin?: number;
  /** Limit from sending to the first byte of the response, unless the settings have another one. */
  answerWithin?: number;
  /** Limit from the call to the complete response, regardless of the settings. */
  readWithin?: number;
  /** Called immediately before the request is written. */
  onSend?: () => void;
}

/** Parameters of the redirect URI. Duplicates were rejected before. */
export type CallbackParameters = Record<string, string>;

/**
 * Calls a provider. Every failure of the provider or the connection is an {@link OAuthExchangeError}.
 */
export interface ProviderClient {
  /** RFC 6749 section 4.1.1, with PAR (RFC 9126) if configured. */
  authorizeRequest(
    context: ProviderContext,
    step: AuthorizeStep,
  ): Promise<AuthorizeRequest>;

  /**
   * Checks the response of the authorize step: `error` wins over `code`, and `iss` is checked as in RFC 9207. Returns the
   * code, the fields to keep, and an `iss` without a configured issuer.
   */
  readCallback(
    context: ProviderContext,
    parameters: CallbackParameters,
  ): { code: string; kept: Record<string, string>; suggestedIssuer?: string };

  /**
   * RFC 6749 section 4.1.3. A code is sent only once. With a further request, the result has its `answer`, to be stored
   * before {@link ProviderClient.finish}.
   */
  exchangeCode(
    context: ProviderContext,
    input: {
      code: string;
      codeVerifier?: string;
      nonce?: string;
      state?: string;
    },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** Client credentials and password (RFC 6749 sections 4.3 and 4.4). */
  requestToken(
    context: ProviderContext,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /**
   * RFC 6749 section 6. Without a refresh token in the response, `refreshToken` is undefined and the caller keeps the old
   * one. With a further request, the result has its `answer`, to be stored before {@link ProviderClient.finish}.
   */
  refresh(
    context: ProviderContext,
    tokens: { refreshToken: string; accessToken?: string },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** Gets the access token by the further request that an earlier response leads to. */
  finish(
    context: ProviderContext,
    answer: Answer,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** RFC 7009: refresh token first, then access token. Does nothing without a revocation URL. */
  revoke(
    context: ProviderContext,
    tokens: { refreshToken?: string; accessToken?: string },
  ): Promise<void>;
}
