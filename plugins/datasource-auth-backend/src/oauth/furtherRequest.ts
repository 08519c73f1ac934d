import { templateExpressions } from 'backstage-plugin-datasource-auth-common';
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
import { ResponseBody, wholeToken } from './responseBody';

/** Shorter values are no credentials, and removing them would garble every text. */
const SHORTEST_SECRET = 4;

/**
 * Returns the further request that a token request leads to.
 *
 * @throws SettingsError
 */
export function furtherCall(
  { auth }: ProviderContext,
  given: TemplateValues,
): ProviderCall {
  const { clientId, clientSecret, username, password, token } = auth;
  const { then } = token;
  if (!then?.url) throw new SettingsError('tokenUrlMissing');
  const values: TemplateValues = {
    ...given,
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
    answerOf(body) !== undefined;
  return isAnswer
    ? {
        ...{ status: 200, facts: {}, tokenType: 'Bearer' },
        body: { access_token: 'answered', token_type: 'bearer' },
      }
    : judged;
}

/** Returns what `{{answer.x}}` is read from. */
export function answerOf(body: ResponseBody): unknown {
  return wholeToken(body) ?? body.value;
}

/** Returns the values of a response that a further request sends, none of which may appear in a text. */
export function answersSent(
  { auth }: ProviderContext,
  values: TemplateValues,
): string[] {
  return templateExpressions(JSON.stringify(auth.token.then))
    .filter(expression => expression.startsWith('answer.'))
    .map(expression => {
      try {
        return resolveText(`{{${expression}}}`, values);
      } catch {
        // Reported when the request is built.
        return '';
      }
    })
    .filter(text => text.length >= SHORTEST_SECRET);
}
