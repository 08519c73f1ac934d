import { randomInt } from 'node:crypto';
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
const LAST = 32_000;

/** Returns a port that is free now, and most likely still is when a program listens on it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
}
