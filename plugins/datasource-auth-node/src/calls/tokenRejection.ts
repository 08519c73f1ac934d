import {
  mayReportExpiry,
  reportsExpiry,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceToken } from '../tokens/DatasourceToken';

/**
 * Returns whether a successful response says in its body that the token has expired. The body can still be read.
 *
 * @internal
 */
export async function isTokenExpired(
  method: string,
  response: Response,
  expired: DatasourceToken['expired'],
): Promise<boolean> {
  if (!expired || method === 'HEAD') return false;
  if (!mayReportExpiry(response.status, name => response.headers.get(name)))
    return false;
  try {
    const body = new Uint8Array(await response.clone().arrayBuffer());
    return reportsExpiry(body, { ...expired, equals: [...expired.equals] });
  } catch {
    // The caller gets the same failure when it reads the response.
    return false;
  }
}

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
