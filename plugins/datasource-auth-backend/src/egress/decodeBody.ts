import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { EgressError } from 'backstage-plugin-datasource-auth-node/egress';

const DECODERS: Record<
  string,
  (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The codings we can take off again, for `Accept-Encoding`. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/**
 * Takes the content coding (RFC 9110 section 8.4) off a body. What comes out is held to the same limit as what came in:
 * a few kilobytes can unfold to gigabytes.
 *
 * @throws EgressError
 */
export async function decodeBody(
  body: Buffer,
  coding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const name = coding?.trim().toLowerCase();
  if (!name || name === 'identity' || !body.length) return body;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  try {
    if (!decode) throw new Error();
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const tooLarge =
      (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new EgressError(
      tooLarge
        ? `The unpacked answer is larger than ${maxBytes} bytes`
        : 'The answer cannot be unpacked',
      {
        code: tooLarge ? 'DS_EGRESS_TOO_LARGE' : 'DS_EGRESS_UNREADABLE',
        sent: true,
      },
    );
  }
}
