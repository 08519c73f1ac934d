import { once } from 'node:events';
import { AddressInfo, createServer, Socket } from 'node:net';
import { DestinationRules } from './DestinationRules';
import { guardedConnector } from './guardedConnector';

describe('guardedConnector', () => {
  it('applies one timeout to all addresses of a name together, and leaves no connection open', async () => {
    const held = new Set<Socket>();
    let accepted = 0;
    const silent = createServer(socket => {
      accepted += 1;
      held.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => held.delete(socket));
      socket.resume();
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      const connect = guardedConnector({
        rules: new DestinationRules({
          allow: ['127.0.0.1'],
          allowHttp: [],
          only: [],
        }),
        resolve: async () => Array.from({ length: 100 }, () => '127.0.0.1'),
        limitMs: 1_000,
      });
      const target = {
        hostname: 'provider.test',
        host: `provider.test:${port}`,
        protocol: 'https:',
        port: String(port),
      };
      const error = await new Promise(resolve =>
        connect(target, (...[failure]) => resolve(failure)),
      );
      expect(error).toMatchObject({ code: 'ETIMEDOUT', sent: false });
      expect(accepted).toBeGreaterThan(1);
      while (held.size > 0) await new Promise(resolve => setImmediate(resolve));
    } finally {
      silent.close();
    }
  });
});
