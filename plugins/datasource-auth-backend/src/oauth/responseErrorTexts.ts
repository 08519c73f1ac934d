import { ProposedFix } from 'backstage-plugin-datasource-auth-common';
import { ResponseFacts } from './ResponseFacts';
import { DiagnosisCode } from './diagnosisCodes';
import { ErrorText } from './ErrorText';
import { ExchangeStep } from './ProviderCall';
import { formatWait } from '../settings/formatTime';
import { REMOVED } from './providerText';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** Words for an answer that is no OAuth answer, and the change that would put it right where the facts lead to one. */
export interface ResponseError extends ErrorText {
  code: DiagnosisCode;
  fix?: ProposedFix;
}

/**
 * Explains an answer by its status, its headers and its shape. Overloads are looked at before the error in the body: an
 * overloaded server's words about a token mean nothing.
 */
export function overloadErrorText(
  facts: ResponseFacts,
  waitMs?: number,
): ResponseError | undefined {
  const { status = 0, host } = facts;
  const wait =
    waitMs === undefined
      ? 'a few minutes'
      : formatWait(Math.max(1, waitMs), Math.ceil);
  const remedy = `Nothing was changed. Try again in ${wait}.`;
  if (status === 429) {
    return {
      code: 'rate_limited',
      title: 'Rate limited by the provider',
      cause: `${host} returned 429 (too many requests).`,
      remedy,
      retryable: true,
    };
  }
  if (status >= 500) {
    return {
      code: 'server',
      title: 'The provider has a problem',
      cause: `${host} returned ${status}.`,
      remedy,
      retryable: true,
    };
  }
  return undefined;
}

/** Explains everything else that came back and is no token. */
export function responseErrorText(
  facts: ResponseFacts,
  step: ExchangeStep,
  auth?: ResolvedAuth,
): ResponseError {
  const { status = 0, location, allow, method } = facts;
  const called = endpointName(step);
  if (status >= 300 && status < 400) {
    return {
      code: 'redirect',
      title: `The ${called.toLowerCase()} redirected`,
      cause:
        step === 'discovery'
          ? 'Redirects to another origin are not followed.'
          : 'Redirects are not followed with secrets.',
      remedy: location
        ? `Use the final address: ${location}`
        : 'Ask the provider for the final address.',
      fix: redirectFix(facts, step, auth),
    };
  }
  if (status === 404 || status === 410) {
    return {
      code: 'not_found',
      title: `${called} not found`,
      cause: `The server returned ${status} for this path.`,
      remedy: 'Check the path, final slash and method.',
    };
  }
  if (status === 405) {
    const post = method === 'GET' && /\bPOST\b/i.test(allow ?? '');
    return {
      code: 'method_not_allowed',
      title: `Wrong method for the ${called.toLowerCase()}`,
      cause: allow
        ? `The server accepts ${allow} here, not ${method}.`
        : `The server doesn't accept ${method} here.`,
      remedy: 'Check the path, final slash and method.',
      fix:
        post && step !== 'refresh'
          ? { set: { 'auth.token.method': 'POST' } }
          : undefined,
    };
  }
  if (status === 415 || status === 406) {
    return {
      code: 'content_type',
      title: 'Unsupported content type',
      cause: `The server returned ${status} for the content type of the request.`,
      remedy:
        'Choose the other content type of the token request (form or JSON) under Advanced.',
    };
  }
  if (facts.truncated) {
    return {
      code: 'bad_response',
      title: 'The response was cut off',
      cause: 'The response ended in the middle of its JSON.',
      remedy: 'Try again.',
      retryable: true,
    };
  }
  if (facts.html) {
    return {
      code: 'bad_response',
      title: `${endpointKind(step)} returned HTML`,
      cause: `A web page came back with status ${status}: a wrong ${called}, or a proxy or firewall on the way.`,
      remedy: `Check the ${called} against the provider's documentation, then any proxy between Backstage and the provider.`,
    };
  }
  if (facts.malformed) {
    return {
      code: 'bad_response',
      title: "The response isn't valid JSON",
      cause: `The response with status ${status} starts like JSON, but can't be parsed.`,
      remedy: `Check the ${called}. If it is right, report the response to the provider: trying again doesn't help.`,
    };
  }
  if (facts.empty) {
    return {
      code: 'empty_response',
      title: 'The response was empty',
      cause: `The server returned ${status} without a body, so it doesn't say why.`,
      remedy: `Check the ${called}, the client and the parameters of the request against the provider's documentation.`,
    };
  }
  if (status >= 200 && status < 300) return missingToken(facts, step, auth);
  return {
    code: 'bad_response',
    title: 'Unexpected response',
    cause: `The server returned ${status} without an OAuth error.`,
    remedy: `Check the ${called} and the parameters of the request.`,
  };
}

