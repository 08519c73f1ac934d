import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { Egress } from './Egress';
import { trustedAuthorities } from './trustedAuthorities';
import { selfSignedCertificate } from './__testUtils__/selfSignedCertificate';

describe('trustedAuthorities', () => {
  const configured = selfSignedCertificate('configured.test');
  const extra = selfSignedCertificate('extra.test');
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'authorities-'));
    file = join(folder, 'extra.pem');
    writeFileSync(file, extra.cert);
  });

  const node: { getCACertificates?: unknown } = tls;
  const { getCACertificates } = node;
  afterEach(() => {
    node.getCACertificates = getCACertificates;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Node 22.0 to 22.14. */
  const onOlderNode = () => {
    node.getCACertificates = undefined;
  };

  it.each([configured, extra])(
    'contains egress.ca and NODE_EXTRA_CA_CERTS on Node below 22.15 (%#)',
    async certificate => {
      onOlderNode();
      const server = createServer(certificate, (_, response) =>
        response.end('trusted'),
      );
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const egress = new Egress(
        { allow: ['127.0.0.1'], allowHttp: [], only: [], ca: configured.cert },
        {
          environment: { NODE_EXTRA_CA_CERTS: file },
          resolve: async () => ['127.0.0.1'],
        },
      );
      try {
        const name = certificate === extra ? 'extra' : 'configured';
        const answer = await egress.fetch(`https://${name}.test:${port}/`);
        expect(await answer.text()).toBe('trusted');
      } finally {
        await egress.close();
        server.close();
      }
    },
  );

  it('keeps the default authorities', () => {
    const [usual] = tls.rootCertificates;
    expect(trustedAuthorities(configured.cert, {})).toContain(usual);
    onOlderNode();
    expect(trustedAuthorities(configured.cert, {})).toContain(usual);
  });

  it.each([
    ['is missing', undefined],
    ['contains no certificate', 'nothing'],
    [
      'is broken',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    ],
  ])('continues when the extra file %s, as Node does', (_, content) => {
    onOlderNode();
    const other = join(folder, 'other.pem');
    if (content) writeFileSync(other, content);
    const found = trustedAuthorities(configured.cert, {
      NODE_EXTRA_CA_CERTS: other,
    });
    expect(() => tls.createSecureContext({ ca: found })).not.toThrow();
    expect(found).toContain(configured.cert);
  });

  it('gets NODE_EXTRA_CA_CERTS from newer versions of Node', () => {
    const listed = execFileSync(
      process.execPath,
      [
        '--print',
        "require('node:tls').getCACertificates?.('default').join('\\n') ?? 'older'",
      ],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } },
    ).toString();
    const inOneLine = (pem: string) => pem.replace(/\s/g, '');
    expect(inOneLine(listed)).toMatch(
      listed.trim() === 'older'
        ? 'older'
        : inOneLine(extra.cert).slice(27, 100),
    );
  });
});
