import {
  diagnosisTexts,
  GRANTS,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseError } from './responseErrorTexts';
import { ResponseFacts } from './ResponseFacts';
import { otherAuthentication } from './clientAuthentications/otherAuthentication';
import { OAuthCode } from './diagnosisCodes';
import { GRANT_REQUESTS, grantOfStep } from './grants';
import {
  clientOf,
  ErrorSubject,
  oauthErrorText,
  requestOf,
} from './oauthErrorTexts';
import { ExchangeStep } from './ProviderCall';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** The facts that decide the cause. */
export interface Evidence {
  step: ExchangeStep;
  facts: ResponseFacts;
  subject: ErrorSubject;
  auth?: ResolvedAuth;
}

type Judge = (evidence: Evidence) => Omit<ResponseError, 'code'> | undefined;

/** For a provider that requires a user, either after it showed a page or without a page to show. */
const personNeeded = (
  { step, subject, auth }: Evidence,
  refusal: boolean,
): ReturnType<Judge> => {
  if (step === 'authorize' || step === 'push') {
    // prompt=none forbids the page. The general text says so.
    const prompts = auth?.authorize.params.prompt?.split(/\s+/) ?? [];
    if (prompts.includes('none')) return undefined;
    return refusal
      ? oauthErrorText('access_denied', step, subject)
      : diagnosisTexts('signInMissed');
  }
  const grant = grantOfStep(step) ?? GRANT_REQUESTS.authorization_code;
  return grant.personNeeded({ client: clientOf(subject) });
};

/** Causes that the facts reveal beyond the error's name. */
const BY_CODE: Partial<Record<OAuthCode, Judge>> = {
  unauthorized_client: ({ step, subject, facts, auth }) => {
    // A code was just issued to this client for this grant.
    if (grantOfStep(step) === GRANT_REQUESTS.authorization_code) {
      return {
        ...oauthErrorText('invalid_client', step, subject),
        cause: [message('sentence.clientWasIssuedCode')],
        fix: otherAuthentication(auth, facts, step),
      };
    }
    return step === 'refresh' ? diagnosisTexts('refreshForbidden') : undefined;
  },
  invalid_client: ({ step, subject, facts, auth }) => ({
    ...oauthErrorText('invalid_client', step, subject),
    ...(facts.empty && {
      cause: [
        message('sentence.clientGotEmptyResponse', {
          status: facts.status ?? 0,
        }),
      ],
    }),
    fix: otherAuthentication(auth, facts, step),
  }),
  invalid_scope: ({ auth, subject }) => {
    if (auth?.scopes.length !== 0) return undefined;
    const texts = diagnosisTexts('scopeRequired');
    const advice = requestOf(subject)?.scopeRequired;
    return advice ? { ...texts, remedy: [advice] } : texts;
  },
  login_required: evidence => personNeeded(evidence, false),
  account_selection_required: evidence => personNeeded(evidence, false),
  // Also returned when the user declined.
  interaction_required: evidence => personNeeded(evidence, true),
  consent_required: evidence => personNeeded(evidence, true),
};

const ABOUT_PKCE = /code[_ ]?(challenge|verifier)|\bpkce\b/i;

/** For a provider that requires PKCE, which is off in the settings. */
function pkceRequired({ facts, auth }: Evidence) {
  const { error = '', errorDescription = '' } = facts;
  return auth &&
    GRANTS[auth.grantType].approval === 'person' &&
    auth.pkce === 'off' &&
    ABOUT_PKCE.test(`${error} ${errorDescription}`)
    ? {
        ...diagnosisTexts('pkceRequired'),
        fix: { set: { 'auth.pkce': 'S256' } },
      }
    : undefined;
}

/** Errors that only token endpoints return. A server that returns one was called at the right URL. */
const OF_TOKEN_ENDPOINT: readonly string[] = [
  'invalid_client',
  'invalid_grant',
  'client_secret_expired',
];

const pathOf = (url: string) => url.split(/[?#]/)[0].replace(/\/+$/, '');

/** For a token request that was sent to the approval page. */
export function authorizeUrlCalled(
  { step, facts, auth }: Evidence,
  meaning?: string,
): ResponseError | undefined {
  const { status = 0 } = facts;
  const url = (step === 'refresh' && auth?.refresh?.url) || auth?.token?.url;
  const asks = step === 'refresh' || grantOfStep(step);
  if (!asks || !url || status >= 500 || status === 429) return undefined;
  if (meaning && OF_TOKEN_ENDPOINT.includes(meaning)) return undefined;
  const path = pathOf(url);
  const same =
    auth?.authorize?.url !== undefined && pathOf(auth.authorize.url) === path;
  if (!same && !/\/authori[sz]e$/.test(path)) return undefined;
  const setting = message(
    url === auth?.token.url ? 'name.tokenUrl' : 'name.refreshUrl',
  );
  return {
    code: 'wrong_endpoint',
    ...diagnosisTexts('authorizeUrlCalled', { setting }),
    ...(!same && { cause: [message('sentence.authorizePath')] }),
  };
}

/** Returns the explanation that follows from the facts of an error, if they say more than its name. */
export function likelyCause(
  code: OAuthCode | 'provider_error',
  evidence: Evidence,
): ResponseError | undefined {
  const wrong = authorizeUrlCalled(evidence, code);
  if (wrong) return wrong;
  const found =
    pkceRequired(evidence) ??
    (code === 'provider_error' ? undefined : BY_CODE[code]?.(evidence));
  return found && { code, ...found };
}
