import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import express from 'express';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { faultsOf } from 'backstage-plugin-datasource-auth-common/schemas';

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
    ? new DatasourceAuthError(message('error.bodyTooLarge', { limit }), {
        code: 'invalid_request',
        statusCode: 413,
      })
    : new DatasourceAuthError(message('error.bodyNotJson'), {
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
  const faults = Object.entries(faultsOf(parsed.error, input));
  throw new DatasourceAuthError(
    faults.map(([path, fault]) =>
      path ? message('error.field', { path, fault }) : fault,
    ),
    {
      code: 'invalid_request',
      statusCode: 400,
      fieldTexts: Object.fromEntries(
        faults.map(([path, fault]) => [path, [fault]]),
      ),
    },
  );
}

/** Parses the body, which must be a JSON object. */
export function parseBody<T extends z.ZodType>(
  schema: T,
  req: Request,
): z.output<T> {
  if (!req.is('application/json')) {
    throw new DatasourceAuthError(message('error.contentType'), {
      code: 'invalid_request',
      statusCode: 400,
    });
  }
  return parse(schema, req.body);
}

/** Parses a flag in a query: `true`, `1` or empty means yes. */
export function flag(value: unknown): boolean {
  return value === 'true' || value === '1' || value === '';
}
