import { IncomingHttpHeaders } from 'node:http';
import { Dispatcher } from 'undici';
import { EgressError } from 'backstage-plugin-datasource-auth-node/egress';
import { Deadline, startDeadline } from './Deadline';

/** One request and the limits of its response. Times are milliseconds, sizes bytes. */
export interface HttpExchange {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** Until the request is being sent, from the start on. */
  connectMs: number;
  /** Until the first byte of the response, from sending on. */
  responseMs: number;
  /** Until the response is complete, from sending on. */
  completeMs?: number;
  /** Until the response is complete, from the start on. */
  readMs: number;
  /** Maximum bytes of the body on the wire. */
  maxBytes: number;
  /**
   * The request isn't sent after this much time since the start, even if the process was stopped or the machine slept.
   */
  startWithin?: number;
  onSend?: () => void;
}

/** A complete response as received. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Sends one request over a new connection and reads the complete response. Redirects are ordinary responses.
 *
 * An idle connection from a pool may be dead. If a request is lost on it, nobody knows whether the provider used up its
 * refresh token.
 *
 * @throws EgressError
 */
export function exchangeHttp(
  dispatcher: Dispatcher,
  exchange: HttpExchange,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { url, signal } = exchange;
    const started = clock();
    const chunks: Buffer[] = [];
    const deadlines: Deadline[] = [];
    let received = 0;
    let sent = false;
    let settled = false;
    let head: Omit<HttpResponse, 'body'> | undefined;
    let controller: Dispatcher.DispatchController | undefined;

    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      deadlines.forEach(deadline => deadline.clear());
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (code: string, message: string) => {
      const error = new EgressError(message, { code, sent });
      settle(() => reject(error));
      controller?.abort(error);
    };
    const watch = (milliseconds: number, what: string) => {
      const deadline = startDeadline(
        milliseconds,
        () => fail('DS_EGRESS_TIMEOUT', `${what} within ${milliseconds} ms`),
        () => received,
      );
      deadlines.push(deadline);
      return deadline;
    };
    function onAbort() {
      fail('DS_EGRESS_ABORTED', 'The call was canceled');
    }

    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    const connecting = watch(
      exchange.connectMs,
      `No connection to '${url.host}'`,
    );
    watch(exchange.readMs, `No complete response from '${url.host}'`);
    let answering: Deadline | undefined;

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: newController => {
        controller = newController;
        connecting.clear();
        if (settled) {
          controller.abort(new Error('Canceled before it was sent'));
        } else if (
          exchange.startWithin !== undefined &&
          elapsed(started) > exchange.startWithin
        ) {
          fail(
            'DS_EGRESS_START_MISSED',
            `The request to '${url.host}' could not start within ${exchange.startWithin} ms and was not sent`,
          );
        } else {
          exchange.onSend?.();
          sent = true;
          answering = watch(
            exchange.responseMs,
            `No response from '${url.host}'`,
          );
          if (exchange.completeMs !== undefined) {
            watch(
              exchange.completeMs,
              `No complete response from '${url.host}'`,
            );
          }
        }
      },
      onResponseStart: (_, status, headers) => {
        received += 1;
        // 1xx responses precede the final one (RFC 9110 section 15.2).
        if (status < 200) return;
        answering?.clear();
        head = { status, headers };
        if (Number(headers['content-length']) > exchange.maxBytes) tooLarge();
      },
      onResponseData: (_, chunk) => {
        received += chunk.length;
        if (received > exchange.maxBytes) tooLarge();
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        settle(() => resolve({ ...head!, body: Buffer.concat(chunks) }));
      },
      onResponseError: (_, error) => {
        // Node uses the code of any closed connection.
        const code = /before secure TLS connection/.test(error.message)
          ? 'DS_EGRESS_TLS_CLOSED'
          : (error as { code?: string }).code ?? error.name;
        settle(() =>
          reject(
            error instanceof EgressError
              ? error
              : new EgressError(
                  sent
                    ? `The connection to '${url.host}' closed before the response was complete`
                    : `No connection to '${url.host}'`,
                  { code, sent },
                ),
          ),
        );
      },
    };
    function tooLarge() {
      fail(
        'DS_EGRESS_TOO_LARGE',
        `The response from '${url.host}' is larger than ${exchange.maxBytes} bytes`,
      );
    }

    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: exchange.method as Dispatcher.HttpMethod,
          headers: exchange.headers,
          body: exchange.body,
          reset: true,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      );
    } catch (error) {
      const { code = 'DS_EGRESS_UNREADABLE' } = error as { code?: string };
      const known = error instanceof EgressError;
      settle(() =>
        reject(
          known
            ? error
            : new EgressError(`The request to '${url.host}' can't be sent`, {
                code,
                sent,
              }),
        ),
      );
    }
  });
}

/** Uses both clocks: the monotonic one stops while a machine sleeps, and the other one can be set. */
function clock() {
  return { monotonic: performance.now(), wall: Date.now() };
}

function elapsed(since: ReturnType<typeof clock>): number {
  const now = clock();
  return Math.max(now.monotonic - since.monotonic, now.wall - since.wall);
}
