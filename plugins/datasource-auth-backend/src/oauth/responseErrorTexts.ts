import {
  diagnosisTexts,
  message,
  Message,
  MessageCode,
  ProposedFix,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseFacts } from './ResponseFacts';
import { DiagnosisCode } from './diagnosisCodes';
import { ErrorText } from './ErrorText';
import { ExchangeStep } from './ProviderCall';
import { waitMessage } from '../settings/timeMessages';
import { REMOVED } from './providerText';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** Texts for a response that isn't an OAuth response, and the change that would fix it, if known. */
export interface ResponseError extends ErrorText {
  code: DiagnosisCode;
  fix?: ProposedFix;
}

/**
 * Explains an overload. Checked before the error in the body, because an overloaded server's error about a token means
 * nothing.
 */
export function overloadErrorText(
  facts: ResponseFacts,
  waitMs?: number,
): ResponseError | undefined {
  const { status = 0, host } = facts;
  const wait =
    waitMs === undefined
      ? message('name.fewMinutes')
      : waitMessage(Math.max(1, waitMs), Math.ceil);
  if (status === 429) {
    return {
      code: 'rate_limited',
      ...diagnosisTexts('rateLimited', { host, wait }),
      retryable: true,
    };
  }
  if (status >= 500) {
    return {
      code: 'server',
      ...diagnosisTexts('serverError', { host, status, wait }),
      retryable: true,
    };
  }
  return undefined;
}

/** Names of the endpoints besides the token endpoint. */
const ENDPOINTS: Partial<Record<ExchangeStep, MessageCode & `name.${string}`>> =
  {
    push: 'name.pushEndpoint',
    then: 'name.furtherEndpoint',
    revoke: 'name.revocationEndpoint',
    discovery: 'name.metadataEndpoint',
  };

/** Explains every other response without a token by its status, headers and form. */
export function responseErrorText(
  facts: ResponseFacts,
  step: ExchangeStep,
  auth?: ResolvedAuth,
): ResponseError {
  const { status = 0, location, allow, method } = facts;
  const endpoint = message(ENDPOINTS[step] ?? 'name.tokenEndpoint');
  const setting = settingOf(step);
  if (status >= 300 && status < 400) {
    const texts = diagnosisTexts('redirected', {
      endpoint,
      location: location ?? '',
    });
    return {
      code: 'redirect',
      ...texts,
      ...(step === 'discovery' && {
        cause: [message('sentence.otherOriginRedirect')],
      }),
      ...(!location && { remedy: [message('sentence.askForFinalAddress')] }),
      fix: redirectFix(facts, step, auth),
    };
  }
  if (status === 404 || status === 410) {
    return {
      code: 'not_found',
      ...diagnosisTexts('endpointNotFound', { endpoint, status }),
    };
  }
  if (status === 405) {
    const post = method === 'GET' && /\bPOST\b/i.test(allow ?? '');
    return {
      code: 'method_not_allowed',
      ...diagnosisTexts('methodNotAllowed', {
        ...{ endpoint, method },
        allowed: allow ?? '',
      }),
      ...(!allow && {
        cause: [message('sentence.methodRejected', { method })],
      }),
      fix:
        post && step !== 'refresh' && step !== 'then'
          ? { set: { 'auth.token.method': 'POST' } }
          : undefined,
    };
  }
  if (status === 415 || status === 406) {
    return {
      code: 'content_type',
      ...diagnosisTexts('contentTypeUnsupported', { status }),
    };
  }
  if (facts.truncated) {
    return {
      code: 'bad_response',
      ...diagnosisTexts('responseTruncated'),
      retryable: true,
    };
  }
  if (facts.html) {
    return {
      code: 'bad_response',
      ...diagnosisTexts('htmlReturned', { endpoint, setting, status }),
    };
  }
  if (facts.malformed) {
    return {
      code: 'bad_response',
      ...diagnosisTexts('jsonInvalid', { setting, status }),
    };
  }
  if (facts.empty) {
    return {
      code: 'empty_response',
      ...diagnosisTexts('responseEmpty', { setting, status }),
    };
  }
  if (status >= 200 && status < 300) return missingToken(facts, step, auth);
  return {
    code: 'bad_response',
    ...diagnosisTexts('responseUnexpected', { setting, status }),
  };
}

