/** Error codes of OAuth 2.0, its extensions and OpenID Connect, and two that only aliases map to. */
export const OAUTH_CODES = [
  // RFC 6749 sections 4.1.2.1 and 5.2
  'access_denied',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  // RFC 6750, 7009, 8628, 8707, 9101, 9449
  'authorization_pending',
  'expired_token',
  'insufficient_scope',
  'invalid_dpop_proof',
  'invalid_request_object',
  'invalid_request_uri',
  'invalid_target',
  'invalid_token',
  'request_not_supported',
  'request_uri_not_supported',
  'slow_down',
  'unsupported_token_type',
  'use_dpop_nonce',
  // OpenID Connect Core section 3.1.2.6
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
  'registration_not_supported',
  // Aliases
  'client_secret_expired',
  'rate_limited',
  'redirect_uri_mismatch',
] as const;

/** A known error code of a provider. */
export type OAuthCode = (typeof OAUTH_CODES)[number];

/** Codes for what the dialect, the network and this plugin detect. */
type OwnCode =
  | 'aborted'
  | 'bad_response'
  | 'blocked'
  | 'callback_invalid'
  | 'connect'
  | 'content_type'
  | 'dns'
  | 'empty_response'
  | 'id_token_invalid'
  | 'issuer_mismatch'
  | 'method_not_allowed'
  | 'no_token'
  | 'not_found'
  | 'provider_error'
  | 'rate_limited'
  | 'redirect'
  | 'server'
  | 'settings_invalid'
  | 'start_missed'
  | 'timeout'
  | 'tls'
  | 'token_type'
  | 'token_unreadable'
  | 'too_large'
  | 'unexpected'
  | 'wrong_endpoint';

/**
 * The code of a failed exchange. Logs, audit events, the timeline, the database and metrics use it, so the set is closed: a
 * provider's text is never a code.
 */
export type DiagnosisCode = OAuthCode | OwnCode;

const KNOWN: ReadonlySet<string> = new Set(OAUTH_CODES);

/** Returns whether a provider's text is a known error code. */
export function isOAuthCode(text: string): text is OAuthCode {
  return KNOWN.has(text);
}
