import { IncomingHttpHeaders } from 'node:http';
import { Dispatcher } from 'undici';
import { EgressError } from 'backstage-plugin-datasource-auth-node/egress';
import { Deadline, startDeadline } from './Deadline';

/** One request and the limits of its answer. Times are milliseconds, sizes bytes. */
export interface HttpExchange {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** Until the request is on its way, counted from the start. */
  connectMs: number;
  /** Until the first byte of the answer, counted from the sending. */
  responseMs: number;
  /** Until the response is complete, counted from the sending. */
  completeMs?: number;
  /** Until the answer is there whole, counted from the start. */
  readMs: number;
  /** Most bytes of the body on the wire. */
  maxBytes: number;
  /** The request is not written when this much time has gone by since the start, however it went by. */
  startWithin?: number;
  onSend?: () => void;
}

/** A whole answer as it came over the wire. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Sends one request over a connection of its own and reads its answer whole. Redirects are answers like any other.
 *
 * A connection of its own: an idle one from a pool may be dead without our knowing, and a request lost on it is a
 * refresh token of which nobody knows whether it was used.
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
      fail('DS_EGRESS_ABORTED', 'The call was given up');
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
    watch(exchange.readMs, `No whole answer from '${url.host}'`);
    let answering: Deadline | undefined;

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: newController => {
        controller = newController;
        connecting.clear();
        if (settled) {
          controller.abort(new Error('Given up before it was sent'));
        } else if (
          exchange.startWithin !== undefined &&
          elapsed(started) > exchange.startWithin
        ) {
          fail(
            'DS_EGRESS_START_MISSED',
            `The request to '${url.host}' was not on its way within ${exchange.startWithin} ms and was not sent`,
          );
        } else {
          exchange.onSend?.();
          sent = true;
          answering = watch(
            exchange.responseMs,
            `No answer from '${url.host}'`,
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
        // 1xx answers announce the real one (RFC 9110 section 15.2).
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
        // Node gives it the code of any connection that was closed.
        const code = /before secure TLS connection/.test(error.message)
          ? 'DS_EGRESS_TLS_CLOSED'
          : (error as { code?: string }).code ?? error.name;
        settle(() =>
          reject(
            error instanceof EgressError
              ? error
              : new EgressError(
                  sent
                    ? `The connection to '${url.host}' ended before the answer was whole`
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
        `The answer of '${url.host}' is larger than ${exchange.maxBytes} bytes`,
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
            : new EgressError(`The request to '${url.host}' cannot be sent`, {
                code,
                sent,
              }),
        ),
      );
    }
  });
}

/** Both clocks: the monotonic one stands still while a machine sleeps, the other one can be set. */
function clock() {
  return { monotonic: performance.now(), wall: Date.now() };
}

function elapsed(since: ReturnType<typeof clock>): number {
  const now = clock();
  return Math.max(now.monotonic - since.monotonic, now.wall - since.wall);
}
