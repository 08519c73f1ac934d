import {
  AuthSettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { rejectedStatuses } from '../kinds';

/** Returns whether the API rejected the credential of a test call. */
export function isRejected(
  auth: AuthSettings,
  { status, tokenExpired }: Pick<TestResult, 'status' | 'tokenExpired'>,
): boolean {
  return (
    tokenExpired === true ||
    (status !== undefined && rejectedStatuses(auth).includes(status))
  );
}
