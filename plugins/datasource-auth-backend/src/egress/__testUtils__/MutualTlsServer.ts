import { once } from 'node:events';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { certificateFor } from './selfSignedCertificate';

const AUTHORITY = {
  dnsName: 'authority.test',
  ...certificateFor('authority.test'),
};

/** A request, with the name in the client's certificate. */
export interface CertifiedRequest {
  method: string;
  /** Path and query. */
  target: string;
  client: string;
  headers: Record<string, string | string[] | undefined>;
  form: URLSearchParams;
}

/** A response of the server. */
export interface CertifiedResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * A real TLS server that refuses every connection without a certificate of its own authority.
 */
export class MutualTlsServer {
  /** PEM of the authority of the server and its clients. */
  static readonly authority = AUTHORITY.cert;

  readonly requests: CertifiedRequest[] = [];
  readonly #server: Server;
  #behavior: (request: CertifiedRequest) => CertifiedResponse;

  /** Creates a certificate that such servers accept, in the form of the settings. */
  static client(name: string, expires?: string) {
    const { cert, key } = certificateFor(name, {
      authority: AUTHORITY,
      expires,
    });
    return { certificate: cert, key };
  }

  static async start(
    behavior: (request: CertifiedRequest) => CertifiedResponse,
  ): Promise<MutualTlsServer> {
    const server = new MutualTlsServer(behavior);
    server.#server.listen(0, 'localhost');
    await once(server.#server, 'listening');
    return server;
  }

  private constructor(
    behavior: (request: CertifiedRequest) => CertifiedResponse,
  ) {
    this.#behavior = behavior;
    this.#server = createServer(
      {
        ...certificateFor('localhost', { authority: AUTHORITY }),
        ca: AUTHORITY.cert,
        requestCert: true,
        rejectUnauthorized: true,
      },
      async (message, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of message) chunks.push(chunk);
        const peer = (message.socket as TLSSocket).getPeerCertificate();
        const request = {
          method: message.method!,
          target: message.url!,
          client: String(peer.subject.CN),
          headers: message.headers,
          form: new URLSearchParams(Buffer.concat(chunks).toString()),
        };
        this.requests.push(request);
        const { status = 200, headers, body = {} } = this.#behavior(request);
        response.writeHead(status, {
          'content-type': 'application/json',
          ...headers,
        });
        response.end(JSON.stringify(body));
      },
    );
    // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
    this.#server.keepAliveTimeout = 0;
    this.#server.on('tlsClientError', () => {});
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://localhost:${this.port}`;
  }

  get last(): CertifiedRequest {
    return this.requests[this.requests.length - 1];
  }

  /** The paths that were called, each with the name of the client. */
  get calls(): string[] {
    return this.requests.map(
      ({ method, target, client }) => `${client}: ${method} ${target}`,
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
