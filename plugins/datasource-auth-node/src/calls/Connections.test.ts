import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Connections } from './Connections';
import { LocalServer } from './LocalServer.fixture';

describe('Connections', () => {
  let server: LocalServer;
  const { toApis, toBackend } = Connections.shared();

  beforeEach(async () => {
    server = await LocalServer.start();
  });
  afterEach(() => server.stop());

  it.each([
    ['to the backend', toBackend],
    ['to APIs', toApis],
  ])('are reused %s', async (_, send) => {
    for (let call = 0; call < 10; call++)
      await (await send(`${server.url}/${call}`)).text();
    expect(server.received).toHaveLength(10);
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('are one set for the process', () => {
    expect(Connections.shared()).toBe(Connections.shared());
  });

  it("send Node's own FormData, which the library does not know", async () => {
    const form = new FormData();
    form.append('text', 'plain');
    form.append('file', new Blob(['content'], { type: 'text/x' }), 'a.txt');
    await toApis(server.url, { method: 'POST', body: form });
    const [{ headers, body }] = server.received;
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toContain('name="text"\r\n\r\nplain');
    expect(body).toContain('filename="a.txt"\r\nContent-Type: text/x');
    expect(body).toContain('content');
  });

  it('go through the proxy that the environment names, to APIs only', async () => {
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (req, socket) => {
      tunnels.push(req.url!);
      socket.end('HTTP/1.1 502 No\r\n\r\n');
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.address() as AddressInfo;
    const restore = jest.replaceProperty(process, 'env', {
      ...process.env,
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
    });
    try {
      const connections = Connections.create();
      await connections.toBackend('https://backend.invalid').catch(() => {});
      await connections.toApis('https://api.invalid').catch(() => {});
    } finally {
      restore.restore();
      proxy.closeAllConnections();
      proxy.close();
    }
    expect(new Set(tunnels)).toEqual(new Set(['api.invalid:443']));
  });
});