function missingToken(
  facts: ResponseFacts,
  step: ExchangeStep,
  auth?: ResolvedAuth,
): ResponseError {
  const setting = settingOf(step);
  if (step === 'revoke' || step === 'push' || step === 'discovery') {
    return {
      code: 'bad_response',
      ...diagnosisTexts('fieldsMissing', { setting }),
    };
  }
  if (facts.illegible) {
    return { code: 'token_unreadable', ...diagnosisTexts('tokenUnreadable') };
  }
  if (facts.unknownTokenType && !facts.tokenLike) {
    return unknownTokenType(facts, auth);
  }
  const path = auth?.response.accessToken ?? 'access_token';
  if (path === WHOLE_RESPONSE) {
    return { code: 'no_token', ...diagnosisTexts('responseNotToken') };
  }
  const { tokenLike = [] } = facts;
  const only = tokenLike.length === 1 ? tokenLike[0] : undefined;
  const texts = diagnosisTexts('tokenMissing', { path, field: only ?? '' });
  return {
    code: 'no_token',
    title: texts.title,
    cause: [...texts.cause, shapeOf(facts)],
    remedy: only ? texts.remedy : [tokenAdvice(facts, setting)],
    fix: only ? { set: { 'auth.response.accessToken': only } } : undefined,
  };
}

function shapeOf({ form, fields }: ResponseFacts): Message {
  if (form) return message('sentence.responseFormEncoded');
  if (!fields) return message('sentence.responseNotObject');
  return fields.length
    ? message('sentence.fieldsReceived', {
        fields: fields.map(name => `'${name}'`).join(', '),
      })
    : message('sentence.noFields');
}

function tokenAdvice(
  { errorDescription, fields, form }: ResponseFacts,
  setting: Message,
): Message {
  if (errorDescription) return message('sentence.readProvider');
  // Only a response with fields can have the token in another one.
  return form || fields?.length
    ? message('sentence.setTokenProperty')
    : message('sentence.checkSetting', { setting });
}

/** Token types that aren't bearer tokens. Sending one without its proof would not work. */
const BOUND_TYPES = /^(dpop|mac|pop|n_a)$/i;

function unknownTokenType(
  { unknownTokenType: type = '', unboundToken }: ResponseFacts,
  auth?: ResolvedAuth,
): ResponseError {
  const shown = /^[\w.-]{1,30}$/.test(type) ? type : undefined;
  if (unboundToken) {
    return {
      code: 'token_type',
      ...diagnosisTexts('tokenUnbound', { type: shown ?? '?' }),
    };
  }
  const bound = BOUND_TYPES.test(type);
  const isDpop = type.toLowerCase() === 'dpop';
  const types = auth?.response.tokenTypes ?? ['bearer'];
  return {
    code: 'token_type',
    ...diagnosisTexts('tokenTypeUnexpected', {
      type: shown ?? '',
      accepted: types.join(', '),
    }),
    ...(!shown && { cause: [message('sentence.tokenTypeUnnamed')] }),
    ...(bound && { remedy: [message('sentence.tokenTypeBound')] }),
    ...(isDpop && { remedy: [message('sentence.tokenTypeDpop')] }),
    fix: fixOfType(types, shown),
  };
}

/** Returns the setting that accepts a type, if there is one. */
function fixOfType(
  accepted: string[],
  type: string | undefined,
): ProposedFix | undefined {
  if (type?.toLowerCase() === 'dpop')
    return { set: { senderConstraint: 'dpop' } };
  if (type === undefined || BOUND_TYPES.test(type)) return undefined;
  return {
    set: { 'auth.response.tokenTypes': [...accepted, type.toLowerCase()] },
  };
}

/** Proven only if the same host permanently redirects the same request. */
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
    ['revoke', 'push', 'then'].includes(step)
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

function settingOf(step: ExchangeStep): Message {
  if (step === 'push') return message('name.pushUrl');
  if (step === 'revoke') return message('name.revocationUrl');
  if (step === 'then') return message('name.furtherUrl');
  return message(step === 'discovery' ? 'name.issuer' : 'name.tokenUrl');
}
