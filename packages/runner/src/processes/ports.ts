import { type AddressInfo, createServer } from 'node:net';

/** Whether nobody listens on this port of the loopback interfaces. */
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

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
