import { Diagnosis } from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { answerErrorText, overloadErrorText } from './answerErrorTexts';
import { AnswerFacts } from './AnswerFacts';
import { DiagnosisCode, isOAuthCode, OAuthCode } from './diagnosisCodes';
import { ExchangeOutcome, OAuthExchangeError } from './OAuthExchangeError';
import { ErrorSubject, ErrorText, oauthErrorText } from './oauthErrorTexts';
import { meaningOf } from './providerAliases';
import { cleanProviderText, REMOVED } from './providerText';
import { ExchangeStep } from './ProviderCall';
import { ResolvedAuth } from './ResolvedSettings';
import { readRetryAfter } from './retryAfter';
import { Blocked, transportErrorText } from './transportErrorTexts';

/** A failure as it was met, with everything that explains it. */
export interface Failure {
  step: ExchangeStep;
  /** What was thrown. Only its code is looked at, along the chain of causes; it is never handed on. */
  error: unknown;
  facts: AnswerFacts;
  subject: ErrorSubject;
  auth?: ResolvedAuth;
  /** What must not be in any text: tokens, codes, secrets. */
  secrets: readonly string[];
  /** Epoch milliseconds; default now. */
  now?: number;
}

/**
 * Explains a failed exchange in words a person can act on, and says what may be done next. The order is fixed: what
 * happened on the way comes first, then overload, then what the provider reports, then the shape of its answer.
 */
export function diagnose(failure: Failure): OAuthExchangeError {
  const { step, secrets, now = Date.now() } = failure;
  const meaning = meaningIn(failure.facts);
  const facts = cleanFacts(failure.facts, secrets, meaning);
  const found = explain({ ...failure, facts }, meaning);
  const retryAt =
    facts.status === 429 || facts.status === 503
      ? readRetryAfter(facts.retryAfter, now)
      : undefined;
  const diagnosis: Diagnosis = {
    code: found.code,
    title: found.title,
    cause: found.cause,
    remedy: found.remedy,
    retryable: found.retryable ?? false,
    details: withoutUndefined({
      host: facts.host,
      endpoint: facts.endpoint,
      status: facts.status,
      error: facts.error,
      errorDescription: facts.errorDescription,
      contentType: facts.contentType,
      location: facts.location,
      allow: facts.allow,
      fields: facts.fields,
      retryAt,
      at: now,
    }),
    ...(found.fix ? { fix: found.fix } : {}),
  };
  return new OAuthExchangeError({
    diagnosis,
    outcome: outcomeOf(failure.facts, step, found.code),
    retryAt,
  });
}

type Explanation = ErrorText & {
  code: DiagnosisCode;
  fix?: Diagnosis['fix'];
};

/** What the provider's error means; its own words are never a code. */
function meaningIn(
  facts: AnswerFacts,
): OAuthCode | 'provider_error' | undefined {
  if (facts.error === undefined) return undefined;
  const means = meaningOf({
    error: facts.error,
    description: facts.errorDescription,
    host: facts.host,
  });
  return isOAuthCode(means) ? means : 'provider_error';
}

/** Longest error word that is shown. */
const MOST_OF_ERROR = 100;

/** The facts as they may be shown and stored: texts of the provider masked and capped. */
function cleanFacts(
  facts: AnswerFacts,
  secrets: readonly string[],
  meaning: string | undefined,
): AnswerFacts {
  const clean = (text: string | undefined, most?: number) =>
    text === undefined ? undefined : cleanProviderText(text, secrets, most);
  const untouched = (text: string) => clean(text) === text;
  const { status = 0, errorConfigured, unknownTokenType } = facts;
  // A configured error field that is wrong can be the token's, and a success has one.
  const hidden =
    errorConfigured && status < 300 && meaning === 'provider_error';
  return {
    ...facts,
    error: hidden ? undefined : clean(facts.error, MOST_OF_ERROR),
    errorDescription: clean(facts.errorDescription),
    contentType: clean(facts.contentType),
    location: clean(facts.location),
    allow: clean(facts.allow),
    fields: facts.fields?.filter(untouched),
    tokenLike: facts.tokenLike?.filter(untouched),
    unknownTokenType:
      unknownTokenType &&
      (untouched(unknownTokenType) ? unknownTokenType : REMOVED),
  };
}

