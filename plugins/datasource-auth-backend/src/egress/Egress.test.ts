import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, connect, createServer as createTcp } from 'node:net';
import { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { request as undiciRequest } from 'undici';
import {
  ClientCertificate,
  EgressError,
} from 'backstage-plugin-datasource-auth-node/egress';
import { Egress, EgressOptions } from './Egress';
import { EgressPolicy } from './EgressPolicy';
import { LocalServer, json, text } from './__testUtils__/LocalServer';
import { selfSignedCertificate } from './__testUtils__/selfSignedCertificate';

const MEBIBYTE = 1024 * 1024;

describe('Egress', () => {
  let server: LocalServer;
  let opened: Array<[host: string, address: string]>;
  const created: Egress[] = [];

  beforeEach(async () => {
    server = await LocalServer.start(json({ fine: true }));
    opened = [];
  });

  afterEach(async () => {
    await server.stop();
    await Promise.all(created.splice(0).map(egress => egress.close()));
  });

  const create = (
    policy: Partial<EgressPolicy> = {},
    options: EgressOptions = {},
  ) => {
    const egress = new Egress(
      { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [], ...policy },
      {
        environment: {},
        onConnect: (host, address) => opened.push([host, address]),
        ...options,
      },
    );
    created.push(egress);
    return egress;
  };

  const failure = async (promise: Promise<unknown>): Promise<EgressError> => {
    const error = await promise.then(
      () => undefined,
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(EgressError);
    return error;
  };

  /** A name that resolves to the addresses of a test. */
  const named = (addresses: string[] | (() => string[]), policy = {}) =>
    create(
      { allowHttp: ['provider.test'], ...policy },
      {
        resolve: async () =>
          typeof addresses === 'function' ? addresses() : addresses,
      },
    );
  const namedUrl = () => `http://provider.test:${server.port}/token`;

  describe('a call', () => {
    it('returns the whole response over a connection of the connector', async () => {
      const egress = create();
      const answer = await egress.fetch(`${server.url}/token?a=b`, {
        method: 'POST',
        headers: { 'x-trace': '1' },
        body: 'a=b',
      });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ fine: true });
      expect(server.last).toMatchObject({
        method: 'POST',
        path: '/token',
        body: 'a=b',
      });
      expect(server.last.headers['x-trace']).toBe('1');
      expect(opened).toEqual([['127.0.0.1', '127.0.0.1']]);
    });

    it('opens a new connection each time, so that none is stale', async () => {
      const egress = create();
      await egress.fetch(server.url);
      await egress.fetch(server.url);
      expect(server.connections).toBe(2);
      expect(opened).toHaveLength(2);
      expect(server.last.headers.connection).toBe('close');
    });

    it('[checklist 27] never follows a redirect', async () => {
      const target = await LocalServer.start(json({ access_token: 'stolen' }));
      try {
        const egress = create();
        for (const status of [301, 302, 303, 307, 308]) {
          server.behave(
            text('', 'text/plain', status, { location: target.url }),
          );
          const answer = await egress.fetch(server.url, {
            method: 'POST',
            body: 'secret=1',
          });
          expect(answer.status).toBe(status);
          expect(answer.headers.get('location')).toBe(target.url);
        }
        expect(target.connections).toBe(0);
        expect(server.requests).toHaveLength(5);
      } finally {
        await target.stop();
      }
    });

    it.each([204, 205, 304])('returns %d without a body', async status => {
      server.behave(response => {
        response.writeHead(status).end();
      });
      const answer = await create().fetch(server.url);
      expect([answer.status, await answer.text()]).toEqual([status, '']);
    });

    it('skips informational responses before the final one', async () => {
      server.behave(response => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        response.end('real');
      });
      const answer = await create().fetch(server.url);
      expect([answer.status, await answer.text()]).toEqual([200, 'real']);
    });

    it.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ])('decodes %s', async (coding, pack) => {
      server.behave(
        text(pack(Buffer.from('{"a":1}')), 'application/json', 200, {
          'content-encoding': coding,
        }),
      );
      const answer = await create().fetch(server.url);
      expect(await answer.json()).toEqual({ a: 1 });
      expect(answer.headers.get('content-encoding')).toBeNull();
    });

    it.each([
      ['invalid gzip', 'gzip', Buffer.from('plain')],
      ['truncated gzip', 'gzip', gzipSync('x'.repeat(999)).subarray(0, 20)],
      ['a coding that was not requested', 'zstd', Buffer.from('x')],
    ])('fails on %s after it was sent', async (_, coding, body) => {
      server.behave(
        text(body, 'application/json', 200, { 'content-encoding': coding }),
      );
      expect(await failure(create().fetch(server.url))).toMatchObject({
        code: 'DS_EGRESS_UNREADABLE',
        sent: true,
      });
    });
  });

  describe('destinations', () => {
    it('[threat 5] rejects a name that resolves to an internal address, and opens no socket', async () => {
      const error = await failure(
        named(['127.0.0.1'], { allow: [] }).fetch(namedUrl()),
      );
      expect(error).toMatchObject({ code: 'DS_EGRESS_BLOCKED', sent: false });
      expect(error.message).toBe(
        "'provider.test' resolves to 127.0.0.1, which isn't a public address. If you trust this host, ask an operator to add 'provider.test' to datasourceAuth.egress.allow.",
      );
      expect(server.connections).toBe(0);
    });

    it('[threat 5] connects to the checked address despite DNS rebinding', async () => {
      const answers = [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1']];
      let asked = 0;
      const egress = named(() => answers[asked++]);
      egress.check(namedUrl());
      expect(asked).toBe(0);
      await egress.fetch(namedUrl());
      expect(asked).toBe(1);
      expect(opened).toEqual([['provider.test', '127.0.0.1']]);
      // Each connection checks the addresses of the name again.
      expect((await failure(egress.fetch(namedUrl()))).code).toBe(
        'DS_EGRESS_BLOCKED',
      );
      expect((await failure(egress.fetch(namedUrl()))).code).toBe(
        'DS_EGRESS_BLOCKED',
      );
      expect(server.connections).toBe(1);
    });

    it('[threat 5] connects only to the allowed ones of several addresses', async () => {
      await named(['10.0.0.1', '169.254.169.254', '127.0.0.1']).fetch(
        namedUrl(),
      );
      expect(opened).toEqual([['provider.test', '127.0.0.1']]);
    });

    it.each([
      '169.254.169.254',
      '168.63.129.16',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
    ])('[threat 6] rejects %s behind an allowed name', async address => {
      const egress = named([address], {
        allow: ['provider.test', '0.0.0.0/0', '::/0'],
      });
      const error = await failure(egress.fetch(namedUrl()));
      expect(error.code).toBe('DS_EGRESS_BLOCKED');
      expect(error.message).toMatch(/never called/);
    });

    it('tries the next address when one does not respond', async () => {
      // Nothing listens on this address.
      await named(['127.0.0.2', '127.0.0.1'], { allow: ['127.0.0.0/8'] }).fetch(
        namedUrl(),
      );
      expect(opened).toEqual([['provider.test', '127.0.0.1']]);
    });

    it('checks settings on Save without the network', () => {
      const egress = create();
      expect(() => egress.check('not a url')).toThrow(/isn't a URL/);
      expect(() => egress.check('https://10.0.0.1/')).toThrow(
        /isn't a public address/,
      );
      expect(() => egress.check('https://example.com/token')).not.toThrow();
    });

    it('applies the same rules to streaming through the dispatcher', async () => {
      const egress = create();
      const { statusCode, body } = await undiciRequest(`${server.url}/api`, {
        dispatcher: egress.dispatcher,
      });
      expect([statusCode, await body.json()]).toEqual([200, { fine: true }]);
      expect(opened).toHaveLength(1);
      for (const url of [
        'https://10.0.0.1/',
        'http://example.com/',
        'https://169.254.169.254/',
      ])
        await expect(
          undiciRequest(url, { dispatcher: egress.dispatcher }),
        ).rejects.toMatchObject({ code: 'DS_EGRESS_BLOCKED' });
    });
  });

  describe('a changed policy', () => {
    const OPEN = {
      allow: ['127.0.0.1'],
      allowHttp: ['provider.test'],
      only: [],
    };
    const CLOSED = { allow: [], allowHttp: [], only: [] };
    const blocked = { code: 'DS_EGRESS_BLOCKED' };
    const stream = async (egress: Egress) => {
      const { statusCode, body } = await undiciRequest(namedUrl(), {
        dispatcher: egress.dispatcher,
      });
      await body.json();
      // Frees the connection for the next request.
      await new Promise(setImmediate);
      return statusCode;
    };

    it('applies from the next request on, even to kept-alive connections', async () => {
      const egress = named(['127.0.0.1'], CLOSED);
      await expect(egress.fetch(namedUrl())).rejects.toMatchObject(blocked);
      egress.update(OPEN);
      expect((await egress.fetch(namedUrl())).status).toBe(200);
      opened = [];
      expect(await stream(egress)).toBe(200);
      expect(await stream(egress)).toBe(200);
      expect(opened).toHaveLength(1);
      // The URL is still allowed. Only a new connection detects that its address isn't.
      egress.update({ ...OPEN, allow: [] });
      await expect(stream(egress)).rejects.toMatchObject(blocked);
      expect(egress.policy).toEqual({ ...OPEN, allow: [] });
    });

    it('keeps connections when it is the same', async () => {
      const egress = named(['127.0.0.1'], OPEN);
      await stream(egress);
      egress.update({ ...OPEN });
      await stream(egress);
      expect(opened).toHaveLength(1);
    });

    it('changes nothing if it is invalid', async () => {
      const egress = named(['127.0.0.1'], OPEN);
      expect(() => egress.update({ ...OPEN, allow: ['*'] })).toThrow(
        "datasourceAuth.egress.allow: '*'",
      );
      expect((await egress.fetch(namedUrl())).status).toBe(200);
    });
  });

  describe('limits', () => {
    it.each<[string, (size: number) => Parameters<LocalServer['behave']>[0]]>([
      ['announced', size => text(Buffer.alloc(size, 32), 'text/plain')],
      [
        'not announced',
        size => response => {
          response.write(Buffer.alloc(size, 32));
          response.end();
        },
      ],
      [
        'packed',
        size =>
          text(gzipSync(Buffer.alloc(size, 32)), 'text/plain', 200, {
            'content-encoding': 'gzip',
          }),
      ],
    ])('[checklist 34] ends at 1 MiB if the size is %s', async (_, sized) => {
      const egress = create();
      server.behave(sized(5 * MEBIBYTE));
      expect(await failure(egress.fetch(server.url))).toMatchObject({
        code: 'DS_EGRESS_TOO_LARGE',
        sent: true,
      });
      server.behave(sized(MEBIBYTE / 2));
      const answer = await egress.fetch(server.url);
      expect((await answer.arrayBuffer()).byteLength).toBe(MEBIBYTE / 2);
    });

    it('gives up on a slow connection, and sends nothing if it opens later', async () => {
      let release!: (addresses: string[]) => void;
      const egress = create(
        { allowHttp: ['provider.test', '127.0.0.1'] },
        {
          resolve: () =>
            new Promise(resolve => {
              release = resolve;
            }),
        },
      );
      const sent = jest.fn();
      const error = await failure(
        egress.fetch(namedUrl(), { connectMs: 20, onSend: sent }),
      );
      expect(error).toMatchObject({ code: 'DS_EGRESS_TIMEOUT', sent: false });

      release(['127.0.0.1']);
      await egress.close();
      expect(opened).toEqual([['provider.test', '127.0.0.1']]);
      expect(sent).not.toHaveBeenCalled();
      expect(server.requests).toHaveLength(0);
    });

    it('[checklist 34] gives up on a missing response, and reports the request as sent', async () => {
      server.behave(() => {});
      const sent = jest.fn();
      const error = await failure(
        create().fetch(server.url, { responseMs: 50, onSend: sent }),
      );
      expect(error).toMatchObject({ code: 'DS_EGRESS_TIMEOUT', sent: true });
      expect(sent).toHaveBeenCalledTimes(1);
    });

    it('[checklist 34] gives up on a response that never ends', async () => {
      let dripping: NodeJS.Timeout | undefined;
      server.behave(response => {
        dripping = setInterval(() => response.write(' '), 10);
      });
      const error = await failure(create().fetch(server.url, { readMs: 200 }));
      clearInterval(dripping);
      expect(error).toMatchObject({ code: 'DS_EGRESS_TIMEOUT', sent: true });
    });

    it('does not send a request that could not start in time', async () => {
      const egress = create(
        { allowHttp: ['provider.test'] },
        {
          resolve: () =>
            new Promise(resolve => setTimeout(resolve, 60, ['127.0.0.1'])),
        },
      );
      const sent = jest.fn();
      const error = await failure(
        egress.fetch(namedUrl(), { startWithin: 20, onSend: sent }),
      );
      expect(error).toMatchObject({
        code: 'DS_EGRESS_START_MISSED',
        sent: false,
      });
      expect(sent).not.toHaveBeenCalled();
      expect(server.requests).toHaveLength(0);
      await egress.fetch(namedUrl(), { startWithin: 60_000, onSend: sent });
      expect(sent).toHaveBeenCalledTimes(1);
    });

    it('ends when its caller gives up, and says whether it was sent', async () => {
      const before = new AbortController();
      before.abort();
      expect(
        await failure(create().fetch(server.url, { signal: before.signal })),
      ).toMatchObject({ code: 'DS_EGRESS_ABORTED', sent: false });

      const during = new AbortController();
      server.behave(() => during.abort());
      expect(
        await failure(create().fetch(server.url, { signal: during.signal })),
      ).toMatchObject({ code: 'DS_EGRESS_ABORTED', sent: true });
    });
  });

  describe('broken connections', () => {
    it('distinguishes a refused connection from one that breaks after sending', async () => {
      const egress = create();
      const { url } = server;
      server.behave(() => server.cut());
      expect(await failure(egress.fetch(url))).toMatchObject({ sent: true });
      await server.stop();
      expect(await failure(egress.fetch(url))).toMatchObject({
        code: 'ECONNREFUSED',
        sent: false,
      });
      server = await LocalServer.start();
    });

    it('rejects a truncated body', async () => {
      server.behave(response => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"access_token":"a');
        setImmediate(() => response.destroy());
      });
      expect(await failure(create().fetch(server.url))).toMatchObject({
        sent: true,
      });
    });

    it('does not retry a request', async () => {
      server.behave(() => server.cut());
      await failure(create().fetch(server.url));
      expect(server.requests).toHaveLength(1);
    });

    it('fails on a response that is not HTTP', async () => {
      const tcp = createTcp(socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
      tcp.listen(0, '127.0.0.1');
      await once(tcp, 'listening');
      const { port } = tcp.address() as AddressInfo;
      expect(
        await failure(create().fetch(`http://127.0.0.1:${port}/`)),
      ).toMatchObject({
        code: expect.stringMatching(/^(HPE_|HTTPParserError$)/),
        sent: true,
      });
      tcp.close();
    });
  });

  describe('TLS', () => {
    const certificate = selfSignedCertificate('provider.test');

    const clientOf = (name: string): ClientCertificate => {
      const { cert, key } = selfSignedCertificate(name);
      return { certificate: cert, key };
    };
    const CLIENTS = { a: clientOf('a.test'), b: clientOf('b.test') };

    /** A server that requires a certificate of one of the clients. */
    async function withClients(
      run: (port: number, shown: string[]) => Promise<void>,
    ) {
      const shown: string[] = [];
      const secure = createTlsServer(
        {
          ...certificate,
          requestCert: true,
          ca: Object.values(CLIENTS).map(client => client.certificate),
        },
        (request, response) => {
          const peer = (request.socket as TLSSocket).getPeerCertificate();
          shown.push(String(peer.subject.CN));
          response.end();
        },
      );
      secure.listen(0, '127.0.0.1');
      await once(secure, 'listening');
      try {
        await run((secure.address() as AddressInfo).port, shown);
      } finally {
        secure.closeAllConnections();
        secure.close();
      }
    }

    async function withTls(
      run: (port: number, names: unknown[]) => Promise<void>,
    ) {
      const names: unknown[] = [];
      const secure = createTlsServer(certificate, (request, response) => {
        names.push(
          (request.socket as TLSSocket & { servername: string }).servername,
        );
        response.end('secret');
      });
      secure.listen(0, '127.0.0.1');
      await once(secure, 'listening');
      try {
        await run((secure.address() as AddressInfo).port, names);
      } finally {
        secure.close();
      }
    }

    it('[checklist 50] trusts only known authorities, and checks before sending', () =>
      withTls(async (port, names) => {
        const error = await failure(
          named(['127.0.0.1']).fetch(`https://provider.test:${port}/`),
        );
        expect(error).toMatchObject({
          code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          sent: false,
        });
        expect(names).toEqual([]);
      }));

    it('[checklist 50] trusts a configured authority for the host name, not the address', () =>
      withTls(async (port, names) => {
        const egress = named(['127.0.0.1'], { ca: certificate.cert });
        const answer = await egress.fetch(`https://provider.test:${port}/`);
        expect(await answer.text()).toBe('secret');
        expect(names).toEqual(['provider.test']);
        expect(opened).toEqual([['provider.test', '127.0.0.1']]);
      }));

    it("rejects another host's certificate", () =>
      withTls(async (port, names) => {
        const egress = named(['127.0.0.1'], { ca: certificate.cert });
        expect(
          await failure(egress.fetch(`https://other.test:${port}/`)),
        ).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', sent: false });
        expect(names).toEqual([]);
      }));

    it('presents only the certificate of the call', () =>
      withClients(async (port, shown) => {
        const egress = named(['127.0.0.1'], { ca: certificate.cert });
        const call = (tls?: ClientCertificate) =>
          egress.fetch(`https://provider.test:${port}/`, { tls });
        await call(CLIENTS.a);
        await call(CLIENTS.b);
        await failure(call());
        await call(CLIENTS.a);
        expect(shown).toEqual(['a.test', 'b.test', 'a.test']);
      }));

    it('[threat 5] applies the rules to calls with a certificate, and changed rules too', () =>
      withClients(async (port, shown) => {
        const egress = named(['127.0.0.1'], { ca: certificate.cert });
        const call = () =>
          egress.fetch(`https://provider.test:${port}/`, { tls: CLIENTS.a });
        await call();
        egress.update({ ...egress.policy, allow: [], allowHttp: [] });
        expect(await failure(call())).toMatchObject({
          code: 'DS_EGRESS_BLOCKED',
        });
        expect(shown).toEqual(['a.test']);
      }));

    it('does not reveal an invalid key', async () => {
      const tls = { ...CLIENTS.a, key: 'not-a-key' };
      const error = await failure(
        create().fetch(`https://127.0.0.1:${server.port}/`, { tls }),
      );
      expect(error.sent).toBe(false);
      expect(inspect(error, { depth: 10 })).not.toContain('not-a-key');
    });

    it('never presents the certificate to a proxy', () =>
      withClients(async (port, shown) => {
        const atProxy: unknown[] = [];
        const own = selfSignedCertificate('localhost');
        const proxy = createTlsServer({
          ...own,
          requestCert: true,
          rejectUnauthorized: false,
        });
        proxy.on('connect', (request, socket) => {
          atProxy.push((request.socket as TLSSocket).getPeerCertificate());
          const onward = connect(port, '127.0.0.1', () => {
            socket.write('HTTP/1.1 200 OK\r\n\r\n');
            onward.pipe(socket).pipe(onward);
          });
          onward.on('error', () => socket.destroy());
          socket.on('error', () => onward.destroy());
        });
        proxy.listen(0, 'localhost');
        await once(proxy, 'listening');
        const { port: proxyPort } = proxy.address() as AddressInfo;
        try {
          const egress = create(
            { ca: certificate.cert + own.cert },
            { environment: { HTTPS_PROXY: `https://localhost:${proxyPort}` } },
          );
          await egress.fetch('https://provider.test/', { tls: CLIENTS.a });
          expect(atProxy).toEqual([{}]);
          expect(shown).toEqual(['a.test']);
        } finally {
          proxy.closeAllConnections();
          proxy.close();
        }
      }));

    it('sends nothing if the port of an https URL has no TLS', async () => {
      const error = await failure(
        create().fetch(`https://127.0.0.1:${server.port}/`),
      );
      expect(error.sent).toBe(false);
      expect(server.requests).toHaveLength(0);
    });
  });

  describe('behind a proxy', () => {
    async function withProxy(
      run: (proxy: string, asked: string[]) => Promise<void>,
    ) {
      const asked: string[] = [];
      const proxy = createProxy();
      proxy.on('connect', (request, socket) => {
        asked.push(request.url!);
        const onward = connect(server.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      });
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      try {
        const { port } = proxy.address() as AddressInfo;
        await run(`http://127.0.0.1:${port}`, asked);
      } finally {
        proxy.closeAllConnections();
        proxy.close();
      }
    }

    it('uses it, reports it, and still applies the host rules', () =>
      withProxy(async (proxy, asked) => {
        const egress = create(
          { allowHttp: ['provider.test', '169.254.169.254'] },
          { environment: { HTTP_PROXY: proxy } },
        );
        expect(egress.usesProxy).toBe(true);
        const answer = await egress.fetch('http://provider.test/token');
        expect(await answer.json()).toEqual({ fine: true });
        expect(asked).toEqual(['provider.test:80']);
        expect(
          await failure(egress.fetch('http://169.254.169.254/')),
        ).toMatchObject({ code: 'DS_EGRESS_BLOCKED' });
        expect(await failure(egress.fetch('https://10.0.0.1/'))).toMatchObject({
          code: 'DS_EGRESS_BLOCKED',
        });
        expect(asked).toHaveLength(1);
      }));

    it('bypasses it for hosts in NO_PROXY, through the connector', () =>
      withProxy(async (proxy, asked) => {
        const egress = create(
          {},
          {
            environment: {
              https_proxy: proxy,
              http_proxy: proxy,
              NO_PROXY: '127.0.0.1',
            },
          },
        );
        await egress.fetch(server.url);
        expect(asked).toEqual([]);
        expect(opened).toEqual([['127.0.0.1', '127.0.0.1']]);
      }));

    it('is not used unless the environment names one', () => {
      expect(create().usesProxy).toBe(false);
    });
  });
});
