import { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Dispatcher } from 'undici';
import { ApiFailures } from './GatewayFailures';
import { GatewayTimes } from './GatewayTimes';

/** One request to the API, and where its answer goes. */
export interface ApiRequest {
  dispatcher: Dispatcher;
  origin: string;
  /** Path and query. */
  target: string;
  method: string;
  headers: Record<string, string>;
  /** The body; calls back for each piece of it that flows past. */
  body: (onProgress: () => void) => Buffer | AsyncIterable<Buffer> | null;
  response: ServerResponse;
  /** Sets the headers of the answer on ours. */
  setHeaders: (received: IncomingHttpHeaders) => void;
  /**
   * Looks at an answer before anything of it is passed on. Where it needs time to decide, the answer waits; `drop` makes
   * room for another one. What it throws takes the answer's place.
   */
  judge: (
    status: number,
    received: IncomingHttpHeaders,
  ) => Promise<'pass' | 'drop'> | undefined;
  /** Most bytes of the answer's body. */
  responseBytes: number;
  times: GatewayTimes;
  failures: ApiFailures;
}

/** Bytes that are cheaper to copy than to write by themselves: as text, Node sends them together with the headers. */
const SMALL_BODY = 16 * 1024;

/** How an exchange ended, other than by failing. */
export type ExchangeEnd = 'passed' | 'dropped' | 'left';

/*
 * One request streamed to the API and its answer streamed back, at the pace of the slower side.
 *
 * E1  The exchange ends exactly once: passed on, dropped, failed, or left by the caller. Then its timer is stopped, its
 *     listeners are gone and, unless the answer was read whole, its connection to the API is destroyed. A connection
 *     that is kept for a caller who has left is lost to all others.
 * E2  Before the answer has begun a failure is thrown, and becomes an answer of ours. Afterwards there is only one way to
 *     say so: the connection to the caller is cut, so that half an answer is never taken for a whole one.
 * E3  Nothing waits for longer than its time: the API for the caller, the caller for the API, and both for the network.
 *
 * undici's dispatch and not its streams: those cost a fifth more CPU a request.
 */
export class ApiExchange implements Dispatcher.DispatchHandler {
  readonly #call: ApiRequest;
  #settle: (end: ExchangeEnd | Error) => void = () => {};
  #controller?: Dispatcher.DispatchController;
  #timer?: NodeJS.Timeout;
  #answered = false;
  #judging = false;
  /** What went wrong while the answer was waiting for its verdict. */
  #lost?: Error;
  #received = 0;
  /** How long the body is, if the API told. */
  #announced?: number;
  /** The end of a body that is known to be whole with it. */
  #last?: Buffer;
  #ended = false;

  /** @throws DatasourceAuthError when there is no answer to pass on */
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
          // Ours run instead, which also count while the caller is the slow one.
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

  /** undici: status and headers are there. */
  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ) {
    // 1xx answers announce the real one (RFC 9110 section 15.2).
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
          controller.abort(new Error('Another answer is better'));
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

  /** undici: a piece of the body. */
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer) {
    if (this.#ended) return;
    const { failures, response, responseBytes } = this.#call;
    this.#received += chunk.length;
    if (this.#received > responseBytes) {
      this.#fail(failures.answerTooLarge(responseBytes));
      return;
    }
    this.#timer!.refresh();
    if (this.#received === this.#announced && chunk.length <= SMALL_BODY) {
      this.#last = chunk;
    } else if (!response.write(chunk)) {
      controller.pause();
    }
  }

  /** undici: the answer is whole. */
  onResponseEnd() {
    if (this.#ended) return;
    const { response } = this.#call;
    this.#end();
    if (this.#last) response.end(this.#last.toString('latin1'), 'latin1');
    else response.end();
    this.#settle('passed');
  }

  /** undici: it went wrong. */
  onResponseError(_: Dispatcher.DispatchController, error: Error) {
    if (this.#judging) this.#lost = error;
    else this.#fail(error);
  }

  #begin(status: number, headers: IncomingHttpHeaders) {
    const { response, setHeaders, times } = this.#call;
    this.#announced = Number(headers['content-length'] ?? -1);
    setHeaders(headers);
    response.writeHead(status);
    // Not before: compression keeps listeners for a stream of its own until it knows that it has none.
    response.on('drain', this.#onDrain);
    this.#watch(times.idle);
  }

  readonly #onProgress = () => {
    // The time for the answer runs once the API has the whole request.
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
      let what = 'did not go on';
      if (!this.#controller) what = 'could not be connected to';
      else if (!this.#answered) what = 'did not answer';
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
