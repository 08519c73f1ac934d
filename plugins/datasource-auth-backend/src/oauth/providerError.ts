import { readPath } from './responseBody';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** A provider's error in its own words, neither masked nor limited in length. */
export interface ProviderError {
  error: string;
  description?: string;
  /** Whether the error is from the configured path, which can be wrong. */
  configured?: boolean;
}

/** Fields with descriptions, in addition to RFC 6749's `error_description`. */
const DESCRIPTIONS = [
  'error_description',
  'errorDescription',
  'error_message',
  'errorSummary',
  'message',
  'msg',
  'detail',
];

/** Values of an error field that mean there was no error. */
const NO_ERROR = new Set(['', 'ok', '0', 'none', 'success', 'false', 'null']);

/**
 * Reads the error from a response: RFC 6749 section 5.2, the configured path or success flag, and the forms that large
 * providers use (`{error: {code, message}}`, `{errors: [{errorType}]}`, `{errorCode}`, `{status: 'BAD_…'}`,
 * `{fault: {code}}`, a bare `message`).
 */
export function readProviderError(
  status: number,
  body: unknown,
  auth: ResolvedAuth,
): ProviderError | undefined {
  const { response } = auth;
  const failed = status >= 400;
  const { success } = response;
  const flagged =
    success !== undefined &&
    status < 300 &&
    !sameValue(readPath(body, success.path), success.equals);
  const nested = readPath(body, response.error ?? 'error');
  const standard = codeOf(readPath(body, 'error'));
  const error =
    codeOf(nested) ??
    standard ??
    (failed || flagged
      ? codeOf(readPath(body, 'errors.0')) ??
        firstText(body, ['errorCode', 'error_code', 'errorType']) ??
        firstWord(body, ['status', 'reason']) ??
        firstText(body, ['code', 'fault.code'])
      : undefined) ??
    (failed && firstText(body, ['message']) ? 'unsuccessful' : undefined) ??
    (flagged ? 'unsuccessful' : undefined);
  if (!error) return undefined;
  const description = readDescription(body, auth);
  return {
    error,
    description,
    ...(response.error && error !== standard ? { configured: true } : {}),
  };
}

/** Returns the description of a response, wherever providers put it. */
export function readDescription(
  body: unknown,
  { response }: ResolvedAuth,
): string | undefined {
  const nested = readPath(body, response.error ?? 'error');
  return (
    firstText(body, DESCRIPTIONS) ??
    firstText(nested, ['message', 'error_description', 'description']) ??
    firstText(readPath(body, 'errors.0'), ['message'])
  );
}

/** Flags are equal in any spelling: `true` and `"true"`, 0 and `"0"`. */
function sameValue(found: unknown, wanted: string | number | boolean): boolean {
  return (
    found !== undefined && found !== null && String(found) === String(wanted)
  );
}

function codeOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).trim();
    return NO_ERROR.has(text.toLowerCase()) ? undefined : text;
  }
  if (value === true) return 'unsuccessful';
  if (typeof value !== 'object' || value === null) return undefined;
  return firstText(value, ['error', 'code', 'errorType', 'type', 'status']);
}

/** A status can also be an HTTP status, and a reason a sentence. Neither is the name of an error. */
function firstWord(value: unknown, names: string[]): string | undefined {
  return names
    .map(name => firstText(value, [name]))
    .find(
      text =>
        text !== undefined &&
        /^[a-z][\w.-]*$/i.test(text) &&
        !/^(error|fail(ed|ure)?)$/i.test(text),
    );
}

function firstText(value: unknown, names: string[]): string | undefined {
  for (const name of names) {
    const found = readPath(value, name);
    if (typeof found !== 'string' && typeof found !== 'number') continue;
    const text = String(found).trim();
    if (!NO_ERROR.has(text.toLowerCase())) return text;
  }
  return undefined;
}
