import { ofClientAuthentications } from './clientAuthentications';
import { ofGrants } from './grants';

/**
 * Parameters of the OAuth 2.0 messages that Backstage sets itself. A setting can neither set one of them nor rename
 * another parameter onto it: whoever could would choose where a code goes or switch a protection off.
 *
 * @see RFC 6749 section 11.2, RFC 7636, RFC 7521, RFC 9101
 * @public
 */
export const RESERVED_PARAMETERS: readonly string[] = [
  ...ofClientAuthentications('reserved'),
  ...ofGrants('reserved'),
  'scope',
  'grant_type',
  'refresh_token',
];

/**
 * Parameters that protect the exchange: they may get another name, but never be dropped.
 *
 * @public
 */
export const UNDROPPABLE_PARAMETERS: readonly string[] =
  ofGrants('undroppable');

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
