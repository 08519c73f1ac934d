/**
 * Whether the API says that it does not accept the token. `insufficient_scope` (RFC 6750 section 3.1) is about rights
 * that another token of the same credential would not have either.
 *
 * @internal
 */
export function isTokenRejected(
  response: Response,
  rejectedStatuses: readonly number[],
): boolean {
  if (!rejectedStatuses.includes(response.status)) return false;
  const challenge = response.headers.get('www-authenticate') ?? '';
  return !/\berror\s*=\s*"?insufficient_scope\b/i.test(challenge);
}
