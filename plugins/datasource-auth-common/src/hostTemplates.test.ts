import { faults } from './__testUtils__/settingsFaults';
import { isAuthority } from './hostTemplates';
import { originsOf, secretOrigins } from './origins';

const BASE = 'https://{{authority instance.server}}/rest';

describe('N5 {{authority instance.x}}', () => {
  it.each([
    'jira.example.com',
    'localhost:8080',
    'jira.example.com:8443/context',
    'a.example/one/two.three/',
  ])('takes %s for a host', value => {
    expect(isAuthority(value)).toBe(true);
    const settings = { baseUrl: BASE, instance: { server: value } };
    expect(faults(settings)).toEqual({});
  });

  it.each([
    'https://jira.example.com',
    'user@evil.example',
    'user:pass@evil.example',
    'a.example/../b',
    'a.example/./b',
    'a.example/%2e%2e/b',
    'a.example?x=y',
    'a.example#x',
    'a.example\\b',
    'a.example:port',
    'a.example//b',
    'a b.example',
    '-a.example',
    '/etc',
  ])('threats 2: refuses %s and says what a host is', value => {
    expect(isAuthority(value)).toBe(false);
    const settings = { baseUrl: BASE, instance: { server: value } };
    expect(faults(settings)).toEqual({
      'instance.server': expect.stringMatching(/Enter a host.*Remove/),
    });
  });

  it.each([
    { baseUrl: 'https://api.{{authority instance.server}}/' },
    { baseUrl: 'https://{{authority instance.server}}.example.com/' },
    { baseUrl: 'https://a.example/{{authority instance.server}}' },
    { baseUrl: 'https://{{authority kept.server}}/' },
    { testPath: '/{{authority instance.server}}' },
    { api: { headers: { 'X-Host': '{{authority instance.server}}' } } },
  ])('is refused in %j', settings => {
    const found = faults({ ...settings, instance: { server: 'a.example' } });
    expect(Object.values(found).join()).toMatch(
      /only right after https|Templates don't work here/,
    );
  });

  it('threats 1: binds the resolved origin', () => {
    const origins = (server: string) => [
      ...secretOrigins({
        instance: { server },
        auth: { token: { url: 'https://{{authority instance.server}}/token' } },
      }),
    ];
    expect(origins('a.example:8443/x')).toEqual(['https://a.example:8443']);
    expect(origins('b.example/x')).toEqual(['https://b.example']);
  });
});

describe('N5 hosts of kept values', () => {
  const keepHosts = (
    hosts: string[],
    { auth = {}, ...change }: Record<string, any> = {},
  ) =>
    faults(
      { baseUrl: 'https://{{kept.api_domain}}/v1', ...change },
      {
        ...auth,
        response: { keep: ['api_domain'], keepHosts: { api_domain: hosts } },
      },
    );
  const AT = 'auth.response.keepHosts.api_domain';

  it('are exact, or one label below a domain', () => {
    expect(keepHosts(['api.example.com', 'a.example:8443'])).toEqual({});
    expect(keepHosts(['*.example.com'])).toEqual({});
  });

  it.each([
    '*',
    '*.com',
    'a.*.example.com',
    '*.*.example.com',
    'https://a.example',
    'a/b',
    '*.example.com:443',
  ])('threats 2: refuse %s', host => {
    expect(Object.values(keepHosts([host])).join()).toMatch(/Enter a host/);
  });

  it('belong to a value that is kept', () => {
    expect(
      faults({}, { response: { keepHosts: { domain: ['a.example'] } } }),
    ).toEqual({
      'auth.response.keepHosts.domain': expect.stringMatching(/^Add 'domain'/),
    });
  });

  it('threats 2: are exact where secrets go', () => {
    const wild = ['*.example.com'];
    const token = { url: 'https://{{kept.api_domain}}/token' };
    const secret = { headers: { 'X-Key': { secret: true, value: 'x' } } };
    for (const change of [
      { auth: { token } },
      { auth: { refresh: token } },
      { auth: { revoke: token } },
      { api: secret },
    ])
      expect(keepHosts(wild, change)).toEqual({
        [AT]: expect.stringMatching(/Enter exact hosts/),
      });
    expect(keepHosts(['a.example'], { api: secret })).toEqual({});
  });

  it('threats 1: are the origins that secrets and tokens go to', () => {
    const settings = (hosts: string[]) => ({
      auth: { response: { keepHosts: { api_domain: hosts } } },
    });
    expect([
      ...originsOf(settings(['a.example', '*.b.example']), [
        'https://{{kept.api_domain}}/x',
      ]),
    ]).toEqual(['https://a.example', 'https://*.b.example']);
  });
});
