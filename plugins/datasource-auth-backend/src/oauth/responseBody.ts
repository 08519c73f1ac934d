export { readPath } from 'backstage-plugin-datasource-auth-common';

/** A parsed response body. */
export type ResponseBody = (
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; value: Record<string, string> }
  | {
      kind: 'html' | 'empty' | 'truncated' | 'malformed' | 'other';
      value?: undefined;
    }
) & {
  /** The body as it came, where it calls itself plain text. */
  text?: string;
};

/**
 * Parses the response of a token endpoint: JSON with any content type, and form-encoded text, which GitHub and older servers
 * send. Removes a byte order mark. The last of several fields with one name counts, as in every JSON parser of this
 * platform.
 */
export function parseResponseBody(
  bytes: Uint8Array,
  contentType: string,
): ResponseBody {
  const text = new TextDecoder().decode(bytes).trim();
  const isPlain = /^\s*text\/plain\s*(;|$)/i.test(contentType);
  return { ...understand(text, contentType), ...(isPlain && { text }) };
}

function understand(text: string, contentType: string): ResponseBody {
  if (text === '') return { kind: 'empty' };
  const looksLikeJson = /^[{[]/.test(text);
  if (looksLikeJson || /\bjson\b/i.test(contentType)) {
    try {
      return { kind: 'json', value: JSON.parse(text) };
    } catch (error) {
      // A body with the content type JSON can be anything.
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

/** Returns whether a text is incomplete JSON: the parser found the error after the last character. */
function endsTooEarly(text: string, error: unknown): boolean {
  const { message } = error as SyntaxError;
  const position = /at position (\d+)/.exec(message)?.[1];
  return (
    /^Un(expected end|terminated)/.test(message) ||
    (position !== undefined && Number(position) >= text.length)
  );
}

/** Longest response that is a token as a whole. Bytes. */
const LONGEST_TOKEN = 16 * 1024;

/**
 * The token that a whole response is: plain text or a JSON string, one line without spaces. A web page is never one,
 * whatever it calls itself.
 */
export function wholeToken(body: ResponseBody): string | undefined {
  const text = body.kind === 'json' ? body.value : body.text;
  return typeof text === 'string' &&
    text.length <= LONGEST_TOKEN &&
    /^[\x21-\x7e]+$/.test(text) &&
    !text.startsWith('<')
    ? text
    : undefined;
}