function missingToken(
  facts: ResponseFacts,
  step: ExchangeStep,
  auth?: ResolvedAuth,
): ResponseError {
  if (step === 'revoke' || step === 'push' || step === 'discovery') {
    return {
      code: 'bad_response',
      title: 'Unexpected response',
      cause: "The response doesn't have the fields that the standard requires.",
      remedy: `Check the ${endpointName(step)}.`,
    };
  }
  if (facts.illegible) {
    return {
      code: 'token_unreadable',
      title: "The token can't be read",
      cause:
        'A token in the response contains characters that no HTTP header can carry, or is not UTF-8. Nothing was stored.',
      remedy:
        "Check that 'Access token property' and 'Refresh token property' name the tokens. If they do, report this to the provider.",
    };
  }
  if (facts.unknownTokenType && !facts.tokenLike) {
    return unknownTokenType(facts.unknownTokenType, auth);
  }
  const path = auth?.response.accessToken ?? 'access_token';
  const { fields, form, errorDescription, tokenLike = [] } = facts;
  const only = tokenLike.length === 1 ? tokenLike[0] : undefined;
  const field = `Set 'Access token property' to`;
  let cause = "The response isn't a JSON object.";
  let remedy = `Check the ${endpointName(
    step,
  )} against the provider's documentation.`;
  if (form) cause = 'The response is form-encoded.';
  else if (fields?.length)
    cause = `Fields received: ${fields.map(name => `'${name}'`).join(', ')}.`;
  else if (fields) cause = 'The response has no fields.';
  if (only) remedy = `${field} '${only}'.`;
  else if (errorDescription) remedy = 'Read what the provider says.';
  // Only a response with fields can have the token in another one.
  else if (form || fields?.length)
    remedy = `${field} the field with the token, or check the Token URL.`;
  return {
    code: 'no_token',
    title: 'No token in the response',
    cause: `There is no token at '${path}'. ${cause}`,
    remedy,
    fix: only ? { set: { 'auth.response.accessToken': only } } : undefined,
  };
}

/** Types that are no bearer tokens: sending one without its proof would not work. */
const BOUND_TYPES = /^(dpop|mac|pop|n_a)$/i;

function unknownTokenType(type: string, auth?: ResolvedAuth): ResponseError {
  const shown = /^[\w.-]{1,30}$/.test(type) ? type : undefined;
  const bound = BOUND_TYPES.test(type);
  const types = auth?.response.tokenTypes ?? ['bearer'];
  return {
    code: 'token_type',
    title: 'Unexpected token type',
    cause: shown
      ? `The token type is '${shown}'. Expected: ${types.join(' or ')}.`
      : "The token type isn't one of the accepted ones.",
    remedy: bound
      ? 'Register the client for bearer tokens. Tokens that are bound to a key are unsupported.'
      : "If the API accepts it like a bearer token, add the type to 'Accepted token types'.",
    fix:
      shown && !bound
        ? {
            set: {
              'auth.response.tokenTypes': [...types, shown.toLowerCase()],
            },
          }
        : undefined,
  };
}

/** Proven only where the same host says for good that the very same request belongs elsewhere. */
function redirectFix(
  facts: ResponseFacts,
  step: ExchangeStep,
  auth?: ResolvedAuth,
): ProposedFix | undefined {
  const { location, status, endpoint } = facts;
  const permanent = status === 301 || status === 308;
  const setting =
    step === 'refresh' && auth?.refresh?.url
      ? 'auth.refresh.url'
      : 'auth.token.url';
  const configured =
    setting === 'auth.refresh.url' ? auth?.refresh?.url : auth?.token.url;
  if (
    !permanent ||
    !location ||
    !configured ||
    step === 'revoke' ||
    step === 'push'
  )
    return undefined;
  if (!URL.canParse(location) || location.includes(REMOVED)) return undefined;
  const target = new URL(location);
  const plain = !/\{\{|\?/.test(configured);
  const sameHost = target.hostname === new URL(endpoint).hostname;
  return plain && sameHost && target.protocol === 'https:'
    ? { set: { [setting]: location } }
    : undefined;
}

function endpointKind(step: ExchangeStep): string {
  if (step === 'push') return 'Pushed authorization request endpoint';
  if (step === 'revoke') return 'Revocation endpoint';
  return step === 'discovery' ? 'Metadata endpoint' : 'Token endpoint';
}

function endpointName(step: ExchangeStep): string {
  if (step === 'push') return 'Pushed authorization request URL';
  if (step === 'revoke') return 'Revocation URL';
  if (step === 'discovery') return 'Issuer';
  return 'Token URL';
}
