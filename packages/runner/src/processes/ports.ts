import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Whether nothing listens on this port of the loopback interfaces. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await new Promise<string | undefined>(resolve => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code),
      );
      server.listen({ port, host }, () =>
        server.close(() => resolve(undefined)),
      );
    });
    // Any other error means that the machine has no such address.
    if (code === 'EADDRINUSE') return false;
  }
  return true;
}

/** Below the range for outgoing connections, so that none uses the port first. */
const FIRST = 20_000;
const LAST = 31_999;

/**
 * Returns a port that is free now. No other program that asks here gets it while this one runs, even if nothing listens
 * on it yet.
 */
export async function freePort(
  range: { first: number; last: number } = { first: FIRST, last: LAST },
): Promise<number> {
  for (;;) {
    const port = randomInt(range.first, range.last + 1);
    if ((await claim(port)) && (await isFree(port))) return port;
  }
}

/**
 * Claims a port for this program with a UDP socket, which doesn't prevent TCP servers on the same port. The system closes
 * the socket when the program ends, however it ends.
 */
async function claim(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const claimed = await new Promise<boolean>(resolve => {
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () =>
      resolve(true),
    );
  });
  if (claimed) socket.unref();
  else socket.close();
  return claimed;
}
