/** The body of an answer, understood. */
export type AnswerBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; value: Record<string, string> }
  | { kind: 'html' | 'empty' | 'truncated' | 'other'; value?: undefined };

/**
 * Understands what a token endpoint answers: JSON whatever it calls itself, and form-encoded text, which GitHub and
 * older servers send. A byte order mark is taken off. Of members that are there twice the last one counts, as in every
 * JSON parser of this platform.
 */
export function parseAnswerBody(
  bytes: Uint8Array,
  contentType: string,
): AnswerBody {
  const text = new TextDecoder().decode(bytes).trim();
  if (text === '') return { kind: 'empty' };
  const looksLikeJson = /^[{[]/.test(text);
  if (looksLikeJson || /\bjson\b/i.test(contentType)) {
    try {
      return { kind: 'json', value: JSON.parse(text) };
    } catch {
      // What starts like JSON and does not end like it was cut off on its way; the rest only calls itself JSON.
      if (looksLikeJson) return { kind: 'truncated' };
    }
  }
  if (text.startsWith('<') || /\bhtml\b/i.test(contentType))
    return { kind: 'html' };
  if (
    /x-www-form-urlencoded/i.test(contentType) ||
    /^[\w.-]+=[^\s]*$/.test(text)
  ) {
    return {
      kind: 'form',
      value: Object.fromEntries(new URLSearchParams(text)),
    };
  }
  return { kind: 'other' };
}

/**
 * The member at a dotted path (`data.access_token`, `tokens.0.value`). A member whose whole name is the path wins. Own
 * members only.
 */
export function readPath(value: unknown, path: string): unknown {
  const whole = ownMember(value, path);
  if (whole !== undefined) return whole;
  return path
    .split('.')
    .reduce<unknown>((current, key) => ownMember(current, key), value);
}

function ownMember(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
