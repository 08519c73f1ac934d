import { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Dispatcher } from 'undici';
import { ApiFailures } from './GatewayFailures';
import { GatewayTimes } from './GatewayTimes';

/** One request to the API, and the response it is streamed to. */
export interface ApiRequest {
  dispatcher: Dispatcher;
  origin: string;
  /** Path and query. */
  target: string;
  method: string;
  headers: Record<string, string>;
  /** The body; calls back for each chunk that is streamed. */
  body: (onProgress: () => void) => Buffer | AsyncIterable<Buffer> | null;
  response: ServerResponse;
  /** Sets the response headers. */
  setHeaders: (received: IncomingHttpHeaders) => void;
  /**
   * Inspects a response before any of it is passed on. The response waits until this resolves; `drop` discards it in
   * favor of another one. An error that it throws replaces the response.
   */
  judge: (
    status: number,
    received: IncomingHttpHeaders,
  ) => Promise<'pass' | 'drop'> | undefined;
  /** Whether the whole body is read before any of it is passed on. */
  holds?: (status: number, received: IncomingHttpHeaders) => boolean;
  /** Inspects such a body, as {@link ApiRequest.judge} does. */
  judgeBody?: (body: Buffer) => Promise<'pass' | 'drop'> | undefined;
  /** Most bytes of the response's body. */
  responseBytes: number;
  times: GatewayTimes;
  failures: ApiFailures;
}

/** A response whose body is complete before it is passed on. */
interface HeldResponse {
  status: number;
  headers: IncomingHttpHeaders;
  chunks: Buffer[];
}

/** Chunks up to this size are cheaper to copy than to write separately: Node sends text together with the headers. */
const SMALL_BODY = 16 * 1024;

/** How an exchange ended, other than by failing. */
export type ExchangeEnd = 'passed' | 'dropped' | 'left';

/*
 * Streams one request to the API and its response back, at the pace of the slower side.
 *
 * E1  The exchange ends exactly once: passed on, dropped, failed, or left by the caller. Then its timer is stopped, its
 *     listeners are gone and, unless the response was read to its end, its connection to the API is destroyed. A
 *     connection that is kept for a caller who has left is lost to all others.
 * E2  A failure before the response has started is thrown, and becomes an error response. After that, the connection to
 *     the caller is cut, so that half a response is never taken for a complete one.
 * E3  Every wait has a limit: of the API for the caller, of the caller for the API, and of both for the network.
 *
 * It uses undici's dispatch instead of its streams, which cost a fifth more CPU per request.
 */
export class ApiExchange implements Dispatcher.DispatchHandler {
  readonly #call: ApiRequest;
  #settle: (end: ExchangeEnd | Error) => void = () => {};
  #controller?: Dispatcher.DispatchController;
  #timer?: NodeJS.Timeout;
  #answered = false;
  #judging = false;
  /** An error that arrived while the response was held. */
  #lost?: Error;
  #received = 0;
  /** Length of the body, if the API sent it. */
  #announced?: number;
  /** A response whose body is read as a whole first. */
  #held?: HeldResponse;
  /** The last chunk of a body whose length is known. */
  #last?: Buffer;
  #ended = false;

  /** @throws DatasourceAuthError if there is no response to pass on */
  static send(call: ApiRequest): Promise<ExchangeEnd> {
    return new ApiExchange(call).#start();
  }

  private constructor(call: ApiRequest) {
    this.#call = call;
  }

  #start(): Promise<ExchangeEnd> {
    const { dispatcher, response, times } = this.#call;
    if (response.destroyed) return Promise.resolve('left');
    const end = new Promise<ExchangeEnd>((resolve, reject) => {
      this.#settle = outcome =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome);
    });
    response.on('close', this.#onClose);
    this.#watch(times.connect);
    try {
      dispatcher.dispatch(
        {
          origin: this.#call.origin,
          path: this.#call.target,
          method: this.#call.method as Dispatcher.HttpMethod,
          headers: this.#call.headers,
          body: this.#call.body(
            this.#onProgress,
          ) as Dispatcher.DispatchOptions['body'],
          // Our own timeouts replace undici's, because they also count while the caller is the slow one.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        this,
      );
    } catch (error) {
      this.#fail(error);
    }
    return end;
  }

  /** undici: the request has a connection and is about to be written. */
  onRequestStart(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
    if (this.#ended) {
      controller.abort(new Error('Given up before it was sent'));
    } else {
      this.#watch(this.#call.times.answer);
    }
  }

