import {
  ClientCredential,
  DiagnosisTexts,
  diagnosisTexts,
  GrantType,
  message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { CLIENT_EXPIRED, clientRejected } from './clientCredentialTexts';
import { ErrorText } from './ErrorText';
import { GRANT_REQUESTS, grantOfStep } from './grants';
import { Grant } from './grants/Grant';
import { ExchangeStep } from './ProviderCall';

/** Values for the texts. */
export interface ErrorSubject {
  /** Name of the datasource. */
  name: string;
  clientId?: string;
  redirectUri?: string;
  /** Instance values that aren't secret, by name. */
  instance?: Record<string, string>;
  scopes?: string;
  grantType?: GrantType;
  /** Credential of the client. Default: a secret. */
  clientCredential?: ClientCredential;
}

type Text = ErrorText | ((subject: ErrorSubject) => ErrorText);

const grantOf = ({ grantType }: ErrorSubject): MessageValue =>
  message(grantType ? `name.grant.${grantType}` : 'name.thisGrant');

/** The client with its ID, if the settings have one. */
export const clientOf = ({ clientId }: ErrorSubject): MessageValue =>
  clientId
    ? message('name.clientWithId', { id: clientId })
    : message('name.client');

/** The request of the datasource's grant, if there is one. */
export const requestOf = ({ grantType }: ErrorSubject): Grant | undefined =>
  grantType && GRANT_REQUESTS[grantType];

const signInForbidden = diagnosisTexts('signInForbidden');

function scopeRejected(subject: ErrorSubject): DiagnosisTexts {
  const { scopes } = subject;
  const texts = diagnosisTexts('scopeRejected', { scopes: scopes ?? '' });
  const advice = requestOf(subject)?.scopeRejected;
  return {
    ...texts,
    ...(!scopes && { cause: [message('sentence.noScope')] }),
    ...(advice && { remedy: [advice] }),
  };
}

/** Errors with the same meaning in every step (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707, 9449, OpenID Connect Core). */
const ANYWHERE: Record<string, Text> = {
  access_denied: subject =>
    diagnosisTexts('accessDenied', { client: clientOf(subject) }),
  invalid_scope: scopeRejected,
  invalid_client: ({ clientCredential, clientId }) =>
    clientRejected(clientCredential, clientId),
  client_secret_expired: ({ clientCredential = 'clientSecret' }) =>
    CLIENT_EXPIRED[clientCredential],
  redirect_uri_mismatch: ({ redirectUri = '' }) =>
    diagnosisTexts('redirectUriUnregistered', { redirectUri }),
  unsupported_grant_type: diagnosisTexts('grantUnsupported'),
  invalid_target: diagnosisTexts('resourceRejected'),
  invalid_dpop_proof: diagnosisTexts('dpopProofRejected'),
  use_dpop_nonce: {
    ...diagnosisTexts('dpopNonceRejected'),
    retryable: true,
  },
  server_error: { ...diagnosisTexts('providerProblem'), retryable: true },
  rate_limited: { ...diagnosisTexts('tooManyRequests'), retryable: true },
  login_required: signInForbidden,
  interaction_required: signInForbidden,
  account_selection_required: signInForbidden,
  consent_required: signInForbidden,
};
ANYWHERE.temporarily_unavailable = ANYWHERE.server_error;
ANYWHERE.slow_down = ANYWHERE.rate_limited;

const AUTHORIZE: Record<string, Text> = {
  invalid_request: ({ redirectUri = '' }) =>
    diagnosisTexts('authorizeRequestRejected', { redirectUri }),
  unauthorized_client: diagnosisTexts('codeGrantForbidden'),
  unsupported_response_type: diagnosisTexts('codeGrantUnsupported'),
};

const TOKEN: Record<string, Text> = {
  invalid_request: diagnosisTexts('tokenRequestIncomplete'),
  unauthorized_client: subject =>
    diagnosisTexts('grantForbidden', { grant: grantOf(subject) }),
};

const REFRESH_REJECTED: Text = ({ name }) =>
  diagnosisTexts('refreshTokenRejected', { name });

function invalidGrant(step: ExchangeStep): Text | undefined {
  return step === 'refresh'
    ? REFRESH_REJECTED
    : grantOfStep(step)?.invalidGrant;
}

/**
 * Returns the texts for an OAuth 2.0 error by the step in which it occurred. Unknown errors are shown as received.
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
  return text ?? diagnosisTexts('unknownError');
}

function own(texts: Record<string, Text>, code: string): Text | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}
