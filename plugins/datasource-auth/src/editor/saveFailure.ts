import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { Failure, failureOfError, isSessionEnded } from '../failures/failure';
import { Text } from '../translation';

/** Why Save came to nothing. What never reached the backend, or not as anybody, is no fault of what was typed. */
export function saveFailure(error: unknown, t: Text): Failure {
  if (isSessionEnded(error)) return { title: t('editor.sessionEnded') };
  // Our backend's answers, and what is in between, all have a code.
  if (!(error as Partial<DatasourceAuthError>).code)
    return { title: t('editor.unreachable') };
  return failureOfError(error);
}
