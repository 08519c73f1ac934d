/**
 * Set to `api` on every gateway response that came from the API, whatever its status. A response without it came from
 * Backstage, the gateway, or a proxy.
 *
 * @public
 */
export const GATEWAY_RESPONSE_HEADER = 'x-datasource-auth-answer';

/**
 * Prefix of the headers that a plugin wants to send to the API, in a call through the backend. Without it they belong to
 * the call of the backend itself.
 *
 * @public
 */
export const CALL_HEADER_PREFIX = 'x-datasource-auth-call-';

/**
 * Says whose credential a call through the gateway uses: `service` (the default) or `user`. It isn't sent to the API.
 *
 * @public
 */
export const SUBJECT_HEADER = 'datasource-subject';

/**
 * The secret handle with which a plugin acts as a user who isn't there. It isn't sent to the API.
 *
 * @public
 */
export const DELEGATION_HEADER = 'datasource-delegation';

/**
 * The context of a delegation: JSON, in base64url. It isn't sent to the API.
 *
 * @public
 */
export const DELEGATION_CONTEXT_HEADER = 'datasource-delegation-context';

/**
 * Set on every gateway error. Names the source: `ours`, or the token `provider`.
 *
 * @public
 */
export const GATEWAY_ERROR_HEADER = 'x-datasource-auth-error';
