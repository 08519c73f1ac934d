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
    const turn = () => new Promise(resolve => setImmediate(resolve));
    const untilAccepted = async (count: number) => {
      while (accepted < count) await turn();
    };
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    // The sockets are real, so that each attempt is open before the time for the next one comes.
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'],
    });
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
      let error: unknown;
      connect(target, (...[failure]) => {
        error = failure;
      });
      for (let attempt = 1; attempt <= 3; attempt++) {
        await untilAccepted(attempt);
        jest.advanceTimersByTime(250);
      }
      await untilAccepted(4);
      jest.advanceTimersByTime(249);
      await turn();
      expect(error).toBeUndefined();
      jest.advanceTimersByTime(1);
      while (!error) await turn();
      expect(error).toMatchObject({ code: 'ETIMEDOUT', sent: false });
      while (held.size > 0) await turn();
    } finally {
      jest.useRealTimers();
      silent.close();
    }
  });
});
