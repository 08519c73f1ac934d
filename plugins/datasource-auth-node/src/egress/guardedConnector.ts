import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { parseAddress } from './addresses';
import { connectFirst, type Connecting } from './connectFirst';
import { DestinationRules } from './DestinationRules';
import { EgressError } from './EgressError';

/** Resolves a host name to all of its addresses. @public */
export type Resolve = (hostname: string) => Promise<string[]>;

/** Told of each socket that the connector hands out, with the address it is really connected to. @public */
export type OnConnect = (host: string, address: string) => void;

/** What a client proves its identity with in a TLS handshake, PEM. @public */
export interface ClientCertificate {
  /** PEM, with its chain. */
  certificate: string;
  /** The private key, PEM. */
  key: string;
  /** Of an encrypted key. */
  passphrase?: string;
}

/** No request waits longer than this for its connection; shorter limits are the request's own. */
const LONGEST_CONNECT_MS = 30_000;

/** The system's resolver, hosts file included. */
const resolveBySystem: Resolve = async hostname =>
  (await lookup(hostname, { all: true, verbatim: true })).map(
    entry => entry.address,
  );

/** A client certificate as Node's `tls` names its parts. */
export function tlsOptionsOf(clientCertificate: ClientCertificate | undefined) {
  if (!clientCertificate) return {};
  const { certificate: cert, key, passphrase } = clientCertificate;
  return { cert, key, passphrase };
}

/**
 * A connector for undici that resolves the name itself, checks every address and connects to the very address it
 * checked: resolving, checking and then connecting by name would fall to DNS rebinding, and `lookup` is not even asked
 * for literal addresses.
 *
 * @public
 */
export function guardedConnector(options: {
  rules: DestinationRules;
  ca?: string[];
  /** What it shows to servers that ask for a certificate. */
  clientCertificate?: ClientCertificate;
  resolve?: Resolve;
  onConnect?: OnConnect;
  /** The longest that all addresses of a name may take together; default 30 seconds. */
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
        // The host stays in `host`: the connector takes the TLS server name from it.
        const pinned = { ...target, hostname: address };
        // It returns the socket that it opens, which its types leave out.
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
