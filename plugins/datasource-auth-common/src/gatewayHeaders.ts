/**
 * Stands on every answer of the gateway that the API gave, whatever its status: `api`. What lacks it was said by
 * Backstage, by the gateway, or by something in between.
 *
 * @public
 */
export const GATEWAY_RESPONSE_HEADER = 'x-datasource-auth-answer';

/**
 * Stands on every refusal and failure of the gateway, and says who is behind it: `ours`, or the token `provider`.
 *
 * @public
 */
export const GATEWAY_ERROR_HEADER = 'x-datasource-auth-error';
