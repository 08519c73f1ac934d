import { DestinationPolicy } from 'backstage-plugin-datasource-auth-common';
import { DestinationRules } from './DestinationRules';
import { EgressBlockedError } from './EgressError';

const rules = (policy: Partial<DestinationPolicy> = {}) =>
  new DestinationRules({ allow: [], allowHttp: [], only: [], ...policy });

const check = (url: string, policy?: Partial<DestinationPolicy>) => () =>
  rules(policy).checkUrl(new URL(url));

describe('DestinationRules', () => {
  it.each([
    // Loopback in every notation.
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://api.localhost/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    // Unspecified, private, shared, reserved and multicast ranges.
    'https://0.0.0.0/',
    'https://[::]/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://224.0.0.1/',
    'https://[ff02::1]/',
    'https://[fc00::1]/',
    'https://[fec0::1]/',
    // IPv4 inside IPv6: mapped, compatible, NAT64, 6to4, Teredo, and a custom NAT64 prefix.
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::8.8.8.8]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:7f00:1::]/',
    'https://[2001:db8::1]/',
    'https://[100::1]/',
    'https://[4000::1]/',
  ])('[threat 4, 5] rejects the internal address %s', url => {
    expect(check(url)).toThrow(EgressBlockedError);
  });

  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://169.254.0.1/',
    'https://168.63.129.16/',
    'https://100.100.100.200/',
    'https://192.0.0.192/',
    'https://[fd00:ec2::254]/',
    'https://[fd20:ce::254]/',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:168.63.129.16]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[64:ff9b::a83f:8110]/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://metadata.google.internal./',
  ])('[threat 6] rejects %s whatever the rules allow', url => {
    const { hostname } = new URL(url);
    const everything = {
      allow: ['0.0.0.0/0', '::/0', hostname],
      only: ['0.0.0.0/0', '::/0', hostname],
    };
    expect(check(url, everything)).toThrow(/never called/);
  });

  it.each([
    'https://example.com/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::8.8.8.8]/',
  ])('allows %s', url => {
    expect(check(url)).not.toThrow();
  });

  it.each([
    ['https://localhost/', ['localhost']],
    ['https://localhost/', ['127.0.0.0/8']],
    ['https://10.1.2.3/', ['10.0.0.0/8']],
    ['https://[::ffff:10.1.2.3]/', ['10.0.0.0/8']],
    ['https://10.1.2.3/', ['10.1.2.3']],
    ['https://[fd12::1]/', ['fd00::/8']],
  ])('allows %s with %j', (url, allow) => {
    expect(check(url, { allow })).not.toThrow();
    expect(check(url)).toThrow(EgressBlockedError);
  });

  it('[threat 5] rejects an internal address behind a public name, and names the setting', () => {
    expect(() => rules().checkAddress('idp.example', '10.0.0.1')).toThrow(
      "'idp.example' resolves to 10.0.0.1, which isn't a public address. If you trust this host, ask an operator to add 'idp.example' to datasourceAuth.egress.allow.",
    );
    expect(() => rules().checkAddress('idp.example', '8.8.8.8')).not.toThrow();
  });

  it('[threat 6] never connects to a metadata address, even if the name is allowed', () => {
    const named = rules({ allow: ['idp.corp.example'] });
    expect(() =>
      named.checkAddress('idp.corp.example', '10.0.0.1'),
    ).not.toThrow();
    for (const address of ['169.254.169.254', 'fe80::1%eth0', '168.63.129.16'])
      expect(() => named.checkAddress('idp.corp.example', address)).toThrow(
        /never called/,
      );
  });

  it("[checklist 8] rejects HTTP if the host isn't listed, and names the setting", () => {
    expect(check('http://example.com/token')).toThrow(
      "'example.com' would be called without encryption. Use a URL that starts with https://. If you trust this host, ask an operator to add 'example.com' to datasourceAuth.egress.allowHttp. If it has a private address, add it to datasourceAuth.egress.allow as well.",
    );
    expect(
      check('http://example.com/token', { allowHttp: ['example.com'] }),
    ).not.toThrow();
  });

  it.each([
    [
      'http://localhost:9000/token',
      {},
      ['datasourceAuth.egress.allow, datasourceAuth.egress.allowHttp'],
    ],
    [
      'http://10.0.0.1/',
      {},
      ['datasourceAuth.egress.allow, datasourceAuth.egress.allowHttp'],
    ],
    [
      'http://10.0.0.1/',
      { only: ['other.example'] },
      [
        'datasourceAuth.egress.only, datasourceAuth.egress.allow, datasourceAuth.egress.allowHttp',
      ],
    ],
    [
      'http://idp.corp.example/',
      {},
      [
        'datasourceAuth.egress.allowHttp',
        'datasourceAuth.egress.allow as well',
      ],
    ],
    [
      'https://idp.corp.example/',
      { only: ['other.example'] },
      ['datasourceAuth.egress.only', 'datasourceAuth.egress.allow as well'],
    ],
    [
      'http://idp.corp.example/',
      { allow: ['idp.corp.example'] },
      ['datasourceAuth.egress.allowHttp.'],
    ],
  ] as Array<[string, Partial<DestinationPolicy>, string[]]>)(
    'names all settings that the host of %s is missing from at once, with %j',
    (url, policy, settings) => {
      for (const setting of settings) {
        expect(check(url, policy)).toThrow(setting);
      }
      const named = new Set(
        settings.join().match(/egress\.(only|allow|allowHttp)\b/g),
      );
      const host = new URL(url).hostname;
      const followed = { allow: [], allowHttp: [], only: [], ...policy };
      for (const name of named) {
        const key = name.slice('egress.'.length) as keyof typeof followed;
        followed[key] = [...followed[key], host] as never;
      }
      const mended = rules(followed);
      expect(() => {
        mended.checkUrl(new URL(url));
        mended.checkAddress(host, '10.0.0.1');
      }).not.toThrow();
    },
  );

  it('does not allow an internal address by allowing HTTP', () => {
    expect(check('http://10.0.0.1/', { allowHttp: ['10.0.0.1'] })).toThrow(
      /datasourceAuth.egress.allow\b/,
    );
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'data:text/plain,x'])(
    'rejects the scheme of %s',
    url => {
      expect(check(url)).toThrow(/https:\/\//);
    },
  );

  it('rejects a username in the URL', () => {
    expect(check('https://example.com@evil.example/')).toThrow(/username/);
  });

  it('allows no other host if a list of hosts is given', () => {
    const only = ['*.corp.example'];
    expect(check('https://idp.corp.example/', { only })).not.toThrow();
    expect(check('https://example.com/', { only })).toThrow(
      /datasourceAuth.egress.only/,
    );
  });
});
