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

/** The supported content codings, for `Accept-Encoding`. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/**
 * Decodes the content coding of a body (RFC 9110 section 8.4). The same size limit applies before and after decoding: a
 * few kilobytes can become gigabytes.
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
        ? `The decoded response is larger than ${maxBytes} bytes`
        : "The response can't be decoded",
      {
        code: tooLarge ? 'DS_EGRESS_TOO_LARGE' : 'DS_EGRESS_UNREADABLE',
        sent: true,
      },
    );
  }
}
