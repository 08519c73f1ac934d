import { IncomingHttpHeaders, request, RequestOptions } from 'node:http';

/** A response, with what fetch would hide. */
export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** The connection was cut before the response was complete. */
  cut: boolean;
}

/** Sends a request target unchanged: fetch would normalize it, and refuse some headers. */
export function rawRequest(
  url: string,
  target: string,
  options: RequestOptions & {
    body?: string | Buffer;
    /** Called for each part of the response. */
    onData?: () => void;
  } = {},
): Promise<RawResponse> {
  const { body, onData, ...rest } = options;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request(
      { agent: false, hostname, port, path: target, ...rest },
      response => {
        const chunks: Buffer[] = [];
        const done = (cut: boolean) =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks),
            text: Buffer.concat(chunks).toString(),
            cut,
          });
        response.on('data', chunk => {
          chunks.push(chunk);
          onData?.();
        });
        response.on('end', () => done(false));
        response.on('error', () => done(true));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
