import { lookup } from 'node:dns/promises';
import { buildConnector } from 'undici';
import { parseAddress } from './addresses';
import { DestinationRules } from './DestinationRules';
import { EgressError } from './EgressError';

/** Resolves a host name to all of its addresses. @internal */
export type Resolve = (hostname: string) => Promise<string[]>;

/** Told of each socket that the connector opened, with the address it is really connected to. @internal */
export type OnConnect = (host: string, address: string) => void;

/** Longest a single connect may take where other addresses are left to try. */
const NEXT_ADDRESS_AFTER_MS = 3_000;

/** No request waits longer than this for its connection; shorter limits are the request's own. */
const LONGEST_CONNECT_MS = 30_000;

/** The system's resolver, hosts file included. */
const resolveBySystem: Resolve = async hostname =>
  (await lookup(hostname, { all: true, verbatim: true })).map(
    entry => entry.address,
  );

/**
 * A connector for undici that resolves the name itself, checks every address and connects to the very address it
 * checked: resolving, checking and then connecting by name would fall to DNS rebinding, and `lookup` is not even asked
 * for literal addresses.
 *
 * @internal
 */
export function guardedConnector(options: {
  rules: DestinationRules;
  ca?: string[];
  resolve?: Resolve;
  onConnect?: OnConnect;
}): buildConnector.connector {
  const { rules, ca, resolve = resolveBySystem, onConnect } = options;
  const tls = ca ? { ca } : {};
  const connectLast = buildConnector({ ...tls, timeout: LONGEST_CONNECT_MS });
  const connectEarly = buildConnector({
    ...tls,
    timeout: NEXT_ADDRESS_AFTER_MS,
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
    connect: buildConnector.connector,
  ) =>
    new Promise<Parameters<buildConnector.Callback>[1]>((resolved, rejected) =>
      connect(target, (error, socket) =>
        error ? rejected(error) : resolved(socket),
      ),
    );

  const connect = async (target: buildConnector.Options) => {
    const addresses = await candidates(target.hostname);
    for (const [index, address] of addresses.entries()) {
      const last = index === addresses.length - 1;
      try {
        // The host stays in `host`: the connector takes the TLS server name from it.
        const socket = await connectTo(
          { ...target, hostname: address },
          last ? connectLast : connectEarly,
        );
        onConnect?.(target.hostname, address);
        return socket;
      } catch (error) {
        if (last) throw error;
      }
    }
    return null;
  };

  return (target, callback) => {
    connect(target).then(
      socket => callback(null, socket!),
      error => callback(error, null),
    );
  };
}
