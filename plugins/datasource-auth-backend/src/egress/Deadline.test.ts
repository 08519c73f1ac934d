import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { Egress } from './Egress';
import { startDeadline } from './Deadline';

/** A server in its own thread, which responds while this thread is blocked. */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort, workerData } = require('node:worker_threads');
  const flag = new Int32Array(workerData);
  createServer((request, response) => {
    response.end('{"answered":true}', () => {
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
    });
  }).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

/** Blocks, like a stopped process. */
function standStill(milliseconds: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('startDeadline', () => {
  it('reads a response already in the socket before it gives up (a stopped process resumes)', async () => {
    const shared = new SharedArrayBuffer(4);
    const worker = new Worker(SERVER, { eval: true, workerData: shared });
    try {
      const [port] = await once(worker, 'message');
      const egress = new Egress(
        { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
        { environment: {} },
      );
      const answer = await egress.fetch(`http://127.0.0.1:${port}/`, {
        responseMs: 100,
        readMs: 3_000,
        onSend: () =>
          setImmediate(() => {
            // The response is sent before this thread continues, and by then both timers are due.
            expect(Atomics.wait(new Int32Array(shared), 0, 0, 20_000)).not.toBe(
              'timed-out',
            );
            standStill(3_200);
          }),
      });
      expect(await answer.json()).toEqual({ answered: true });
      await egress.close();
    } finally {
      await worker.terminate();
    }
  });

  const expiry = (seen: () => number) =>
    new Promise<void>(resolve => {
      startDeadline(1, resolve, seen);
    });

  it('keeps waiting while data arrives', async () => {
    const received = [0, 10, 20, 20];
    let looks = 0;
    await expiry(() => received[looks++]);
    // Once when the time is up, then after each poll, until one finds no data.
    expect(looks).toBe(4);
  });

  it('fires when data never stops arriving', async () => {
    let looks = 0;
    await expiry(() => ++looks);
    expect(looks).toBe(65);
  });

  it('does not fire if the response arrives between the timer and the next poll', async () => {
    const expired = jest.fn();
    await new Promise<void>(resolve => {
      const deadline = startDeadline(1, expired, () => {
        deadline.clear();
        setImmediate(() => setImmediate(resolve));
        return 0;
      });
    });
    expect(expired).not.toHaveBeenCalled();
  });
});
