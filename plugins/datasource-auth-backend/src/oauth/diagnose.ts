import {
  Diagnosis,
  DiagnosisTexts,
  diagnosisTexts,
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

/** A failure as it was met, with everything that explains it. */
export interface Failure {
  step: ExchangeStep;
  /** What was thrown. Only its code is looked at, along the chain of causes; it is never handed on. */
  error: unknown;
  facts: ResponseFacts;
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
  const retryAt =
    facts.status === 429 || facts.status === 503
      ? readRetryAfter(facts.retryAfter, now)
      : undefined;
  const found = withPasswordCause(
    explain({ ...failure, facts }, meaning, retryAt && retryAt - now),
    facts,
    step,
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

/** Redirects, and what says that path, method or content type is wrong. */
const TELLING_STATUS = /^(3..|404|405|406|410|415)$/;

type Explanation = ErrorText & {
  code: DiagnosisCode;
  fix?: Diagnosis['fix'];
};

/** Codes with which servers also refuse a user name or password. */
const MAY_BE_PASSWORD: readonly DiagnosisCode[] = [
  ...(['invalid_request', 'provider_error', 'invalid_client'] as const),
  ...(['unauthorized_client', 'access_denied'] as const),
  ...(['bad_response', 'empty_response'] as const),
];

/** Whether a step presents a user name and password. */
function mayLockAccount(step: ExchangeStep): boolean {
  const grants: Partial<Record<ExchangeStep, GrantDescriptor>> = GRANTS;
  return grants[step]?.locksAccounts ?? false;
}

/** Names the user name and password among the causes where the response leaves open what was refused. */
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

/** What the provider's error means; its own words are never a code. */
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

/** Longest error word that is shown. */
const MOST_OF_ERROR = 100;

/** The facts as they may be shown and stored: texts of the provider masked and capped. */
function cleanFacts(
  facts: ResponseFacts,
  secrets: readonly string[],
  meaning: string | undefined,
): ResponseFacts {
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
  // An error that no standard knows says less than such a status.
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

/** Says where an unknown error was found. */
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

/** Codes and names along the chain of causes, which can be long where a library wraps a library. */
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

/** Gateways say these when they do not know what became of the request (520 and 524 are Cloudflare's). */
const OUTCOME_UNKNOWN = [502, 504, 520, 524];

function outcomeOf(
  facts: ResponseFacts,
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
  const grants = step === 'refresh' || grantOfStep(step)?.isRefusable;
  return refusal && grants ? 'refused' : 'answered';
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
