/** A provider that asks for more patience than this is asked again anyway, in milliseconds. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/**
 * When `Retry-After` (RFC 9110 section 10.2.3, seconds or an HTTP date) allows the next call, in epoch milliseconds; at
 * most 15 minutes from now.
 */
export function readRetryAfter(
  value: string | undefined,
  now: number,
): number | undefined {
  const text = value?.trim() ?? '';
  const at = /^\d+$/.test(text) ? now + Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(at, now), now + LONGEST_RETRY_AFTER_MS);
}
