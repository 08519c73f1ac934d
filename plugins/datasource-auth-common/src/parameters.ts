import { ofClientAuthentications } from './clientAuthentications';
import { ofGrants } from './grants';

/**
 * OAuth 2.0 parameters that Backstage sets itself. Settings can neither set one nor rename another parameter to it:
 * that could redirect a code or turn a protection off.
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
 * Parameters that protect the exchange: they can be renamed, but not omitted.
 *
 * @public
 */
export const UNDROPPABLE_PARAMETERS: readonly string[] =
  ofGrants('undroppable');

/**
 * Token request headers that settings can't replace.
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
  'dpop',
  'proxy-authorization',
];
