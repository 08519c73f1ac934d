import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Egress } from './Egress';
import { selfSignedCertificate } from './__testUtils__/selfSignedCertificate';

jest.setTimeout(60_000);

/** Addresses of this machine: one of a server, the others of listeners that accept connections but never respond. */
const GOOD = '127.0.0.5';
const SILENT = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const SILENT_V6 = SILENT.map(address => `::ffff:${address}`);
const UNUSED = '127.0.0.6';

describe('a name with many addresses (RFC 8305)', () => {
  const certificate = selfSignedCertificate('provider.test');
  const servers: Server[] = [];
  /** Open connections of the silent listeners. */
  const held = new Set<Socket>();
  const accepted: string[] = [];
  const serverNames: unknown[] = [];
  const connectedTo: string[] = [];
  let port: number;
  let egress: Egress | undefined;

  beforeAll(async () => {
    const good = createTlsServer(certificate, (request, response) => {
      const socket = request.socket as TLSSocket & { servername: string };
      serverNames.push(socket.servername);
      response.end('here');
    });
    good.on('connection', () => accepted.push(GOOD));
    servers.push(good);
    good.listen(0, GOOD);
    await once(good, 'listening');
    port = (good.address() as AddressInfo).port;
    for (const address of SILENT) {
      const silent = createServer(socket => {
        accepted.push(address);
        held.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => held.delete(socket));
        socket.resume();
      });
      servers.push(silent);
      silent.listen(port, address);
      await once(silent, 'listening');
    }
  });

  beforeEach(() => {
    for (const list of [accepted, serverNames, connectedTo]) list.length = 0;
  });

  afterEach(async () => {
    await egress?.close();
    // The losing connections are closed.
    while (held.size > 0) await new Promise(resolve => setImmediate(resolve));
  });

  afterAll(() => {
    servers.forEach(server => server.close());
  });

  const call = (addresses: string[], allow = ['127.0.0.0/8']) => {
    egress = new Egress(
      { allow, allowHttp: [], only: [], ca: certificate.cert },
      {
        environment: {},
        resolve: async () => addresses,
        onConnect: (_, address) => connectedTo.push(address),
      },
    );
    return egress.fetch(`https://provider.test:${port}/`, { connectMs: 5_000 });
  };

  it('tries the next address without waiting for a dead one, and keeps the server name', async () => {
    expect(await (await call([...SILENT, GOOD])).text()).toBe('here');
    expect(accepted).toEqual([...SILENT, GOOD]);
    expect(serverNames).toEqual(['provider.test']);
    expect(connectedTo).toEqual([GOOD]);
  });

  it('alternates between IPv6 and IPv4', async () => {
    const dead = Array.from({ length: 10 }).flatMap(() => SILENT_V6);
    expect(await (await call([...dead, GOOD])).text()).toBe('here');
    // On a busy machine, a third one is tried before the second has responded.
    expect(accepted.slice(0, 2)).toEqual(['127.0.0.2', GOOD]);
    expect(connectedTo).toEqual([GOOD]);
  });

  it('tries the next address at once when one refuses', async () => {
    // With a quarter of a second for each, time would run out.
    const refusing = Array.from({ length: 24 }, () => UNUSED);
    expect(await (await call([...refusing, GOOD])).text()).toBe('here');
  });

  it('threats 32: checks every address, and connects only to allowed ones', async () => {
    const addresses = [...SILENT, '169.254.169.254', GOOD];
    expect(await (await call(addresses, [GOOD])).text()).toBe('here');
    expect(accepted).toEqual([GOOD]);
    expect(connectedTo).toEqual([GOOD]);
  });

  it('says why the last address failed when all fail', async () => {
    await expect(call([UNUSED, UNUSED])).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      sent: false,
    });
  });
});
