import { createServer } from 'node:net';

/** Whether nobody listens on this port of the loopback interface. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await new Promise(resolve => {
      const server = createServer();
      server.once('error', error => resolve(error.code));
      server.listen({ port, host }, () => server.close(() => resolve('free')));
    });
    // Any other error means that the machine has no such address.
    if (code === 'EADDRINUSE') return false;
  }
  return true;
}

/** A port that is free now. */
export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
