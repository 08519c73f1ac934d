/**
 * Returns whether the API rejects the token. `insufficient_scope` (RFC 6750 section 3.1) is about permissions that
 * another token of the same credential wouldn't have either.
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
