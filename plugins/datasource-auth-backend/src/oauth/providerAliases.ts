import { OAuthCode } from './diagnosisCodes';

/** A provider's own word for an error of RFC 6749. */
interface Alias {
  error: string | RegExp;
  /** Looked for in the description as well, where the error alone does not say it. */
  description?: RegExp;
  /** Only at hosts that end with this. */
  host?: string;
  means: OAuthCode;
}

/**
 * The first that matches counts. Sources are the providers' own lists of errors.
 */
const ALIASES: readonly Alias[] = [
  // GitHub and HubSpot
  { error: 'bad_verification_code', means: 'invalid_grant' },
  { error: 'bad_refresh_token', means: 'invalid_grant' },
  { error: 'bad_auth_code', means: 'invalid_grant' },
  { error: 'incorrect_client_credentials', means: 'invalid_client' },
  // Slack and Zoho
  { error: 'invalid_code', means: 'invalid_grant' },
  { error: 'invalid_refresh_token', means: 'invalid_grant' },
  { error: 'bad_client_secret', means: 'invalid_client' },
  { error: 'invalid_client_id', means: 'invalid_client' },
  { error: 'invalid_client_secret', means: 'invalid_client' },
  { error: 'bad_redirect_uri', means: 'redirect_uri_mismatch' },
  { error: 'invalid_redirect_uri', means: 'redirect_uri_mismatch' },
  // Said by several servers
  { error: 'scope_invalid', means: 'invalid_scope' },
  { error: /^rate_?limited$/, means: 'rate_limited' },
  // Atlassian answers this for a refresh token that is dead
  {
    error: 'unauthorized_client',
    description: /refresh_?\s?token is invalid/i,
    host: 'auth.atlassian.com',
    means: 'invalid_grant',
  },
  // Webex says it in a bare message
  {
    error: 'unsuccessful',
    description: /refresh token (provided )?is (expired|invalid|revoked)/i,
    host: 'webexapis.com',
    means: 'invalid_grant',
  },
  // Microsoft Entra: its number says more than the error
  {
    error: /./,
    description: /AADSTS7000222\b/,
    means: 'client_secret_expired',
  },
  {
    error: /./,
    description: /AADSTS(7000215|700016)\b/,
    means: 'invalid_client',
  },
  { error: /./, description: /AADSTS65001\b/, means: 'consent_required' },
  { error: /./, description: /AADSTS50076\b/, means: 'interaction_required' },
  { error: /./, description: /AADSTS70008\d?\b/, means: 'invalid_grant' },
];

/**
 * The meaning of a provider's error as a code of RFC 6749 or one of ours; the error itself where no alias is known.
 */
export function meaningOf(failure: {
  error: string;
  description?: string;
  host?: string;
}): string {
  const { error, description = '', host = '' } = failure;
  const alias = ALIASES.find(
    candidate =>
      (typeof candidate.error === 'string'
        ? candidate.error === error.toLowerCase()
        : candidate.error.test(error.toLowerCase())) &&
      (!candidate.description || candidate.description.test(description)) &&
      (!candidate.host || host.split(':')[0].endsWith(candidate.host)),
  );
  return alias?.means ?? error;
}
