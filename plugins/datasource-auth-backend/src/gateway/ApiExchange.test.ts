import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ClientRequest, IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, Dispatcher } from 'undici';
import { message } from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { soon } from './__testUtils__/soon';
import {
  RunningBareGateway,
  startBareGateway,
} from '../__testUtils__/startBareGateway';
import { errorOf } from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

const running: RunningBareGateway[] = [];

async function start(options?: Parameters<typeof startBareGateway>[0]) {
  const gateway = await startBareGateway(options);
  running.push(gateway);
  return gateway;
}

/** From now on, time passes for the gateway only when the test says so. Its connections are real. */
function holdTime() {
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'],
  });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}

afterEach(async () => {
  jest.useRealTimers();
  for (const gateway of running.splice(0)) await gateway.stop();
});

/** A call whose two ends the test controls. */
function open(
  gateway: RunningBareGateway,
  options: { method?: string; headers?: Record<string, string> } = {},
): ClientRequest {
  const sent = request(`${gateway.url}/gateway/crm/a`, {
    agent: false,
    ...options,
  });
  sent.on('error', () => {});
  return sent;
}

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [answer] = await once(sent, 'response');
  return answer;
}

describe('a caller that aborts', () => {
  /** With two connections, one that isn't released is half of an outage. */
  const CONNECTIONS = 2;

  const tenAnswers = async (gateway: RunningBareGateway) => {
    gateway.api.stream((_, response) => response.end('fine'));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => gateway.call('/a')),
    );
    return answers.map(({ text }) => text);
  };

  it('ends the call to the API when it aborts before the response', async () => {
    const gateway = await start();
    let apiSaw = 'nothing';
    gateway.api.stream((_, response) => {
      apiSaw = 'the call';
      response.on('close', () => {
        apiSaw = 'the end';
      });
    });
    const sent = open(gateway);
    sent.end();
    expect(await soon(() => apiSaw === 'the call')).toBe(true);
    sent.destroy();
    expect(await soon(() => apiSaw === 'the end')).toBe(true);
  });

  it('ends the call to the API when it aborts in the middle of the response', async () => {
    const gateway = await start();
    let ended = false;
    gateway.api.stream((_, response) => {
      response.write('first');
      response.on('close', () => {
        ended = true;
      });
    });
    const sent = open(gateway);
    sent.end();
    await once(await answerTo(sent), 'data');
    sent.destroy();
    expect(await soon(() => ended)).toBe(true);
  });

  it.each([
    ['queued and waiting for the response', () => {}],
    [
      'reading a response that never ends',
      (_: IncomingMessage, response: any) => {
        const timer = setInterval(() => response.write('more'), 5);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'not reading a response that is too large for them',
      (_: IncomingMessage, response: any) => {
        response.end(Buffer.alloc(8_000_000));
      },
    ],
  ])(
    'aborts a hundred times while %s, and the pool still works',
    async (_, behavior) => {
      const gateway = await start({ connections: CONNECTIONS });
      gateway.api.stream(behavior);
      for (let round = 0; round < 10; round++) {
        const calls = Array.from({ length: 10 }, () => open(gateway));
        calls.forEach(sent => sent.end());
        await sleep(30);
        calls.forEach(sent => sent.destroy());
      }
      expect(await tenAnswers(gateway)).toEqual(Array(10).fill('fine'));
    },
  );

  it('aborts a hundred times in the middle of an upload, and the pool still works', async () => {
    const gateway = await start({ connections: CONNECTIONS });
    gateway.api.stream(upload => upload.resume());
    for (let round = 0; round < 10; round++) {
      const calls = Array.from({ length: 10 }, () =>
        open(gateway, {
          method: 'POST',
          headers: { 'content-length': '1000000' },
        }),
      );
      calls.forEach(sent => sent.write(Buffer.alloc(100_000)));
      await sleep(30);
      calls.forEach(sent => sent.destroy());
    }
    expect(await tenAnswers(gateway)).toEqual(Array(10).fill('fine'));
  });

  it('causes no call to the API when it aborts while the token is loaded', async () => {
    let hand = (_token: string) => {};
    const gateway = await start({
      token: () =>
        new Promise<string>(resolve => {
          hand = resolve;
        }),
    });
    let calls = 0;
    gateway.api.stream((_, response) => {
      calls += 1;
      response.end();
    });
    const sent = open(gateway);
    sent.end();
    expect(await soon(() => gateway.needs.length === 1)).toBe(true);
    sent.destroy();
    await sleep(100);
    hand('token-1');
    await sleep(100);
    expect(calls).toBe(0);
  });

  it('ends the held call when it aborts while a rejected token is refreshed', async () => {
    const gateway = await start({
      connections: 1,
      token: need =>
        need.rejected ? new Promise(() => {}) : Promise.resolve('token-1'),
    });
    gateway.api.stream((_, response) => {
      response.statusCode = 401;
      response.end('x'.repeat(100_000));
    });
    const sent = open(gateway);
    sent.end();
    expect(await soon(() => gateway.needs.length === 2)).toBe(true);
    sent.destroy();
    expect(await soon(() => gateway.api.connections === 0)).toBe(true);
    gateway.api.stream((_, response) => response.end('fine'));
    expect((await gateway.call('/a')).text).toBe('fine');
  });
});

