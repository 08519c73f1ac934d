import {
  DatasourceAuthError,
  Diagnosis,
  LastError,
  TestStep,
} from 'backstage-plugin-datasource-auth-common';

/** A failure for display: what happened, likely cause, remedy, and details. */
export type Failure = Pick<Diagnosis, 'title'> &
  Partial<Omit<Diagnosis, 'title'>> & {
    /** Consecutive failures. */
    attempts?: number;
    /** Whether the Backstage session has ended. */
    sessionEnded?: boolean;
  };

/** Returns whether the Backstage session has ended: it responded with 401, or couldn't refresh the user's token. */
export function isSessionEnded(error: unknown): boolean {
  const { statusCode, name } = error as Partial<DatasourceAuthError>;
  return statusCode === 401 || name === 'AuthenticationError';
}

/** Returns the failure for an API error. */
export function failureOfError(error: unknown): Failure {
  const { diagnosis, code, message, texts } =
    error as Partial<DatasourceAuthError>;
  if (diagnosis) return diagnosis;
  const title = message || String(error);
  if (isSessionEnded(error)) return { title, sessionEnded: true };
  return {
    title,
    code,
    ...(texts && { texts: { title: [...texts], cause: [], remedy: [] } }),
  };
}

/** Returns the failure of a step of the connection test. */
export function failureOfStep({
  diagnosis,
  message,
  texts,
}: TestStep): Failure {
  return (
    diagnosis ?? {
      title: message,
      ...(texts && { texts: { title: texts, cause: [], remedy: [] } }),
    }
  );
}

/** Returns the failure of the last refresh of a saved credential. */
export function failureOfRenewal(error: LastError): Failure {
  return { ...error, details: { at: error.at, ...error.details } };
}
