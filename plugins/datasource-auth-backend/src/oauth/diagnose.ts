import {
  Diagnosis,
  DiagnosisTexts,
  diagnosisTexts,
  fillInstance,
  GrantDescriptor,
  GRANTS,
  message,
  Message,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { grantOfStep } from './grants';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { responseErrorText, overloadErrorText } from './responseErrorTexts';
import { ResponseFacts } from './ResponseFacts';
import { DiagnosisCode, isOAuthCode, OAuthCode } from './diagnosisCodes';
import { ExchangeOutcome, OAuthExchangeError } from './OAuthExchangeError';
import { ErrorText } from './ErrorText';
import { ErrorSubject, oauthErrorText } from './oauthErrorTexts';
import { idTokenText, LibraryFault } from './idTokenTexts';
import { authorizeUrlCalled, likelyCause } from './likelyCauses';
import { standardErrorOf } from './providerAliases';
import { cleanProviderText, REMOVED } from './providerText';
import { ExchangeStep } from './ProviderCall';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { readRetryAfter } from './retryAfter';
import { Blocked, transportErrorText } from './transportErrorTexts';
import { withInstanceValues } from './unknownInstanceValue';

/** A failure with everything that explains it. */
export interface Failure {
  step: ExchangeStep;
  /** The thrown error. Only the codes in its chain of causes are read. It is never passed on. */
  error: unknown;
  facts: ResponseFacts;
  subject: ErrorSubject;
  auth?: ResolvedAuth;
  /** Values that must not appear in any text: tokens, codes, secrets. */
  secrets: readonly string[];
  /** Epoch milliseconds. Default: now. */
  now?: number;
}

/**
 * Explains a failed exchange to users and classifies it. The order is fixed: failures of the connection first, then
 * overload, then the provider's error, then the form of the response.
 */
export function diagnose(failure: Failure): OAuthExchangeError {
  const { step, secrets, now = Date.now() } = failure;
  const meaning = meaningIn(failure.facts);
  const { instance } = failure.subject;
  const facts = cleanFacts(
    {
      ...failure.facts,
      endpoint: fillInstance(failure.facts.endpoint, instance),
      host: fillInstance(failure.facts.host, instance),
    },
    secrets,
    meaning,
  );
  const retryAt =
    facts.status === 429 || facts.status === 503
      ? readRetryAfter(facts.retryAfter, now)
      : undefined;
  const found = withInstanceValues(
    withPasswordCause(
      explain({ ...failure, facts }, meaning, retryAt && retryAt - now),
      facts,
      step,
    ),
    facts,
    instance,
  );
  const diagnosis: Diagnosis = {
    code: found.code,
    ...renderDiagnosis(found),
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

/** Redirects, and statuses that mean a wrong path, method or content type. */
const TELLING_STATUS = /^(3..|404|405|406|410|415)$/;

type Explanation = ErrorText & {
  code: DiagnosisCode;
  fix?: Diagnosis['fix'];
};

/** Codes that servers also use to reject a username or password. */
const MAY_BE_PASSWORD: readonly DiagnosisCode[] = [
  ...(['invalid_request', 'provider_error', 'invalid_client'] as const),
  ...(['unauthorized_client', 'access_denied'] as const),
  ...(['bad_response', 'empty_response'] as const),
];

/** Returns whether a step sends a username and password. */
function mayLockAccount(step: ExchangeStep): boolean {
  const grants: Partial<Record<ExchangeStep, GrantDescriptor>> = GRANTS;
  return grants[step]?.locksAccounts ?? false;
}

/** Adds the username and password to the causes if the response doesn't say what was rejected. */
function withPasswordCause(
  found: Explanation,
  { status = 0 }: ResponseFacts,
  step: ExchangeStep,
): Explanation {
  const open =
    mayLockAccount(step) &&
    status >= 400 &&
    status < 500 &&
    MAY_BE_PASSWORD.includes(found.code);
  if (!open) return found;
  return {
    ...found,
    cause: [...found.cause, message('sentence.passwordMayBeWrong')],
    remedy: [message('sentence.checkPasswordFirst'), ...found.remedy],
  };
}

/** Returns the meaning of the provider's error. Its own text is never a code. */
function meaningIn(
  facts: ResponseFacts,
): OAuthCode | 'provider_error' | undefined {
  if (facts.error === undefined) return undefined;
  const means = standardErrorOf({
    error: facts.error,
    description: facts.errorDescription,
    host: facts.host,
  });
  return isOAuthCode(means) ? means : 'provider_error';
}

/** Maximum length of an error name that is shown. */
const MOST_OF_ERROR = 100;

/** Returns the facts that may be shown and stored, with the provider's texts masked and limited in length. */
function cleanFacts(
  facts: ResponseFacts,
  secrets: readonly string[],
  meaning: string | undefined,
): ResponseFacts {
  const clean = (text: string | undefined, most?: number) =>
    text === undefined ? undefined : cleanProviderText(text, secrets, most);
  const untouched = (text: string) => clean(text) === text;
  const { status = 0, errorConfigured, unknownTokenType } = facts;
  // A wrong error field in the settings can be the token's, and a successful response has one.
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
  waitMs: number | undefined,
): Explanation {
  const { error, facts, step, subject, auth } = failure;
  const settings = findSettingsError(error);
  if (settings) {
    return {
      code: 'settings_invalid',
      ...diagnosisTexts('settingsInvalid'),
      cause: [settings],
    };
  }
  if (facts.status === undefined) {
    for (const cause of causes(error)) {
      const text = transportErrorText(cause, facts);
      if (text) return text;
    }
  }
  const overload = overloadErrorText(facts, waitMs);
  if (overload) return overload;
  const { status } = facts;
  const evidence = { step, facts, subject, auth };
  // Such a status says more than a nonstandard error.
  const statusWins =
    status !== undefined && TELLING_STATUS.test(String(status));
  if (meaning !== undefined && !(meaning === 'provider_error' && statusWins)) {
    return (
      likelyCause(meaning, evidence) ?? {
        code: meaning,
        ...oauthErrorText(meaning, step, subject),
        ...(meaning === 'provider_error' && errorOfProvider(failure)),
      }
    );
  }
  const wrongUrl = authorizeUrlCalled(evidence);
  if (wrongUrl) return wrongUrl;
  if ((status === 401 || status === 403) && !facts.html && !facts.malformed)
    return likelyCause('invalid_client', evidence)!;
  if (status !== undefined)
    return (
      idTokenText(causes(error), failure.secrets) ??
      responseErrorText(facts, step, auth)
    );
  return { code: 'unexpected', ...diagnosisTexts('unexpected') };
}

/** Returns where an unknown error was found. */
function errorOfProvider({ facts, auth }: Failure): Partial<DiagnosisTexts> {
  const { status = 0, errorConfigured } = facts;
  if (status < 200 || status >= 300) return {};
  const path = auth?.response.error ?? 'error';
  return errorConfigured
    ? {
        cause: [message('sentence.errorInProperty', { path })],
        remedy: [message('sentence.checkErrorProperty')],
      }
    : { cause: [message('sentence.errorInSuccess', { status })] };
}

function findSettingsError(error: unknown): Message | undefined {
  return causes(error).find(({ settings }) => settings)?.settings;
}

/** Returns the codes and names in the chain of causes, which can be long when libraries wrap libraries. */
function causes(
  error: unknown,
): Array<LibraryFault & { settings?: Message; blocked?: Blocked }> {
  const found = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Object; depth += 1) {
    const { name, code, cause } = current as Record<string, unknown>;
    found.push({
      settings: current instanceof SettingsError ? current.text : undefined,
      code: String(code ?? name ?? ''),
      message: current instanceof Error ? current.message : '',
      blocked: current instanceof EgressBlockedError ? current : undefined,
      details: Object(cause),
    });
    current = cause;
  }
  return found;
}

/** Gateways return these when they don't know the outcome of the request (520 and 524 are Cloudflare's). */
const OUTCOME_UNKNOWN = [502, 504, 520, 524];

function outcomeOf(
  facts: ResponseFacts,
  step: ExchangeStep,
  code: string,
): ExchangeOutcome {
  // The response of the authorize step comes through the browser, so there is one although nothing was sent.
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
  const grants = step === 'refresh' || grantOfStep(step)?.isRefusable;
  return refusal && grants ? 'refused' : 'answered';
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
