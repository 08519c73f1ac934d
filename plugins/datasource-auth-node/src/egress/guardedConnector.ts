import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { parseAddress } from './addresses';
import { connectFirst, type Connecting } from './connectFirst';
import { DestinationRules } from './DestinationRules';
import { EgressError } from './EgressError';

/** Resolves a host name to all of its addresses. @public */
export type Resolve = (hostname: string) => Promise<string[]>;

/** Called for each socket that the connector opens, with its actual address. @public */
export type OnConnect = (host: string, address: string) => void;

/** A client certificate for TLS handshakes, PEM. @public */
export interface ClientCertificate {
  /** PEM, with its chain. */
  certificate: string;
  /** The private key, PEM. */
  key: string;
  /** Of an encrypted key. */
  passphrase?: string;
}

/** No request waits longer than this for its connection. Requests can set shorter limits. */
const LONGEST_CONNECT_MS = 30_000;

/** The system's resolver, including the hosts file. */
const resolveBySystem: Resolve = async hostname =>
  (await lookup(hostname, { all: true, verbatim: true })).map(
    entry => entry.address,
  );

/** A client certificate with the names of Node's `tls`. */
export function tlsOptionsOf(clientCertificate: ClientCertificate | undefined) {
  if (!clientCertificate) return {};
  const { certificate: cert, key, passphrase } = clientCertificate;
  return { cert, key, passphrase };
}

/**
 * Returns a connector for undici that resolves the name, checks every address and connects to the exact address that it
 * checked. Connecting by name after the check would allow DNS rebinding, and `lookup` isn't called for literal
 * addresses.
 *
 * @public
 */
export function guardedConnector(options: {
  rules: DestinationRules;
  ca?: string[];
  /** Presented to servers that request a certificate. */
  clientCertificate?: ClientCertificate;
  resolve?: Resolve;
  onConnect?: OnConnect;
  /** The longest time for all addresses of a name together; 30 seconds by default. */
  limitMs?: number;
}): buildConnector.connector {
  const { rules, ca, resolve = resolveBySystem, onConnect } = options;
  const { limitMs = LONGEST_CONNECT_MS } = options;
  const open = buildConnector({
    ...(ca ? { ca } : {}),
    ...tlsOptionsOf(options.clientCertificate),
    timeout: limitMs,
  });

  const candidates = async (host: string) => {
    const addresses = parseAddress(host) ? [host] : await resolve(host);
    let refusal: unknown;
    const allowed = addresses.filter(address => {
      try {
        rules.checkAddress(host, address);
        return true;
      } catch (error) {
        refusal = error;
        return false;
      }
    });
    if (allowed.length) return allowed;
    throw (
      refusal ??
      new EgressError(`The name '${host}' has no address`, {
        code: 'ENOTFOUND',
        sent: false,
      })
    );
  };

  const connectTo = (
    target: buildConnector.Options,
    address: string,
  ): Connecting<{ socket: Socket; address: string }> => {
    let opening: Socket | undefined;
    let closed = false;
    const connected = new Promise<{ socket: Socket; address: string }>(
      (resolved, rejected) => {
        // The host stays in `host`: the connector uses it as the TLS server name.
        const pinned = { ...target, hostname: address };
        // It returns the opened socket, although its types don't say so.
        opening = open(pinned, (error, socket) => {
          if (closed) socket?.destroy();
          if (error) rejected(error);
          else resolved({ socket: socket!, address });
        }) as unknown as Socket | undefined;
      },
    );
    const close = () => {
      closed = true;
      opening?.destroy(new Error('The connection is not needed'));
    };
    return { connected, close };
  };

  const connect = async (target: buildConnector.Options) => {
    const { socket, address } = await connectFirst({
      addresses: await candidates(target.hostname),
      connect: each => connectTo(target, each),
      limitMs,
    });
    onConnect?.(target.hostname, address);
    return socket;
  };

  return (target, callback) => {
    connect(target).then(
      socket => callback(null, socket),
      error => callback(error, null),
    );
  };
}
