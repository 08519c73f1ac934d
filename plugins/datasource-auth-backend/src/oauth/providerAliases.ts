import { OAuthCode } from './diagnosisCodes';

/** A provider's own name for an error of RFC 6749. */
export interface Alias {
  error: string | RegExp;
  /** Pattern for the description, if the error alone isn't specific enough. */
  description?: RegExp;
  /** Applies only to hosts with this suffix. */
  host?: string;
  means: OAuthCode;
  /** Presets of the providers that use it. Absent if several servers do. */
  presets: readonly string[];
  /** Source, read in 2026-11. */
  source: string;
}

const ENTRA = {
  error: /./,
  presets: ['microsoft-entra'],
  source:
    'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
} as const;
const GITHUB = {
  presets: ['github', 'github-app'],
  source:
    'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors',
} as const;
const SLACK = {
  presets: ['slack', 'slack-user'],
  source: 'https://docs.slack.dev/reference/methods/oauth.v2.access',
} as const;
const ZOHO = {
  presets: ['zoho'],
  source:
    'https://help.zoho.com/portal/en/community/topic/kaizen-4-troubleshooting-oauth2-0',
} as const;

/**
 * The first match counts. Aliases apply to every datasource: one with HubSpot's URLs entered by hand gets the same
 * diagnosis as one from the preset. Each alias needs a source.
 */
export const ALIASES: readonly Alias[] = [
  { ...GITHUB, error: 'bad_verification_code', means: 'invalid_grant' },
  { ...GITHUB, error: 'incorrect_client_credentials', means: 'invalid_client' },
  {
    error: 'bad_refresh_token',
    means: 'invalid_grant',
    presets: ['github-app', 'hubspot'],
    source:
      'https://github.com/orgs/community/discussions/24745, https://github.com/airbytehq/airbyte/issues/79592',
  },
  {
    error: 'bad_auth_code',
    means: 'invalid_grant',
    presets: ['hubspot'],
    source: 'https://github.com/HGData/mk-node-hubspot/issues/87',
  },
  {
    error: 'expired_auth_code',
    means: 'invalid_grant',
    presets: ['hubspot'],
    source: 'https://github.com/HubSpot/hubspot-api-python/issues/115',
  },
  {
    error: 'invalid_code',
    means: 'invalid_grant',
    presets: ['slack', 'slack-user', 'zoho'],
    source: `${SLACK.source}, ${ZOHO.source}`,
  },
  {
    ...SLACK,
    error: 'invalid_refresh_token',
    means: 'invalid_grant',
    source: 'https://github.com/slackapi/node-slack-sdk/issues/2038',
  },
  { ...SLACK, error: 'bad_client_secret', means: 'invalid_client' },
  { ...SLACK, error: 'invalid_client_id', means: 'invalid_client' },
  { ...SLACK, error: 'bad_redirect_uri', means: 'redirect_uri_mismatch' },
  { ...SLACK, error: 'ratelimited', means: 'rate_limited' },
  {
    ...ZOHO,
    error: 'invalid_client_secret',
    means: 'invalid_client',
    source: 'https://github.com/schmorrison/Zoho/pull/34',
  },
  {
    ...ZOHO,
    error: 'invalid_redirect_uri',
    means: 'redirect_uri_mismatch',
    source: 'https://github.com/asciisd/zoho/issues/20',
  },
  {
    error: 'scope_invalid',
    means: 'invalid_scope',
    presets: [],
    source: 'A response of a real server, whose documentation is not public',
  },
  // In addition to `invalid_grant`, which is documented
  {
    error: 'unauthorized_client',
    description: /refresh_?\s?token is invalid/i,
    host: 'auth.atlassian.com',
    means: 'invalid_grant',
    presets: ['atlassian'],
    source: 'https://github.com/ParabolInc/parabol/issues/11849',
  },
  // In a message without an error
  {
    error: 'unsuccessful',
    description: /refresh token (provided )?is (expired|invalid|revoked)/i,
    host: 'webexapis.com',
    means: 'invalid_grant',
    presets: ['webex'],
    source: 'https://github.com/webex/webex-js-sdk/pull/855',
  },
  // The number is more specific than the error
  {
    ...ENTRA,
    description: /AADSTS7000222\b/,
    means: 'client_secret_expired',
  },
  {
    ...ENTRA,
    description: /AADSTS(7000215|700016)\b/,
    means: 'invalid_client',
  },
  { ...ENTRA, description: /AADSTS65001\b/, means: 'consent_required' },
  { ...ENTRA, description: /AADSTS50076\b/, means: 'interaction_required' },
  { ...ENTRA, description: /AADSTS70008\d?\b/, means: 'invalid_grant' },
];

/** A provider's error and its host. */
interface ProviderFailure {
  error: string;
  description?: string;
  host?: string;
}

/**
 * Returns the code of RFC 6749 or of this plugin for a provider's error, or the error itself without an alias.
 */
export function standardErrorOf(failure: ProviderFailure): string {
  return aliasOf(failure)?.means ?? failure.error;
}

/** Returns the alias for a provider's error. */
export function aliasOf(failure: ProviderFailure): Alias | undefined {
  const { error, description = '', host = '' } = failure;
  return ALIASES.find(
    candidate =>
      (typeof candidate.error === 'string'
        ? candidate.error === error.toLowerCase()
        : candidate.error.test(error.toLowerCase())) &&
      (!candidate.description || candidate.description.test(description)) &&
      (!candidate.host || isAt(host.split(':')[0], candidate.host)),
  );
}

function isAt(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
