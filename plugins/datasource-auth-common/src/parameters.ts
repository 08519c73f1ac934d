import { ofClientAuthentications } from './clientAuthentications';

/**
 * Parameters of the OAuth 2.0 messages that Backstage sets itself. A setting can neither set one of them nor rename
 * another parameter onto it: whoever could would choose where a code goes or switch a protection off.
 *
 * @see RFC 6749 section 11.2, RFC 7636, RFC 7521, RFC 9101
 * @public
 */
export const RESERVED_PARAMETERS: readonly string[] = [
  ...ofClientAuthentications('reserved'),
  'redirect_uri',
  'response_type',
  'state',
  'nonce',
  'scope',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'grant_type',
  'refresh_token',
  'username',
  'password',
  'request',
  'request_uri',
];

/**
 * Parameters that protect the exchange: they may get another name, but never be dropped.
 *
 * @public
 */
export const UNDROPPABLE_PARAMETERS: readonly string[] = [
  'state',
  'nonce',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
];

/**
 * Headers of the token request that a setting cannot replace.
 *
 * @public
 */
export const RESERVED_HEADERS: readonly string[] = [
  'authorization',
  'content-type',
  'content-length',
  'host',
  'connection',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'cookie',
  'proxy-authorization',
];

/**
 * Members of a token response that are credentials: they can be neither kept for consumers nor shown as a scope.
 *
 * @public
 */
export const TOKEN_MEMBERS: readonly string[] = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'password',
];

const TEMPLATE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The expressions of all templates (`{{instance.tenant}}`) in a text, in order of appearance.
 *
 * @public
 */
export function templateExpressions(text: string): string[] {
  return [...text.matchAll(TEMPLATE)].map(match => match[1]);
}

/**
 * Replaces each template of a text by what `substitute` returns for its expression.
 *
 * @public
 */
export function replaceTemplates(
  text: string,
  substitute: (expression: string) => string,
): string {
  return text.replace(TEMPLATE, (_, expression: string) =>
    substitute(expression),
  );
}
