import { SettingsError } from './SettingsError';
import {
  TemplateValues,
  resolveHeader,
  resolveText,
  resolveUrl,
} from './templates';

const values = (
  instance: Record<string, string> = {},
  rest: Partial<TemplateValues> = {},
): TemplateValues => ({ instance, kept: {}, ...rest });

describe('resolveText', () => {
  it('fills in instance values, kept values and the values of the step', () => {
    expect(
      resolveText(
        '{{instance.a}} {{ kept.team.id }} {{nonce}} {{state}} {{token.accessToken}}',
        {
          instance: { a: '1' },
          kept: { 'team.id': '2' },
          nonce: '3',
          state: '4',
          accessToken: '5',
        },
      ),
    ).toBe('1 2 3 4 5');
  });

  it('S4.12 gives each {{uuid}} its own value', () => {
    const [first, second] = resolveText('{{uuid}} {{uuid}}', values()).split(
      ' ',
    );
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it('[threat 2] uses own properties only, never those of a prototype', () => {
    const inherited = Object.create({ a: 'polluted' });
    for (const from of ['instance', 'kept'] as const) {
      expect(() =>
        resolveText(`{{${from}.a}}`, { ...values(), [from]: inherited }),
      ).toThrow(SettingsError);
    }
  });

  it('does not fill in templates inside a value', () => {
    expect(
      resolveText('{{instance.a}}', values({ a: '{{instance.b}}', b: 'x' })),
    ).toBe('{{instance.b}}');
  });

  it.each([
    'instance.none',
    'instance.constructor',
    'instance.__proto__',
    'instance.toString',
    'kept.hasOwnProperty',
    'nonce',
    'state',
    'token.accessToken',
    'token.refreshToken',
    'process.env',
    'clientSecret',
    '',
  ])('rejects {{%s}}, which has no value here', expression => {
    expect(() => resolveText(`{{${expression}}}`, values())).toThrow(
      SettingsError,
    );
  });

  it('names the missing field', () => {
    expect(() => resolveText('{{instance.tenant}}', values())).toThrow(
      "The template {{instance.tenant}} has no value. Fill in the instance field 'tenant'.",
    );
  });
});

describe('resolveHeader', () => {
  it.each(['a\r\nx: y', 'a\nb', 'a\0b', 'é—'])(
    'rejects an invalid header value',
    value => {
      expect(() =>
        resolveHeader('x-tenant', '{{instance.a}}', values({ a: value })),
      ).toThrow(/x-tenant/);
    },
  );

  it('accepts every valid header value', () => {
    expect(resolveHeader('x', 'a {{instance.a}}', values({ a: 'é' }))).toBe(
      'a é',
    );
  });
});

describe('resolveUrl', () => {
  it.each([
    [
      'https://{{instance.a}}.okta.com/token',
      'acme',
      'https://acme.okta.com/token',
    ],
    [
      'https://{{instance.a}}/token',
      'idp.acme.example',
      'https://idp.acme.example/token',
    ],
    [
      'https://x.example/{{instance.a}}/token',
      'a/b?c#d e',
      'https://x.example/a%2Fb%3Fc%23d%20e/token',
    ],
    [
      'https://x.example/token?t={{instance.a}}',
      'a&b=c#d',
      'https://x.example/token?t=a%26b%3Dc%23d',
    ],
    [
      'https://x.example:8443/{{instance.a}}',
      'ü',
      'https://x.example:8443/%C3%BC',
    ],
    ['https://x.example/plain?a=b', '', 'https://x.example/plain?a=b'],
  ])('encodes a value for its place: %s with %s', (url, value, resolved) => {
    expect(resolveUrl(url, values({ a: value }))).toBe(resolved);
  });

  it.each([
    'acme.evil.com/#',
    'acme.evil.com/',
    'evil.com?',
    'evil.com#',
    'evil.com\\',
    'user@evil.com',
    'evil.com:443',
    'a:b@evil',
    'evil .com',
    'evil%2ecom',
    '.',
    '..',
    '-a',
    'a_b',
    'ä',
    '',
    'evil.com\t',
  ])('[threat 2] does not let a value move the host: %j', value => {
    expect(() =>
      resolveUrl(
        'https://{{instance.sub}}.okta.com/token',
        values({ sub: value }),
      ),
    ).toThrow(SettingsError);
  });

  it.each(['127.1', '0x7f.1', '2130706433', '0177.0.0.1'])(
    '[threat 2] rejects a value that is another spelling of an address: %s',
    value => {
      expect(() =>
        resolveUrl('https://{{instance.host}}/token', values({ host: value })),
      ).toThrow(/change the host/);
    },
  );

  it('[threat 2] rejects kept values of a callback or response in a host', () => {
    expect(() =>
      resolveUrl('https://{{kept.server}}/token', {
        instance: {},
        kept: { server: 'accounts.zoho.eu' },
      }),
    ).toThrow(/can't be part of a host/);
    expect(
      resolveUrl('https://x.example/{{kept.realmId}}', {
        instance: {},
        kept: { realmId: '../1' },
      }),
    ).toBe('https://x.example/..%2F1');
  });

  it.each(['.', '..', '...'])(
    '[threat 4] rejects a dot segment as a value: %s',
    value => {
      expect(() =>
        resolveUrl(
          'https://x.example/a/{{instance.a}}/token',
          values({ a: value }),
        ),
      ).toThrow(/change the path/);
    },
  );

  it.each([
    '{{instance.a}}/token',
    '//{{instance.a}}/',
    'ftp://x.example/{{instance.a}}',
  ])('requires the scheme before the first template: %s', url => {
    expect(() => resolveUrl(url, values({ a: 'https://evil.com' }))).toThrow(
      /start with https/,
    );
  });

  it('ends the host at a backslash, as browsers do', () => {
    expect(() =>
      resolveUrl(
        'https://x.example\\{{instance.a}}',
        values({ a: '.evil.com' }),
      ),
    ).not.toThrow();
    expect(
      new URL(
        resolveUrl(
          'https://x.example\\{{instance.a}}',
          values({ a: '.evil.com' }),
        ),
      ).hostname,
    ).toBe('x.example');
  });
});

describe('N5 a template that is the whole host', () => {
  const filled = (url: string, given: Partial<TemplateValues>) =>
    resolveUrl(url, values(given.instance, given));

  it.each([
    [
      'jira.example.com:8443/ctx/',
      'https://jira.example.com:8443/ctx/rest?a=b',
    ],
    ['JIRA.example.com', 'https://JIRA.example.com/rest?a=b'],
  ])('accepts host, port and path: %s', (server, expected) => {
    expect(
      filled('https://{{authority instance.server}}/rest?a={{instance.x}}', {
        instance: { server, x: 'b' },
      }),
    ).toBe(expected);
  });

  it.each([
    'user@evil.example',
    'a.example/..',
    'a.example?b',
    'a.example#b',
    'a.example\\@evil.example',
    '2130706433',
    '0x7f.1',
  ])('threats 2: rejects %s', server => {
    expect(() =>
      filled('https://{{authority instance.server}}/rest', {
        instance: { server },
      }),
    ).toThrow(/isn't a host|change the host/);
  });

  const keepHosts = { domain: ['api.example.com', '*.example.org'] };
  const kept = (domain: string, more: Partial<TemplateValues> = {}) =>
    filled('https://{{kept.domain}}/v1', {
      ...{ kept: { domain }, keepHosts, ...more },
    });

  it.each([
    'api.example.com',
    'https://api.example.com',
    'https://API.example.com/',
  ])('accepts a kept host: %s', domain => {
    expect(kept(domain)).toBe('https://api.example.com/v1');
  });

  it.each([
    'evil.example',
    'api.example.com.evil.example',
    'api.example.com:8443',
    'http://api.example.com',
    'https://api.example.com/path',
    'user@api.example.com',
    'tenant.example.org',
  ])('threats 2: rejects the kept value %s', domain => {
    expect(() => kept(domain)).toThrow(/one of the hosts/);
  });

  it('threats 2: accepts one label below a domain only if no secret is sent there', () => {
    const open = { allowsSubdomains: true };
    expect(kept('tenant.example.org', open)).toBe(
      'https://tenant.example.org/v1',
    );
    for (const domain of ['a.b.example.org', 'example.org', 'xexample.org'])
      expect(() => kept(domain, open)).toThrow(/one of the hosts/);
  });

  it('threats 2: rejects any other kept value in a host', () => {
    expect(() =>
      filled('https://{{kept.other}}/v1', {
        kept: { other: 'api.example.com' },
        keepHosts,
      }),
    ).toThrow(/can't be part of a host/);
    expect(() =>
      filled('https://x{{kept.domain}}/v1', {
        kept: { domain: 'api.example.com' },
        keepHosts,
      }),
    ).toThrow(/can't be part of a host/);
  });
});
