import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Connections } from './Connections';
import { LocalServer } from './__testUtils__/LocalServer';

describe('Connections', () => {
  let server: LocalServer;
  const local = { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] };
  const { toBackend } = Connections.shared();
  const toApis = Connections.shared().toApis(local);

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

  it('are shared by the whole process', () => {
    expect(Connections.shared()).toBe(Connections.shared());
  });

  it("send Node's own FormData, which the library doesn't know", async () => {
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

  it('use the proxy from the environment, for APIs only', async () => {
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
      const connections = new Connections();
      await connections.toBackend('https://backend.invalid').catch(() => {});
      const open = { allow: [], allowHttp: [], only: [] };
      await connections
        .toApis(open)('https://api.invalid')
        .catch(() => {});
    } finally {
      restore.restore();
      proxy.closeAllConnections();
      proxy.close();
    }
    expect(new Set(tunnels)).toEqual(new Set(['api.invalid:443']));
  });

  describe("threats 32: to APIs follow the backend's rules", () => {
    const nothing = { allow: [], allowHttp: [], only: [] };
    const codeOf = (call: Promise<unknown>) =>
      call.then(
        () => undefined,
        error => error.cause?.code ?? error.code,
      );

    it.each([
      'http://127.0.0.1/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[64:ff9b::10.0.0.1]/',
      'https://168.63.129.16/',
      'https://169.254.169.254/latest/meta-data/',
      'https://metadata.google.internal/',
      'https://localhost/',
    ])('are not opened to %s', async url => {
      const connections = new Connections();
      expect(await codeOf(connections.toApis(nothing)(url))).toBe(
        'DS_EGRESS_BLOCKED',
      );
    });

    it('do not follow a public name to a private address, even if it changes between two calls', async () => {
      const answers = ['93.184.215.14', '127.0.0.1'];
      const { port } = new URL(server.url);
      const connections = new Connections({
        resolve: async () => [answers.pop()!],
      });
      const send = connections.toApis({
        ...nothing,
        allowHttp: ['api.example.com'],
      });
      expect(await codeOf(send(`http://api.example.com:${port}/`))).toBe(
        'DS_EGRESS_BLOCKED',
      );
      expect(server.connections).toBe(0);
      expect(answers).toEqual(['93.184.215.14']);
    });

    it('reach a private range only if the rules list it, and never a metadata address', async () => {
      const { port } = new URL(server.url);
      const connections = new Connections({
        resolve: async name =>
          name === 'meta.corp.example' ? ['169.254.169.254'] : ['127.0.0.1'],
      });
      const send = connections.toApis({
        allow: ['127.0.0.0/8', '169.254.0.0/16'],
        allowHttp: ['*.corp.example'],
        only: [],
      });
      const response = await send(`http://api.corp.example:${port}/x`);
      expect(response.status).toBe(200);
      expect(await codeOf(send('http://meta.corp.example/'))).toBe(
        'DS_EGRESS_BLOCKED',
      );
    });

    it('reach no unlisted host if the rules list some', async () => {
      const send = new Connections().toApis({
        ...nothing,
        only: ['api.example.com'],
      });
      expect(await codeOf(send('https://evil.example.com/'))).toBe(
        'DS_EGRESS_BLOCKED',
      );
    });

    it('are kept for only a few sets of rules', async () => {
      const connections = new Connections();
      const first = connections.toApis(nothing);
      expect(connections.toApis({ ...nothing })).toBe(first);
      for (let index = 0; index < 4; index++)
        connections.toApis({ ...nothing, only: [`api-${index}.example.com`] });
      expect(connections.toApis(nothing)).not.toBe(first);
    });
  });
});
