import { randomBytes } from 'node:crypto';
import { LeakDetector } from 'demo-provider';
import {
  Behavior,
  LocalServer,
  ReceivedRequest,
  json,
} from '../../egress/__testUtils__/LocalServer';
import { FAILURES } from './failures';

/** Characters that are encoded differently in URLs, forms, JSON, HTML and bytes. */
const ODD = '+/%"é';

/**
 * A provider with an API that repeat everything they receive, in every way in which a provider can fail. They plant
 * every token they issue and every one-time value they see.
 */
export class TalkativeProvider {
  readonly detector = LeakDetector.create();
  /** Names of the planted values. */
  readonly kinds = new Map<string, string>();
  /** Response of the token endpoint instead of a token. */
  failure?: keyof typeof FAILURES;
  readonly #server: LocalServer;
  /** Kinds of failures that real providers have shown. */
  readonly met = new Set<string>();

  static async start(): Promise<TalkativeProvider> {
    return new TalkativeProvider(await LocalServer.start());
  }

  private constructor(server: LocalServer) {
    this.#server = server.behave((response, request) =>
      this.#answer(response, request),
    );
  }

  get url(): string {
    return `http://localhost:${this.#server.port}`;
  }

  /** Creates a unique value that leak checks search for from now on. */
  value(kind: string): string {
    // A header must be able to carry a token.
    const odd = kind.endsWith('token') ? ODD.replace('é', '') : ODD;
    return this.plant(kind, `${kind}-${odd}-${randomBytes(9).toString('hex')}`);
  }

  plant(kind: string, value: string): string {
    this.detector.plant(value);
    this.kinds.set(value, kind);
    return value;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  #answer(
    response: Parameters<Behavior>[0],
    request: ReceivedRequest,
  ): void | Promise<void> {
    const verifier = request.form.get('code_verifier');
    if (verifier) this.plant('verifier', verifier);
    if (request.path === '/token' && this.failure) {
      this.met.add(this.failure);
      return FAILURES[this.failure](echoOf(request), this)(response, request);
    }
    if (request.path === '/token') {
      return json({
        access_token: this.value('access-token'),
        refresh_token: this.value('refresh-token'),
        ...{ token_type: 'Bearer', expires_in: 3600, scope: 'read' },
      })(response, request);
    }
    if (request.path === '/echo') {
      return json({ echo: echoOf(request) })(response, request);
    }
    return json({})(response, request);
  }
}

/** Everything that a request contained. */
function echoOf(request: ReceivedRequest): string {
  const { headers, body, path } = request;
  return `${path} ${JSON.stringify(headers)} ${body} ${[
    ...request.form.values(),
  ].join(' ')}`;
}
