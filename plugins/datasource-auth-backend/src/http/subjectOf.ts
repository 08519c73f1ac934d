import { IncomingHttpHeaders } from 'node:http';
import {
  DatasourceAuthError,
  DELEGATION_CONTEXT_HEADER,
  DELEGATION_HEADER,
  message,
  SUBJECT_HEADER,
} from 'backstage-plugin-datasource-auth-common';
import { delegationContextSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { delegationHeaders, Subject } from '../access/PersonalCredentials';
import { parse } from './parse';

/** Longest accepted header with a context. */
const MAX_CONTEXT = 16_000;

/**
 * Reads whose credential a call uses. These headers are never sent to an API.
 *
 * @param stated - the subject in the body, for calls that have one
 * @throws DatasourceAuthError `invalid_request`
 */
export function subjectOf(
  headers: IncomingHttpHeaders,
  stated?: 'service' | 'user',
): Subject {
  const named = headers[SUBJECT_HEADER] ?? stated;
  const handle = headers[DELEGATION_HEADER];
  const context = headers[DELEGATION_CONTEXT_HEADER];
  if (handle !== undefined || context !== undefined) {
    // Never the shared credential for a plugin that means a person's.
    if (
      named !== undefined ||
      typeof handle !== 'string' ||
      typeof context !== 'string'
    ) {
      throw delegationHeaders();
    }
    return { handle, context: contextOf(context) };
  }
  const subject = named ?? 'service';
  if (subject === 'service' || subject === 'user') return subject;
  throw new DatasourceAuthError(
    message('error.subjectHeader', { header: SUBJECT_HEADER }),
    { code: 'invalid_request', statusCode: 400 },
  );
}

function contextOf(header: string) {
  try {
    if (header.length > MAX_CONTEXT) throw delegationHeaders();
    const text = Buffer.from(header, 'base64url').toString();
    return parse(delegationContextSchema, JSON.parse(text));
  } catch {
    throw delegationHeaders();
  }
}
