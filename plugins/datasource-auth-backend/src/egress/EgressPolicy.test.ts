import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { HostRules } from 'backstage-plugin-datasource-auth-node/egress';
import { readEgressPolicy } from './EgressPolicy';
import { selfSignedCertificate } from './__testUtils__/selfSignedCertificate';

const read = (egress: Record<string, unknown>) =>
  readEgressPolicy(new ConfigReader({ datasourceAuth: { egress } } as never));

describe('readEgressPolicy', () => {
  it('is restrictive by default', () => {
    expect(readEgressPolicy(new ConfigReader({}))).toEqual({
      allow: [],
      allowHttp: [],
      only: [],
    });
  });

  it.each([
    ['allow', '10.0.0.0/40'],
    ['allowHttp', 'http://localhost'],
    ['only', '*'],
    ['allow', 'a.*.example'],
    ['only', '*.'],
  ])('names the setting and the invalid rule: %s %s', (key, rule) => {
    expect(() => read({ [key]: [rule] })).toThrow(
      `datasourceAuth.egress.${key}: '${rule}'`,
    );
  });

  it('[checklist 50] accepts a certificate authority as PEM text or as a file path', () => {
    const { cert } = selfSignedCertificate('provider.test');
    const folder = mkdtempSync(join(tmpdir(), 'egress-'));
    try {
      const path = join(folder, 'ca.pem');
      writeFileSync(path, cert);
      expect(read({ ca: path }).ca).toBe(cert);
      expect(read({ ca: cert }).ca).toBe(cert);
      expect(() => read({ ca: join(folder, 'none.pem') })).toThrow(
        /can't read the file/,
      );
      writeFileSync(path, '-----BEGIN PRIVATE KEY-----');
      expect(() => read({ ca: path })).toThrow(/contains no certificate/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('HostRules', () => {
  const rules = HostRules.parse(
    [
      'API.corp.example',
      '*.inner.example',
      '10.0.0.0/8',
      'fd00::/8',
      '192.0.2.7',
    ],
    'key',
  );

  it.each([
    'api.corp.example',
    'api.corp.example.',
    'a.inner.example',
    'a.b.inner.example',
    '10.1.2.3',
    '[::ffff:10.1.2.3]',
    '[fd12::1]',
    '192.0.2.7',
  ])('matches %s', host => {
    expect(rules.matchesHost(host)).toBe(true);
  });

  it.each([
    'corp.example',
    'x.api.corp.example',
    'inner.example',
    'evilinner.example',
    'api.corp.example.evil.example',
    '11.0.0.1',
    '192.0.2.8',
    '[fe80::1]',
  ])('does not match %s', host => {
    expect(rules.matchesHost(host)).toBe(false);
  });
});