  /** undici: status and headers arrived. */
  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ) {
    // 1xx responses precede the final one (RFC 9110 section 15.2).
    if (this.#ended || status < 200) return;
    const { failures, judge, method, responseBytes } = this.#call;
    this.#answered = true;
    if (status > 599) {
      this.#fail(failures.unreadable());
      return;
    }
    if (
      method !== 'HEAD' &&
      Number(headers['content-length']) > responseBytes
    ) {
      this.#fail(failures.answerTooLarge(responseBytes));
      return;
    }
    const verdict = judge(status, headers);
    if (!verdict) {
      if (method !== 'HEAD' && this.#call.holds?.(status, headers)) {
        this.#held = { status, headers, chunks: [] };
        this.#watch(this.#call.times.idle);
        return;
      }
      this.#begin(status, headers);
      return;
    }
    controller.pause();
    clearTimeout(this.#timer);
    this.#judging = true;
    verdict.then(
      found => {
        this.#judging = false;
        if (this.#ended) return;
        if (found === 'drop') {
          this.#end();
          controller.abort(new Error('Another response is better'));
          this.#settle('dropped');
        } else if (this.#lost) {
          this.#fail(this.#lost);
        } else {
          this.#begin(status, headers);
          controller.resume();
        }
      },
      error => this.#fail(error),
    );
  }

  /** undici: a chunk of the body. */
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer) {
    if (this.#ended) return;
    const { failures, response, responseBytes } = this.#call;
    this.#received += chunk.length;
    if (this.#received > responseBytes) {
      this.#fail(failures.answerTooLarge(responseBytes));
      return;
    }
    this.#timer!.refresh();
    if (this.#held) {
      this.#held.chunks.push(chunk);
      return;
    }
    if (this.#received === this.#announced && chunk.length <= SMALL_BODY) {
      this.#last = chunk;
    } else if (!response.write(chunk)) {
      controller.pause();
    }
  }

  /** undici: the response is complete. */
  onResponseEnd() {
    if (this.#ended) return;
    if (this.#held) {
      this.#release(this.#held);
      return;
    }
    const { response } = this.#call;
    this.#end();
    if (this.#last) response.end(this.#last.toString('latin1'), 'latin1');
    else response.end();
    this.#settle('passed');
  }

  /** undici: an error. */
  onResponseError(_: Dispatcher.DispatchController, error: Error) {
    if (this.#judging) this.#lost = error;
    else this.#fail(error);
  }

  /** Decides about a body that was read as a whole. */
  #release({ status, headers, chunks }: HeldResponse) {
    const body = Buffer.concat(chunks);
    const pass = () => {
      this.#begin(status, headers);
      this.#end();
      this.#call.response.end(body);
      this.#settle('passed');
    };
    const verdict = this.#call.judgeBody?.(body);
    if (!verdict) {
      pass();
      return;
    }
    clearTimeout(this.#timer);
    verdict.then(
      found => {
        if (this.#ended) return;
        if (found === 'pass') {
          pass();
        } else {
          this.#end();
          this.#settle('dropped');
        }
      },
      error => this.#fail(error),
    );
  }

  #begin(status: number, headers: IncomingHttpHeaders) {
    const { response, setHeaders, times } = this.#call;
    this.#announced = Number(headers['content-length'] ?? -1);
    setHeaders(headers);
    response.writeHead(status);
    // Not earlier: compression keeps listeners for its own stream until it knows that it needs none.
    response.on('drain', this.#onDrain);
    this.#watch(times.idle);
  }

  readonly #onProgress = () => {
    // The response timeout starts once the API has the whole request.
    if (!this.#ended && !this.#answered) this.#timer!.refresh();
  };

  readonly #onDrain = () => {
    this.#timer!.refresh();
    this.#controller!.resume();
  };

  readonly #onClose = () => {
    if (this.#ended) return;
    this.#end();
    this.#controller?.abort(new Error('The caller left'));
    this.#settle('left');
  };

  #watch(milliseconds: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { failures } = this.#call;
      let what: Parameters<ApiFailures['timeout']>[0] = 'notContinued';
      if (!this.#controller) what = 'notReached';
      else if (!this.#answered) what = 'noResponse';
      this.#fail(failures.timeout(what, milliseconds));
    }, milliseconds);
  }

  #fail(error: unknown) {
    if (this.#ended) return;
    const { failures, response } = this.#call;
    const failure = failures.of(error);
    this.#end();
    this.#controller?.abort(failure);
    if (!response.headersSent) {
      this.#settle(failure);
    } else {
      response.destroy();
      this.#settle('left');
    }
  }

  #end() {
    const { response } = this.#call;
    this.#ended = true;
    clearTimeout(this.#timer);
    response.off('close', this.#onClose);
    response.off('drain', this.#onDrain);
  }
}
