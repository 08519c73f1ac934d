import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import { ResponseError } from './responseErrorTexts';
import { ResponseFacts } from './ResponseFacts';
import { otherAuthentication } from './clientAuthentications/otherAuthentication';
import { OAuthCode } from './diagnosisCodes';
import { GRANT_REQUESTS, grantOfStep } from './grants';
import { ErrorSubject, oauthErrorText, requestOf } from './oauthErrorTexts';
import { ExchangeStep } from './ProviderCall';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** What a cause is judged by. */
export interface Evidence {
  step: ExchangeStep;
  facts: ResponseFacts;
  subject: ErrorSubject;
  auth?: ResolvedAuth;
}

type Judge = (evidence: Evidence) => Omit<ResponseError, 'code'> | undefined;

const clientOf = ({ clientId }: ErrorSubject) =>
  clientId ? `client '${clientId}'` : 'the client';

/** The provider says that a person must act, where it showed the person a page, or where there is no page to show. */
const personNeeded = (
  { step, subject, auth }: Evidence,
  refusal: boolean,
): ReturnType<Judge> => {
  if (step === 'authorize' || step === 'push') {
    // prompt=none forbids the page: the general text says so.
    const prompts = auth?.authorize.params.prompt?.split(/\s+/) ?? [];
    if (prompts.includes('none')) return undefined;
    return refusal
      ? oauthErrorText('access_denied', step, subject)
      : {
          title: 'The provider needs you to sign in',
          cause:
            'You were not signed in at the provider, or chose no account there.',
          remedy: 'Get a new credential and sign in at the provider.',
        };
  }
  const grant = grantOfStep(step) ?? GRANT_REQUESTS.authorization_code;
  return grant.personNeeded({ client: clientOf(subject) });
};

/** What the facts say of an error beyond its own word. */
const BY_CODE: Partial<Record<OAuthCode, Judge>> = {
  unauthorized_client: ({ step, subject, facts, auth }) => {
    // A code was just issued to this client for this very grant.
    if (grantOfStep(step) === GRANT_REQUESTS.authorization_code) {
      return {
        ...oauthErrorText('invalid_client', step, subject),
        cause:
          'The provider has just issued a code to this client, so the grant is enabled. It did not accept how the client authenticates.',
        fix: otherAuthentication(auth, facts),
      };
    }
    return step === 'refresh'
      ? {
          title: 'Refresh not allowed for this client',
          cause:
            'The client may not use refresh tokens, or its client authentication is no longer valid.',
          remedy:
            'Enable the refresh token grant for the client at the provider, and check its client authentication.',
        }
      : undefined;
  },
  invalid_client: ({ step, subject, facts, auth }) => ({
    ...oauthErrorText('invalid_client', step, subject),
    ...(facts.empty && {
      cause: `The response was empty, with status ${facts.status}. Most often the client ID or its authentication is wrong.`,
    }),
    fix: otherAuthentication(auth, facts),
  }),
  invalid_scope: ({ auth, subject }) =>
    auth?.scopes.length === 0
      ? {
          title: 'The provider requires a scope',
          cause: 'No scope was requested.',
          remedy:
            requestOf(subject)?.scopeRequired ??
            "Enter a scope from the provider's documentation.",
        }
      : undefined,
  login_required: evidence => personNeeded(evidence, false),
  account_selection_required: evidence => personNeeded(evidence, false),
  // Said of a person who declined, too.
  interaction_required: evidence => personNeeded(evidence, true),
  consent_required: evidence => personNeeded(evidence, true),
};

const ABOUT_PKCE = /code[_ ]?(challenge|verifier)|\bpkce\b/i;

/** The provider misses a code challenge that was switched off. */
function pkceRequired({ facts, auth }: Evidence) {
  const { error = '', errorDescription = '' } = facts;
  return auth &&
    GRANTS[auth.grantType].approval === 'person' &&
    auth.pkce === 'off' &&
    ABOUT_PKCE.test(`${error} ${errorDescription}`)
    ? {
        title: 'The provider requires PKCE',
        cause: 'The request had no code challenge, because PKCE is off.',
        remedy: 'Set PKCE to S256, then get a new credential.',
        fix: { set: { 'auth.pkce': 'S256' } },
      }
    : undefined;
}

/** Errors that only a token endpoint returns: a server that sends one was called at the right URL. */
const OF_TOKEN_ENDPOINT: readonly string[] = [
  'invalid_client',
  'invalid_grant',
  'client_secret_expired',
];

const pathOf = (url: string) => url.split(/[?#]/)[0].replace(/\/+$/, '');

/** A token request that went to the page where people approve. */
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
  const field = url === auth?.token.url ? 'Token URL' : 'Refresh URL';
  return {
    code: 'wrong_endpoint',
    title: `The ${field} is an authorize URL`,
    cause: same
      ? `It is the same as the Authorize URL, where people approve.`
      : `Its path ends in 'authorize', where people approve.`,
    remedy: `Enter the provider's token endpoint as the ${field}. Its path often ends in 'token'.`,
  };
}

/** The explanation that the facts of an error lead to, where they say more than its word alone. */
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
