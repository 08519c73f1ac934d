import { isIPv6 } from 'node:net';
import { EgressError } from './EgressError';

/** Time until the next address is tried in addition to those that haven't responded (RFC 8305 section 5). */
const NEXT_ATTEMPT_AFTER_MS = 250;

/** A connection, or an attempt at one. */
export interface Connecting<T> {
  connected: Promise<T>;
  /** Closes the connection, whether or not it is open yet. */
  close(): void;
}

/**
 * Connects to the first of several addresses that responds (Happy Eyeballs, RFC 8305). An address that doesn't respond
 * delays the others by a quarter of a second, and one that refuses by nothing. The other connections are closed.
 *
 * @param options - `limitMs` is the longest time for all attempts together
 * @throws the error of the last failed attempt, or EgressError if time ran out
 */
export function connectFirst<T>(options: {
  addresses: string[];
  connect: (address: string) => Connecting<T>;
  limitMs: number;
}): Promise<T> {
  const { connect, limitMs } = options;
  const waiting = interleaveFamilies(options.addresses);
  const open = new Set<Connecting<T>>();
  return new Promise((resolve, reject) => {
    let settled = false;
    let next: NodeJS.Timeout | undefined;
    const limit = setTimeout(timedOut, limitMs);

    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(next);
      clearTimeout(limit);
      open.forEach(attempt => attempt.close());
      finish();
    };
    const startNext = () => {
      clearTimeout(next);
      const address = waiting.shift();
      if (address === undefined) return;
      next = setTimeout(startNext, NEXT_ATTEMPT_AFTER_MS);
      const attempt = connect(address);
      open.add(attempt);
      attempt.connected.then(
        connection => {
          if (settled) return;
          // The one that stays open.
          open.delete(attempt);
          settle(() => resolve(connection));
        },
        error => {
          open.delete(attempt);
          if (settled) return;
          if (waiting.length > 0) startNext();
          else if (open.size === 0) settle(() => reject(error));
        },
      );
    };
    startNext();

    function timedOut() {
      const error = new EgressError(
        `No address accepted a connection within ${limitMs} ms`,
        { code: 'ETIMEDOUT', sent: false },
      );
      settle(() => reject(error));
    }
  });
}

/** Alternates between IPv6 and IPv4, starting with the family that the resolver returned first (RFC 8305 section 4). */
function interleaveFamilies(addresses: string[]): string[] {
  const six = addresses.filter(isIPv6);
  const four = addresses.filter(address => !isIPv6(address));
  const [first, second] = isIPv6(addresses[0]) ? [six, four] : [four, six];
  return Array.from({ length: Math.max(six.length, four.length) }).flatMap(
    (_, index) =>
      [first.slice(index, index + 1), second.slice(index, index + 1)].flat(),
  );
}
