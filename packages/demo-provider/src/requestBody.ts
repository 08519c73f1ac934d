import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 64 * 1024;

/** Reads the whole body of a request as text, up to 64 KiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads the fields of a submitted form. */
export async function readForm(
  request: IncomingMessage,
): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request));
}
