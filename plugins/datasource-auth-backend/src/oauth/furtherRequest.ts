import {
  templateExpressions,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { resolveText, TemplateValues } from '../settings/templates';
import { fromWire, StandardResponse } from './dialect';
import {
  addressOf,
  ProviderCall,
  resolveHeaders,
  resolveParameters,
} from './ProviderCall';
import { Answer } from './ProviderClient';
import { readPath, ResponseBody, wholeToken } from './responseBody';

/** Shorter values are no credentials, and removing them would garble every text. */
const SHORTEST_SECRET = 4;
/** Longer values are no credentials: they are stored between the two requests. */
const LONGEST_VALUE = 16 * 1024;

/** Returns the settings of the further request that follows, if any. */
export function furtherRequest(auth: ResolvedAuth, to: Answer['to']) {
  return to === 'token' ? auth.token.then : auth.refresh?.then;
}

/**
 * Returns the further request that a response leads to.
 *
 * @throws SettingsError
 */
export function furtherCall(
  { auth }: ProviderContext,
  given: TemplateValues,
  answer: Answer,
): ProviderCall {
  const { clientId, clientSecret, username, password } = auth;
  const then = furtherRequest(auth, answer.to);
  if (!then?.url) throw new SettingsError('tokenUrlMissing');
  const values: TemplateValues = {
    ...given,
    answer: answer.values,
    now: String(Math.floor(Date.now() / 1_000)),
    credentials: {
      clientId: clientId && resolveText(clientId, given),
      clientSecret,
      username: username && resolveText(username, given),
      password,
    },
  };
  const { authorization, body, method, contentType } = then;
  return {
    ...{ step: 'then', method, contentType },
    ...addressOf(then.url, values),
    parameters: resolveParameters(then.params, values),
    query: resolveParameters(then.query ?? {}, values),
    headers: resolveHeaders(then.headers, values),
    rename: {},
    own: { authorization, body, values },
  };
}

/**
 * Judges the response before a further request: any success without an error counts, with a token or without. What a
 * success looks like is a setting of the last response.
 */
export function judgeAnswer(
  status: number,
  body: ResponseBody,
  auth: ResolvedAuth,
): StandardResponse {
  const response = { ...auth.response, success: undefined };
  const judged = fromWire(
    status,
    body,
    { ...auth, response },
    { idToken: false },
  );
  const isAnswer =
    judged.facts.error === undefined &&
    status >= 200 &&
    status < 300 &&
    (wholeToken(body) ?? body.value) !== undefined;
  return isAnswer
    ? {
        ...{ status: 200, facts: {}, tokenType: 'Bearer' },
        body: { access_token: 'answered', token_type: 'bearer' },
      }
    : judged;
}

/** Returns what a further request needs of a response, and nothing else of it. */
export function readAnswer(
  body: ResponseBody,
  auth: ResolvedAuth,
  to: Answer['to'],
): Answer {
  const values: Record<string, string> = {};
  const text = JSON.stringify(furtherRequest(auth, to));
  for (const expression of templateExpressions(text)) {
    const [, path] = /^answer\.(.+)$/.exec(expression) ?? [];
    if (path === undefined) continue;
    const found =
      path === WHOLE_RESPONSE ? wholeToken(body) : readPath(body.value, path);
    if (!['string', 'number', 'boolean'].includes(typeof found)) continue;
    const value = String(found);
    if (value.length <= LONGEST_VALUE) values[path] = value;
  }
  return { to, values };
}

/** Returns the values of a response that no text may repeat. */
export function answersSent({ values }: Answer): string[] {
  return Object.values(values).filter(
    ({ length }) => length >= SHORTEST_SECRET,
  );
}
