import { IncomingHttpHeaders } from 'node:http';
import {
  DatasourceAuthError,
  message,
  SUBJECT_HEADER,
} from 'backstage-plugin-datasource-auth-common';

/**
 * Reads whose credential a call uses. The header is never sent to an API.
 *
 * @throws DatasourceAuthError `invalid_request`
 */
export function subjectOf(headers: IncomingHttpHeaders): 'service' | 'user' {
  const subject = headers[SUBJECT_HEADER] ?? 'service';
  if (subject === 'service' || subject === 'user') return subject;
  throw new DatasourceAuthError(
    message('error.subjectHeader', { header: SUBJECT_HEADER }),
    { code: 'invalid_request', statusCode: 400 },
  );
}
