import { IncomingMessage } from 'node:http';
import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { requestTooLarge } from './GatewayFailures';

/** A body up to this size is read before it is sent, so that it can be sent again. */
const REPLAYABLE_BYTES = 64 * 1024;

const NOTHING = Buffer.alloc(0);

/** The body of a request: none, buffered, or streamed. Only a streamed one can't be sent again. */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #limit: number;
  readonly #whole?: Buffer;
  /** Of a streamed body, if the caller sent it. */
  readonly contentLength?: string;

  /**
   * Checks the announced size, and buffers a small body. Never reads more, because the caller may still be refused.
   *
   * @throws DatasourceAuthError `too_large`, `invalid_request`
   */
  static async read(
    request: IncomingMessage,
    limit: number,
  ): Promise<RequestBody> {
    if (!hasBody(request)) return new RequestBody(request, limit, NOTHING);
    if (request.method === 'GET' || request.method === 'HEAD') {
      throw new DatasourceAuthError(
        message('error.gateway.bodyForbidden', {
          method: String(request.method),
        }),
        { code: 'invalid_request', statusCode: 400 },
      );
    }
    const announced = request.headers['content-length'];
    if (Number(announced) > limit) throw requestTooLarge(limit);
    if (announced === undefined || Number(announced) > REPLAYABLE_BYTES) {
      return new RequestBody(request, limit);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of flow(request)) chunks.push(chunk);
    return new RequestBody(request, limit, Buffer.concat(chunks));
  }

  private constructor(request: IncomingMessage, limit: number, whole?: Buffer) {
    this.#request = request;
    this.#limit = limit;
    this.#whole = whole;
    this.contentLength = whole ? undefined : request.headers['content-length'];
  }

  get isReplayable(): boolean {
    return this.#whole !== undefined;
  }

  /**
   * Returns the body for undici.
   *
   * @param onProgress - called for each streamed chunk
   */
  send(onProgress: () => void): Buffer | AsyncIterable<Buffer> | null {
    if (this.#whole === NOTHING) return null;
    return this.#whole ?? this.#flowing(onProgress);
  }

  async *#flowing(onProgress: () => void): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of flow(this.#request)) {
      bytes += chunk.length;
      if (bytes > this.#limit) throw requestTooLarge(this.#limit);
      onProgress();
      yield chunk;
    }
    onProgress();
  }
}

/** RFC 9112 section 6.3. */
function hasBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0
  );
}

/** Yields the body chunk by chunk. A reader that stops leaves the connection open, for the response. */
function flow(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}
