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
  };

/** The failure that an error of the API stands for. */
export function failureOfError(error: unknown): Failure {
  const { diagnosis, code, message } = error as Partial<DatasourceAuthError>;
  if (diagnosis) return diagnosis;
  return { title: message || String(error), code };
}

/** The failure of the last renewal of a saved credential. */
export function failureOfRenewal(error: LastError): Failure {
  return { ...error, details: { at: error.at, ...error.details } };
}
