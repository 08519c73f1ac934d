import {
  ClientCredential,
  GRANTS,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { CLIENT_EXPIRED, clientRefused } from './clientCredentialTexts';
import { ErrorText } from './ErrorText';
import { GRANT_REQUESTS, grantOfStep } from './grants';
import { Grant } from './grants/Grant';
import { ExchangeStep } from './ProviderCall';

/** What the words refer to. */
export interface ErrorSubject {
  /** Name of the datasource. */
  name: string;
  clientId?: string;
  redirectUri?: string;
  scopes?: string;
  grantType?: GrantType;
  /** What the client proves its identity with; a secret unless told. */
  clientCredential?: ClientCredential;
}

type Text = ErrorText | ((subject: ErrorSubject) => ErrorText);

const grantOf = ({ grantType }: ErrorSubject) =>
  grantType ? GRANTS[grantType].name : 'this grant';

/** The request of the datasource's grant, where there is one. */
export const requestOf = ({ grantType }: ErrorSubject): Grant | undefined =>
  grantType && GRANT_REQUESTS[grantType];

const signInNeeded: ErrorText = {
  title: 'The provider needs you to sign in',
  cause:
    'The provider needs you to sign in, choose an account or consent, but prompt=none forbids its page.',
  remedy:
    'Remove prompt=none from the extra authorize parameters and get a new credential.',
};

/** Errors that mean the same wherever they occur (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707, OpenID Connect Core). */
const ANYWHERE: Record<string, Text> = {
  access_denied: ({ clientId }) => ({
    title: 'Access was not approved',
    cause: 'You or an administrator declined.',
    remedy: `Get a new credential and choose Allow. If your organisation blocks the app, ask its administrator to approve client ${
      clientId ? `'${clientId}'` : 'of this datasource'
    }.`,
  }),
  invalid_scope: subject => ({
    title: 'The provider refused a scope',
    cause: subject.scopes
      ? `Requested: ${subject.scopes}`
      : 'No scope was requested.',
    remedy:
      requestOf(subject)?.scopeRefused ??
      'Check spelling, separate with spaces, and remove scopes the app is not registered for.',
  }),
  invalid_client: ({ clientCredential, clientId }) =>
    clientRefused(clientCredential, clientId),
  client_secret_expired: ({ clientCredential = 'clientSecret' }) =>
    CLIENT_EXPIRED[clientCredential],
  redirect_uri_mismatch: ({ redirectUri }) => ({
    title: 'The redirect URI is not registered',
    cause:
      'The redirect URI in the request differs from the one registered at the provider.',
    remedy: `Register exactly ${redirectUri}; http/https, port and final slash all count.`,
  }),
  unsupported_grant_type: {
    title: 'The server does not offer this grant',
    cause: 'The token endpoint does not know the grant type of the request.',
    remedy: 'Check the Token URL; many tenants disable the password grant.',
  },
  invalid_target: {
    title: 'Resource or audience not accepted',
    cause: 'The provider does not know the requested resource or audience.',
    remedy: 'Check Resource and Audience under Advanced.',
  },
  server_error: {
    title: 'The provider has a problem',
    cause: 'The provider reported an error of its own.',
    remedy: 'Nothing was changed. Try again in a few minutes.',
    retryable: true,
  },
  rate_limited: {
    title: 'Rate limited by the provider',
    cause: 'Too many requests in a short time.',
    remedy: 'Nothing was changed. Try again in a few minutes.',
    retryable: true,
  },
  login_required: signInNeeded,
  interaction_required: signInNeeded,
  account_selection_required: signInNeeded,
  consent_required: signInNeeded,
};
ANYWHERE.temporarily_unavailable = ANYWHERE.server_error;
ANYWHERE.slow_down = ANYWHERE.rate_limited;

const AUTHORIZE: Record<string, Text> = {
  invalid_request: ({ redirectUri }) => ({
    title: 'The provider did not accept the request',
    cause: 'Often a missing parameter or a redirect URI that differs.',
    remedy: `Compare the registered redirect URI with ${redirectUri}, and look for a parameter the provider requires.`,
  }),
  unauthorized_client: {
    title: 'This client may not use this grant',
    cause: 'The app is not allowed to use the authorization code grant.',
    remedy:
      "Enable 'authorization code' for the app at the provider, or pick another grant.",
  },
  unsupported_response_type: {
    title: 'Authorization code not supported here',
    cause: 'The server does not answer with a code.',
    remedy:
      'Check the Authorize URL; this server may only offer client credentials.',
  },
};

const TOKEN: Record<string, Text> = {
  invalid_request: {
    title: 'Token request incomplete',
    cause: 'The provider misses a parameter or does not accept one.',
    remedy: 'Look for a required extra parameter (audience, resource, tenant).',
  },
  unauthorized_client: subject => ({
    title: 'Grant not enabled for this client',
    cause: `The app may not use the grant '${grantOf(subject)}'.`,
    remedy: `Enable ${grantOf(subject)} for the app at the provider.`,
  }),
};

const REFRESH_REFUSED: Text = ({ name }) => ({
  title: `'${name}' must be authorized again`,
  cause:
    'The provider no longer accepts the stored refresh token: expired, revoked, password changed, or used elsewhere.',
  remedy: 'Get a new credential or ask someone who may.',
});

function invalidGrant(step: ExchangeStep): Text | undefined {
  return step === 'refresh' ? REFRESH_REFUSED : grantOfStep(step)?.invalidGrant;
}

/**
 * Words for an error of OAuth 2.0, by the step in which it occurred. An error that is in no list is shown as the provider
 * said it.
 */
export function oauthErrorText(
  code: string,
  step: ExchangeStep,
  subject: ErrorSubject,
): ErrorText {
  const ofStep = step === 'authorize' || step === 'push' ? AUTHORIZE : TOKEN;
  const text =
    (code === 'invalid_grant' ? invalidGrant(step) : undefined) ??
    own(ofStep, code) ??
    own(ANYWHERE, code);
  if (typeof text === 'function') return text(subject);
  return (
    text ?? {
      title: 'The provider reported an error',
      cause: 'The provider did not grant the request.',
      remedy:
        'Read what the provider says under the technical details, and compare the settings with its documentation.',
    }
  );
}

function own(texts: Record<string, Text>, code: string): Text | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}
