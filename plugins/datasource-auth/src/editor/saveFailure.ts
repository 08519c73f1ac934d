import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { Failure, failureOfError, isSessionEnded } from '../failures/failure';
import { Text } from '../translation';

/** Returns why a save failed. Network and sign-in failures aren't field errors. */
export function saveFailure(error: unknown, t: Text): Failure {
  if (isSessionEnded(error)) return { title: t('editor.sessionEnded') };
  // Responses from our backend or a proxy always have a code.
  if (!(error as Partial<DatasourceAuthError>).code)
    return { title: t('editor.unreachable') };
  return failureOfError(error);
}
