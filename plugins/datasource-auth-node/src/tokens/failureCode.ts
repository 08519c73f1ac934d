/**
 * Returns the code of a failed connection (`ECONNREFUSED`). No other part of such an error belongs in a message.
 *
 * @internal
 */
export function failureCode(error: unknown): string | undefined {
  const { cause, code } = (error ?? {}) as { cause?: unknown; code?: unknown };
  const inner = (cause as { code?: unknown } | undefined)?.code;
  return [inner, code].find(
    (candidate): candidate is string =>
      typeof candidate === 'string' && /^[A-Z_0-9]{2,60}$/.test(candidate),
  );
}