function explain(
  failure: Failure,
  meaning: OAuthCode | 'provider_error' | undefined,
): Explanation {
  const { error, facts, step, subject, auth } = failure;
  const settings = findSettingsError(error);
  if (settings) {
    return {
      code: 'settings_invalid',
      title: 'The settings cannot be used as they are',
      cause: settings,
      remedy: 'Correct the settings and try again.',
    };
  }
  if (facts.status === undefined) {
    for (const cause of causes(error)) {
      const text = transportErrorText(cause, facts);
      if (text) return text;
    }
  }
  const overload = overloadErrorText(facts);
  if (overload) return overload;
  if (meaning !== undefined) {
    return {
      code: meaning,
      ...oauthErrorText(meaning, step, subject),
      fix: meaning === 'invalid_client' ? otherAuthentication(auth) : undefined,
    };
  }
  if (facts.status === 401 || facts.status === 403) {
    const code = 'invalid_client';
    return {
      code,
      ...oauthErrorText(code, step, subject),
      fix: otherAuthentication(auth),
    };
  }
  if (facts.status !== undefined) {
    const idToken = idTokenError(error);
    return idToken ?? answerErrorText(facts, step, auth);
  }
  return {
    code: 'unexpected',
    title: 'The exchange failed',
    cause: 'Something unexpected happened before an answer was there.',
    remedy: "Try again. If it stays like this, look into the backend's log.",
  };
}

/** Where a provider that does not find the client's secret may look for it instead (RFC 6749 section 2.3.1). */
const OTHER_AUTHENTICATION: Partial<
  Record<ResolvedAuth['clientAuthentication'], string>
> = {
  client_secret_basic: 'client_secret_post',
  client_secret_basic_raw: 'client_secret_post',
  client_secret_post: 'client_secret_basic',
};

function otherAuthentication(auth?: ResolvedAuth): Explanation['fix'] {
  const other = auth && OTHER_AUTHENTICATION[auth.clientAuthentication];
  return other ? { set: { 'auth.clientAuthentication': other } } : undefined;
}

/** The library's codes for an ID token that does not stand up to validation (OpenID Connect Core section 3.1.3.7). */
const ID_TOKEN_CODES = new Set([
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_PARSE_ERROR',
]);

function idTokenError(error: unknown): Explanation | undefined {
  const found = causes(error).some(
    ({ code, message }) =>
      ID_TOKEN_CODES.has(code) || /\bJW[TES]\b|id_token|ID Token/.test(message),
  );
  return found
    ? {
        code: 'id_token_invalid',
        title: 'The ID token does not belong to this approval',
        cause:
          'Issuer, audience, nonce or time in the ID token differ from what is expected, or there is none.',
        remedy:
          "Check the issuer and the client id. If the provider's clock or this one is wrong, set it. Without the scope openid no ID token is needed.",
      }
    : undefined;
}

function findSettingsError(error: unknown): string | undefined {
  return causes(error).find(({ name }) => name === 'SettingsError')?.message;
}

/** Codes and names along the chain of causes, which can be long where a library wraps a library. */
function causes(
  error: unknown,
): Array<{ name: string; code: string; message: string; blocked?: Blocked }> {
  const found = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Object; depth += 1) {
    const { name, code, message, cause } = current as Record<string, unknown>;
    found.push({
      name: String(name ?? ''),
      code: String(code ?? name ?? ''),
      message: typeof message === 'string' ? message : '',
      blocked: current instanceof EgressBlockedError ? current : undefined,
    });
    current = cause;
  }
  return found;
}

/** Gateways say these when they do not know what became of the request (520 and 524 are Cloudflare's). */
const OUTCOME_UNKNOWN = [502, 504, 520, 524];

function outcomeOf(
  facts: AnswerFacts,
  step: ExchangeStep,
  code: string,
): ExchangeOutcome {
  // The answer of the authorize step comes through the browser: nothing was sent, and yet there is one.
  if (step === 'authorize' && facts.error !== undefined) return 'answered';
  if (!facts.sent) return 'not_sent';
  if (facts.status === undefined) return 'silent';
  if (facts.truncated || OUTCOME_UNKNOWN.includes(facts.status))
    return 'silent';
  const refusal =
    code === 'invalid_grant' ||
    (facts.error === 'invalid_grant' &&
      facts.status < 500 &&
      facts.status !== 429);
  const grants = step === 'refresh' || step === 'code' || step === 'password';
  return refusal && grants ? 'refused' : 'answered';
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
