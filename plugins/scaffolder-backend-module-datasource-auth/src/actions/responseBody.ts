import { JsonValue } from '@backstage/types';

/** Outputs are stored in the scaffolder's database and shown to everyone who can see the task. */
const ANSWER_LIMIT = 1024 * 1024;

const TEXT_TYPES =
  /^text\/|[/+](json|xml|yaml|x-yaml|x-www-form-urlencoded|javascript|x-ndjson|toml)\b/i;

/**
 * Returns the body of a response as text and, if it is JSON, as a value: at most 1 MiB, and without secrets, which an
 * API may echo.
 *
 * @internal
 */
export async function readResponse(
  response: Response,
  secrets: string[],
): Promise<{ text: string; body: JsonValue }> {
  const type = response.headers.get('content-type') ?? '';
  if (type !== '' && !TEXT_TYPES.test(type)) {
    await response.body?.cancel();
    throw new Error(
      `The API returned '${type.slice(
        0,
        100,
      )}'. Only JSON and text can become an output.`,
    );
  }
  const text = withoutSecrets(await readCapped(response), secrets);
  if (!/[/+]json\b/i.test(type)) return { text, body: text };
  try {
    return { text, body: JSON.parse(text) };
  } catch {
    return { text, body: text }; // announced as JSON but isn't, or empty
  }
}

async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    // Leaving the loop cancels the stream, and with it the connection
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > ANSWER_LIMIT)
        throw new Error(
          "The API's response is larger than 1 MiB. Request less, for example one page.",
        );
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function withoutSecrets(text: string, secrets: string[]): string {
  let clean = text;
  // Longest first: one secret can be part of another
  for (const token of [...secrets].sort((a, b) => b.length - a.length)) {
    const spellings = [
      token,
      JSON.stringify(token).slice(1, -1),
      encodeURIComponent(token),
      Buffer.from(token).toString('base64'),
      Buffer.from(token).toString('base64url'),
    ];
    for (const spelling of spellings)
      clean = clean.replaceAll(spelling, '<token>');
  }
  return clean;
}
