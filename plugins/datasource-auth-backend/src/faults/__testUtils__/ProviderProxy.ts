import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tokenHash } from 'demo-provider';

/** Where the provider revokes tokens. */
export const REVOKE = '/revoke';

/** One call as the token endpoint received it. */
export interface ProxiedCall {
  grantType: string;
  /** Hash of the refresh token that was sent. */
  presented?: string;
  status: number;
  /** When it arrived, epoch milliseconds. */
  at: number;
}

interface Answer {
  lost?: 'hangs' | 'closes';
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * A proxy of the provider's token and revocation endpoints: records requests, and fails as gateways do. The provider
 * itself has its own failures.
 */
export class ProviderProxy {
  readonly calls: ProxiedCall[] = [];
  /** Hashes of the refresh tokens that the provider revoked, in order. */
  readonly revoked: string[] = [];
  /** Responds to nothing. */
  isDown = false;
  /** Responds to no revocation after this many, although the provider processes it. */
  revocationsLeft = Infinity;
  /** Returns the first result again for a recently used refresh token, as some providers do. */
  grace = false;
  /** Allowed calls until others get 429 for a second, however fast the machine is. */
  burst = Infinity;
  /** What happens to the next response, after the provider has processed the request. */
  loseNext?: 'hangs' | 'closes' | 'gateway';
  #onCall = () => {};
  #onOutOfRevocations = () => {};
  readonly #provider: string;
  readonly #server: Server;
  readonly #yielded = new Map<string, Answer>();
  #allowed = 0;
  #refusedFrom?: number;

  static async start(provider: string): Promise<ProviderProxy> {
    const door = new ProviderProxy(provider);
    door.#server.keepAliveTimeout = 0;
    door.#server.listen(0, 'localhost');
    await once(door.#server, 'listening');
    return door;
  }

  private constructor(provider: string) {
    this.#provider = provider;
    this.#server = createServer(async (request, response) => {
      try {
        const { status, headers, body, lost } = await this.#answer(request);
        if (lost === 'hangs') return;
        if (lost === 'closes') {
          const length = String(Buffer.byteLength(body));
          response.writeHead(status, { ...headers, 'content-length': length });
          response.write(body.slice(0, body.length / 2), () =>
            response.destroy(),
          );
          return;
        }
        response.writeHead(status, headers);
        response.end(body);
      } catch {
        // The provider closed the connection, so do the same.
        response.destroy();
      }
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}`;
  }

  /** Resolves when the next call has arrived, before the provider sees it. */
  async nextCall(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#onCall = resolve;
    });
  }

  /** Resolves when it stops responding to revocations. */
  async outOfRevocations(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#onOutOfRevocations = resolve;
    });
  }

  /** Ends all failures. */
  behave() {
    this.grace = false;
    this.isDown = false;
    this.revocationsLeft = Infinity;
    this.burst = Infinity;
    this.#allowed = 0;
    this.#refusedFrom = undefined;
    this.loseNext = undefined;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    if (this.isDown) throw new Error('The provider is down');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const form = new URLSearchParams(body);
    if (request.url === REVOKE) return this.#revoke(request, body, form);
    const token = form.get('refresh_token');
    const call: ProxiedCall = {
      grantType: form.get('grant_type') ?? '',
      presented: token ? tokenHash(token) : undefined,
      status: 0,
      at: Date.now(),
    };
    this.calls.push(call);
    this.#onCall();
    const answer = this.#limited()
      ? {
          status: 429,
          headers: { 'content-type': 'application/json', 'retry-after': '1' },
          body: '{"error":"slow_down"}',
        }
      : await this.#provided(request, body, call.presented);
    call.status = answer.status;
    return answer;
  }

  async #provided(
    request: IncomingMessage,
    body: string,
    presented: string | undefined,
  ): Promise<Answer> {
    const yielded = presented && this.grace && this.#yielded.get(presented);
    if (yielded) return yielded;
    const response = await fetch(`${this.#provider}${request.url}`, {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body,
    });
    const answer = {
      status: response.status,
      headers: {
        'content-type': response.headers.get('content-type') ?? '',
        ...(response.headers.has('retry-after')
          ? { 'retry-after': response.headers.get('retry-after')! }
          : {}),
      },
      body: await response.text(),
    };
    if (presented && response.ok) this.#yielded.set(presented, answer);
    const lost = this.loseNext;
    this.loseNext = undefined;
    if (lost === 'gateway') {
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html>Bad gateway</html>',
      };
    }
    return { ...answer, lost };
  }

  async #revoke(
    request: IncomingMessage,
    body: string,
    form: URLSearchParams,
  ): Promise<Answer> {
    const answer = await this.#provided(request, body, undefined);
    if (form.get('token_type_hint') !== 'refresh_token') return answer;
    if (answer.status === 200) this.revoked.push(tokenHash(form.get('token')!));
    this.revocationsLeft -= 1;
    if (this.revocationsLeft >= 0) return answer;
    this.#onOutOfRevocations();
    return { ...answer, lost: 'hangs' };
  }

  #limited(): boolean {
    if (this.#allowed >= this.burst) {
      const now = performance.now();
      this.#refusedFrom ??= now;
      if (now - this.#refusedFrom < 1_000) return true;
      this.#allowed = 0;
      this.#refusedFrom = undefined;
    }
    this.#allowed += 1;
    return false;
  }
}
