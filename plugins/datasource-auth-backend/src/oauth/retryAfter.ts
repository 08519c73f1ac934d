/** Longest wait that is honored, in milliseconds. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/** `Date.parse` also accepts `1.5`, so an HTTP date must start with the name of a day. */
const HTTP_DATE = /^[a-z]{3,9},? /i;

/**
 * Returns when `Retry-After` (RFC 9110 section 10.2.3, seconds or an HTTP date) allows the next call, in epoch
 * milliseconds, at most 15 minutes from now. Accepts fractions of a second, which some providers send.
 */
export function readRetryAfter(
  value: string | undefined,
  now: number,
): number | undefined {
  const text = value?.trim() ?? '';
  const at = /^\d+(\.\d+)?$/.test(text)
    ? now + Math.ceil(Number(text) * 1_000)
    : Date.parse(HTTP_DATE.test(text) ? text : '');
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(at, now), now + LONGEST_RETRY_AFTER_MS);
}