describe('streaming', () => {
  it('starts the response before it is complete', async () => {
    const gateway = await start();
    let finish = () => {};
    gateway.api.stream((_, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const sent = open(gateway);
    sent.end();
    const answer = await answerTo(sent);
    const [first] = await once(answer, 'data');
    expect(`${first}`).toBe('first');
    finish();
    const [last] = await once(answer, 'data');
    expect(`${last}`).toBe('last');
  });

  it('starts the request before it is complete', async () => {
    const gateway = await start();
    const seen: string[] = [];
    gateway.api.stream((upload, response) => {
      upload.on('data', chunk => seen.push(`${chunk}`));
      upload.on('end', () => response.end(seen.join()));
    });
    const sent = open(gateway, {
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    });
    sent.write('first');
    expect(await soon(() => seen.length === 1)).toBe(true);
    sent.end('last');
    const answer = await answerTo(sent);
    expect(`${(await once(answer, 'data'))[0]}`).toBe('first,last');
  });

  it('reads from the API no faster than the caller does', async () => {
    const gateway = await start();
    const size = 64 * 1024 * 1024;
    let written = 0;
    gateway.api.stream(async (_, response) => {
      const chunk = Buffer.alloc(256 * 1024);
      while (written < size && !response.destroyed) {
        written += chunk.length;
        if (!response.write(chunk))
          await once(response, 'drain').catch(() => {});
      }
      response.end();
    });
    const sent = open(gateway);
    sent.end();
    const answer = await answerTo(sent);
    answer.pause();
    await sleep(500);
    // As much as fits into the socket buffers in between.
    expect(written).toBeLessThan(size / 2);
    let read = 0;
    answer.resume().on('data', chunk => {
      read += chunk.length;
    });
    await once(answer, 'end');
    expect(read).toBe(size);
  });

  it('reads from the caller no faster than the API does', async () => {
    const gateway = await start({ limits: { requestBytes: 1e9 } });
    const size = 64 * 1024 * 1024;
    let upload: IncomingMessage | undefined;
    gateway.api.stream((incoming, response) => {
      upload = incoming;
      incoming.on('end', () => response.end('thanks'));
    });
    const sent = open(gateway, {
      method: 'POST',
      headers: { 'content-length': `${size}` },
    });
    const chunk = Buffer.alloc(256 * 1024);
    let written = 0;
    const writing = (async () => {
      while (written < size) {
        written += chunk.length;
        if (!sent.write(chunk)) await once(sent, 'drain');
      }
      sent.end();
    })();
    await sleep(500);
    expect(written).toBeLessThan(size / 2);
    expect(await soon(() => upload !== undefined)).toBe(true);
    upload!.resume();
    await writing;
    expect((await answerTo(sent)).statusCode).toBe(200);
  });

  it('changes no byte, however the chunks are split', async () => {
    const gateway = await start();
    const content = randomBytes(3_000_000);
    gateway.api.stream((upload, response) => upload.pipe(response));
    const { body } = await gateway.call('/a', {
      method: 'POST',
      body: content,
    });
    expect(body.equals(content)).toBe(true);
  });

  it('passes on a response that arrives before the request is complete', async () => {
    const gateway = await start();
    gateway.api.stream((_, response) => {
      response.writeHead(422);
      response.end('enough');
    });
    const sent = open(gateway, {
      method: 'POST',
      headers: { 'content-length': '5000000' },
    });
    sent.write(Buffer.alloc(200_000));
    const answer = await answerTo(sent);
    expect(answer.statusCode).toBe(422);
    expect(`${(await once(answer, 'data'))[0]}`).toBe('enough');
    sent.destroy();
  });
});

describe("an API that can't be reached", () => {
  const failure = (
    answer: Awaited<ReturnType<RunningBareGateway['call']>>,
  ) => ({
    status: answer.status,
    code: errorOf(answer).code,
    message: errorOf(answer).message,
    origin: answer.headers['x-datasource-auth-error'],
  });

  it('is a 502 with the reason', async () => {
    const gateway = await start({ baseUrl: 'http://127.0.0.1:1/base' });
    const answer = await gateway.call('/a?b=c');
    expect(failure(answer)).toMatchObject({
      status: 502,
      code: 'api_unreachable',
      origin: 'ours',
      message:
        "The API of datasource 'crm' at http://127.0.0.1:1 couldn't be called: ECONNREFUSED.",
    });
    expect(answer.text).not.toMatch(/token-\d/);
  });

  it('is a 502 when it closes the connection', async () => {
    const gateway = await start();
    gateway.api.stream(incoming => incoming.socket.destroy());
    expect(failure(await gateway.call('/a'))).toMatchObject({
      status: 502,
      code: 'api_unreachable',
      origin: 'ours',
    });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['no status', 'HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
    ],
  ])('is a 502 when it returns %s', async (_, words) => {
    const server = createServer(socket => {
      socket.on('error', () => {});
      socket.on('data', () => socket.end(words));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const gateway = await start({ baseUrl: `http://127.0.0.1:${port}` });
    expect(failure(await gateway.call('/a'))).toMatchObject({
      status: 502,
      code: 'api_unreachable',
      origin: 'ours',
    });
    server.close();
  });

  it('is a 403 when our destination rules block it', async () => {
    const dispatcher = new Agent().compose(() => () => {
      throw new EgressBlockedError(
        [message('egress.notPublic', { host: '10.1.2.3' })],
        [message('egress.useHttps')],
      );
    }) as Dispatcher;
    const gateway = await start({ dispatcher });
    expect(failure(await gateway.call('/a'))).toMatchObject({
      status: 403,
      code: 'egress_blocked',
      origin: 'ours',
    });
  });

  it('is a 504 when there is no connection in time', async () => {
    const agent = new Agent({ connect: () => {} });
    const gateway = await start({
      dispatcher: agent,
      times: { connect: 100 },
    });
    expect(failure(await gateway.call('/a'))).toMatchObject({
      status: 504,
      code: 'api_timeout',
      origin: 'ours',
      message: expect.stringContaining("couldn't be reached within 100 ms"),
    });
  });

  it("is a 504 when it doesn't respond in time, and its connection is free again", async () => {
    const gateway = await start({ connections: 1, times: { answer: 100 } });
    let arrived = false;
    gateway.api.stream(() => {
      arrived = true;
    });
    holdTime();
    const call = gateway.call('/a');
    await until(() => arrived);
    jest.advanceTimersByTime(100);
    expect(failure(await call)).toMatchObject({
      status: 504,
      code: 'api_timeout',
      origin: 'ours',
      message: expect.stringContaining("didn't respond within 100 ms"),
    });
    await until(() => gateway.api.connections === 0);
    gateway.api.stream((_, response) => response.end('fine'));
    expect((await gateway.call('/a')).text).toBe('fine');
  });

  it('has its full time once it has the whole request', async () => {
    const gateway = await start({ times: { answer: 1_000 } });
    const received: Buffer[] = [];
    gateway.api.stream((upload, response) => {
      upload.on('data', chunk => received.push(chunk));
      upload.on('end', () => response.end('fine'));
    });
    const sent = open(gateway, {
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    });
    holdTime();
    for (let piece = 1; piece <= 3; piece++) {
      sent.write('x');
      await until(() => received.length === piece);
      jest.advanceTimersByTime(900);
    }
    sent.end();
    expect((await answerTo(sent)).statusCode).toBe(200);
  });

  it('is cut off when its response stalls', async () => {
    const gateway = await start({ times: { idle: 100 } });
    gateway.api.stream((_, response) => response.write('half'));
    const answer = await gateway.call('/a');
    expect(answer).toMatchObject({ status: 200, text: 'half', cut: true });
    expect(await soon(() => gateway.api.connections === 0)).toBe(true);
  });

  it('may take its time while its response continues', async () => {
    const gateway = await start({ times: { answer: 1_000, idle: 1_000 } });
    let write = () => {};
    let end = () => {};
    gateway.api.stream((_, response) => {
      write = () => response.write('x');
      end = () => response.end();
      write();
    });
    holdTime();
    const received: string[] = [];
    const call = gateway.call('/a', { onData: () => received.push('x') });
    for (let piece = 1; piece <= 3; piece++) {
      await until(() => received.length === piece);
      jest.advanceTimersByTime(900);
      if (piece < 3) write();
      else end();
    }
    expect(await call).toMatchObject({ text: 'xxx', cut: false });
  });

  it("isn't waited for if the caller doesn't read: both connections are closed", async () => {
    const gateway = await start({ times: { idle: 200 } });
    gateway.api.stream((_, response) => {
      response.end(Buffer.alloc(64 * 1024 * 1024));
    });
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write('GET /gateway/crm/a HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await soon(() => gateway.api.connections === 1)).toBe(true);
    expect(await soon(() => gateway.api.connections === 0)).toBe(true);
    socket.destroy();
  });
});
