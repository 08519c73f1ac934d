import {
  DatasourceAuthError,
  Diagnosis,
  LastError,
} from 'backstage-plugin-datasource-auth-common';

/** A failure as it is shown: what happened, why probably, what to do, and the facts. */
export type Failure = Pick<Diagnosis, 'title'> &
  Partial<Omit<Diagnosis, 'title'>> & {
    /** Failures in a row. */
    attempts?: number;
    /** Backstage no longer knows who asks. */
    sessionEnded?: boolean;
  };

/** Whether Backstage no longer knows who asks: it answered 401, or could not renew what it knows a person by. */
export function isSessionEnded(error: unknown): boolean {
  const { statusCode, name } = error as Partial<DatasourceAuthError>;
  return statusCode === 401 || name === 'AuthenticationError';
}

/** The failure that an error of the API stands for. */
export function failureOfError(error: unknown): Failure {
  const { diagnosis, code, message } = error as Partial<DatasourceAuthError>;
  if (diagnosis) return diagnosis;
  const title = message || String(error);
  return isSessionEnded(error)
    ? { title, sessionEnded: true }
    : { title, code };
}

/** The failure of the last renewal of a saved credential. */
export function failureOfRenewal(error: LastError): Failure {
  return { ...error, details: { at: error.at, ...error.details } };
}
