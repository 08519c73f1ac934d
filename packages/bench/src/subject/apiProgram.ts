import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { answering } from '../processes/Worker';

const bodies = new Map<string, Buffer>();

function bodyOf(size: string): Buffer {
  let body = bodies.get(size);
  if (!body) {
    body = Buffer.alloc(Number(size), 'x');
    bodies.set(size, body);
  }
  return body;
}

/** An API in this process: `GET /answers/{size}` returns that many bytes, as fast as it can. */
const answers = {
  start: async () => {
    const server = createServer((request, response) => {
      const body = bodyOf(request.url!.split('/').pop()!);
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': body.length,
      });
      response.end(body);
    });
    server.keepAliveTimeout = 60_000;
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  },
};

export type ApiProgram = typeof answers;

answering(answers);
