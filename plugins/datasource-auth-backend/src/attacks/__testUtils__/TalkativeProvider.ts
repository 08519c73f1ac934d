import { randomBytes } from 'node:crypto';
import { LeakDetector } from 'demo-provider';
import {
  Behaviour,
  LocalServer,
  ReceivedRequest,
} from '../../egress/testing/LocalServer';

/** With everything that is spelled differently in an address, a form, JSON, HTML and bytes. */
const ODD = '+/%"é';

/**
 * A provider and its API that repeat whatever they are sent, in every way in which a provider can fail, and that plant
 * each token they issue and each one-time value they see.
 */
export class TalkativeProvider {
  readonly detector = LeakDetector.create();
  /** What each planted value is. */
  readonly kinds = new Map<string, string>();
  /** What happens at the token endpoint instead of a token. */
  failure?: keyof typeof FAILURES;
  readonly #server: LocalServer;
  /** Kinds of failures that really were met. */
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

  /** A value nobody else has, to be looked for from now on. */
  value(kind: string): string {
    return this.plant(kind, `${kind}-${ODD}-${randomBytes(9).toString('hex')}`);
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
    response: Parameters<Behaviour>[0],
    request: ReceivedRequest,
  ): void | Promise<void> {
    const verifier = request.form.get('code_verifier');
    if (verifier) this.plant('verifier', verifier);
    if (request.path === '/token' && this.failure) {
      this.met.add(this.failure);
      return FAILURES[this.failure](echoOf(request), this)(response, request);
    }
    if (request.path === '/token') {
      return json(200, {
        access_token: this.value('access-token'),
        refresh_token: this.value('refresh-token'),
        ...{ token_type: 'Bearer', expires_in: 3600, scope: 'read' },
      })(response, request);
    }
    if (request.path === '/echo') {
      return json(200, { echo: echoOf(request) })(response, request);
    }
    return json(200, {})(response, request);
  }
}

/** Everything that a request brought. */
function echoOf(request: ReceivedRequest): string {
  const { headers, body, path } = request;
  return `${path} ${JSON.stringify(headers)} ${body} ${[
    ...request.form.values(),
  ].join(' ')}`;
}

function send(status: number, type: string, body: string): Behaviour {
  return response => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

function json(status: number, body: object): Behaviour {
  return send(status, 'application/json', JSON.stringify(body));
}

type Fail = (echo: string, provider: TalkativeProvider) => Behaviour;

/** The classes of failures: each repeats what was sent, or holds a token that nobody asked for. */
export const FAILURES = {
  refused: echo =>
    json(400, { error: 'invalid_grant', error_description: echo }),
  'wrong client': echo => response => {
    response
      .writeHead(401, {
        'content-type': 'application/json',
        'www-authenticate': `Basic realm="x", error_description="${encodeURIComponent(
          echo,
        )}"`,
      })
      .end(JSON.stringify({ error: 'invalid_client', error_uri: echo, echo }));
  },
  'made up': echo => json(400, { error: echo, message: echo }),
  limited: echo => json(429, { error: 'slow_down', error_description: echo }),
  down: echo => send(503, 'text/html', `<html><pre>${echo}</pre></html>`),
  'a page': echo => send(200, 'text/html', `<html>${echo}</html>`),
  'a text': echo => send(200, 'text/plain', echo),
  'a form in a text': (_, provider) =>
    send(
      200,
      'text/plain',
      `access_tokn=${encodeURIComponent(provider.value('access-token'))}`,
    ),
  'a token under another name': (_, provider) =>
    json(200, { accessTokn: provider.value('access-token'), token_type: 'x' }),
  'another type of token': (_, provider) => {
    const token = provider.value('access-token');
    return json(200, { access_token: token, token_type: token });
  },
  'an error beside a token': (_, provider) => {
    const token = provider.value('access-token');
    return json(200, { access_token: token, error: token });
  },
  'half an answer': (_, provider) => response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(`{"access_token": "${provider.value('access-token')}`);
    setTimeout(() => response.destroy(), 20);
  },
  'broken JSON': (_, provider) =>
    send(
      200,
      'application/json',
      `{"access_token": "${provider.value('access-token')}`,
    ),
  'a redirect': echo => response => {
    response
      .writeHead(302, {
        location: `http://localhost:1/${encodeURIComponent(echo)}`,
      })
      .end();
  },
  'too much': echo =>
    send(200, 'application/json', JSON.stringify({ x: echo.repeat(4_000) })),
  'nothing at all': () => response => {
    response.destroy();
  },
} satisfies Record<string, Fail>;
