import { ProviderContext } from '../settings/ResolvedSettings';

/**
 * What a grant or a refresh yielded. Times are epoch milliseconds of this process's clock; expiry counts from before the
 * request was sent.
 */
export interface IssuedTokens {
  accessToken: string;
  refreshToken?: string;
  /** As the provider wrote it; `Bearer` when it said nothing. */
  tokenType: string;
  /** Granted scope, space separated, where the provider says. */
  scope?: string;
  /** When the request was about to be sent. */
  requestedAt: number;
  expiresAt?: number;
  refreshExpiresAt?: number;
  /** Members kept from the callback and this answer, merged over the context's. */
  kept: Record<string, string>;
  /** Account name out of a validated ID token. */
  account?: string;
  /** Provider's `Date` header minus our clock, in milliseconds, where measured. */
  clockSkew?: number;
}

/** What the authorize step needs besides the settings. */
export interface AuthorizeStep {
  state: string;
  /** PKCE verifier; the challenge is derived from it. Absent when PKCE is off. */
  codeVerifier?: string;
  nonce?: string;
}

/** Where the browser goes: by redirect, or by a form that submits itself. */
export type AuthorizeRequest =
  | { method: 'GET'; url: string }
  | { method: 'POST'; url: string; fields: Record<string, string> };

/** Limits of one exchange, in milliseconds. */
export interface ExchangeOptions {
  /**
   * Fails as `not_sent` with code `start_missed` if the request is not on its way this long after the call. Used under
   * a lease: a process that was stopped in between must not present a token late.
   */
  startWithin?: number;
  /** Until the first byte of the answer, counted from the sending, where the settings do not say otherwise. */
  answerWithin?: number;
  /** Until the answer is there whole, counted from the call, whatever the settings say. */
  readWithin?: number;
  /** Called right before the request is written. */
  onSend?: () => void;
}

/** What came back to the redirect URI: one value per parameter, duplicates already refused. */
export type CallbackParameters = Record<string, string>;

/**
 * Speaks to a provider. Every method throws {@link OAuthExchangeError} and nothing else for what the provider or the
 * way to it did.
 */
export interface ProviderClient {
  /** RFC 6749 section 4.1.1, with PAR (RFC 9126) where the settings say so. */
  authorizeRequest(
    context: ProviderContext,
    step: AuthorizeStep,
  ): Promise<AuthorizeRequest>;

  /**
   * Checks the answer of the authorize step (`error` wins over `code`, `iss` as RFC 9207 says) and throws for a refusal.
   * Answers the code, the members to keep, and an `iss` that was there without a configured issuer.
   */
  readCallback(
    context: ProviderContext,
    parameters: CallbackParameters,
  ): { code: string; kept: Record<string, string>; suggestedIssuer?: string };

  /** RFC 6749 section 4.1.3. A code is sent once, whatever happens. */
  exchangeCode(
    context: ProviderContext,
    input: { code: string; codeVerifier?: string; nonce?: string },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** Client credentials and password (RFC 6749 sections 4.3 and 4.4). */
  requestToken(
    context: ProviderContext,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** RFC 6749 section 6. An answer without a refresh token leaves `refreshToken` undefined: the caller keeps the old. */
  refresh(
    context: ProviderContext,
    tokens: { refreshToken: string; accessToken?: string },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens>;

  /** RFC 7009: refresh token first, then access token. Does nothing without a revocation URL. */
  revoke(
    context: ProviderContext,
    tokens: { refreshToken?: string; accessToken?: string },
  ): Promise<void>;
}
