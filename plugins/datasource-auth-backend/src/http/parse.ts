import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import express from 'express';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';

const BODY_LIMIT = '256kb';

/**
 * Reads a JSON body. Its error message repeats nothing of an invalid body, which may contain a secret.
 *
 * @param limit - such as `10mb`
 */
export function jsonBody(limit: string = BODY_LIMIT): RequestHandler {
  const read = express.json({ limit });
  return (req, res, next) =>
    read(req, res, error => next(error && sayWhatIsWrong(error, limit)));
}

function sayWhatIsWrong(error: any, limit: string): unknown {
  // A body with invalid encoding has no error type, only a status.
  if (!(error.statusCode < 500)) return error;
  return error.type === 'entity.too.large'
    ? new DatasourceAuthError(`The body is larger than ${limit}`, {
        code: 'invalid_request',
        statusCode: 413,
      })
    : new DatasourceAuthError("The body isn't JSON", {
        code: 'invalid_request',
        statusCode: 400,
      });
}

/**
 * Parses input with a schema.
 *
 * @throws DatasourceAuthError `invalid_request` with one message per field
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    fields[issue.path.join('.')] ??= issue.message;
  }
  throw new DatasourceAuthError(
    Object.entries(fields)
      .map(([path, message]) => (path ? `${path}: ${message}` : message))
      .join('; '),
    { code: 'invalid_request', statusCode: 400, fields },
  );
}

/** Parses the body, which must be a JSON object. */
export function parseBody<T extends z.ZodType>(
  schema: T,
  req: Request,
): z.output<T> {
  if (!req.is('application/json')) {
    throw new DatasourceAuthError(
      'Send a JSON body with Content-Type: application/json',
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  return parse(schema, req.body);
}

/** Parses a flag in a query: `true`, `1` or empty means yes. */
export function flag(value: unknown): boolean {
  return value === 'true' || value === '1' || value === '';
}
