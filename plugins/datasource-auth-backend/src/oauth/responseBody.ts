/** The body of an answer, understood. */
export type ResponseBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; value: Record<string, string> }
  | {
      kind: 'html' | 'empty' | 'truncated' | 'malformed' | 'other';
      value?: undefined;
    };

/**
 * Understands what a token endpoint answers: JSON whatever it calls itself, and form-encoded text, which GitHub and
 * older servers send. A byte order mark is taken off. Of members that are there twice the last one counts, as in every
 * JSON parser of this platform.
 */
export function parseResponseBody(
  bytes: Uint8Array,
  contentType: string,
): ResponseBody {
  const text = new TextDecoder().decode(bytes).trim();
  if (text === '') return { kind: 'empty' };
  const looksLikeJson = /^[{[]/.test(text);
  if (looksLikeJson || /\bjson\b/i.test(contentType)) {
    try {
      return { kind: 'json', value: JSON.parse(text) };
    } catch (error) {
      // What only calls itself JSON can be anything.
      if (looksLikeJson)
        return { kind: endsTooEarly(text, error) ? 'truncated' : 'malformed' };
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

/** Whether a text is JSON as far as it goes: the parser found its fault behind the last character. */
function endsTooEarly(text: string, error: unknown): boolean {
  const { message } = error as SyntaxError;
  const position = /at position (\d+)/.exec(message)?.[1];
  return (
    /^Un(expected end|terminated)/.test(message) ||
    (position !== undefined && Number(position) >= text.length)
  );
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
