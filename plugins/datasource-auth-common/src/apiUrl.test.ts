import { apiUrl } from './apiUrl';

const address = {
  datasource: 'pagerduty',
  baseUrl: 'https://api.example.com/v2',
  allowedHosts: ['api-eu.example.com', 'files.example.com:8443'],
};

describe('apiUrl', () => {
  it.each([
    ['/incidents', 'https://api.example.com/v2/incidents'],
    ['incidents', 'https://api.example.com/v2/incidents'],
    ['', 'https://api.example.com/v2'],
    ['/', 'https://api.example.com/v2/'],
    ['?limit=1', 'https://api.example.com/v2?limit=1'],
    ['/incidents/', 'https://api.example.com/v2/incidents/'],
    ['/a//b', 'https://api.example.com/v2/a//b'],
    ['/a?next=//evil&up=../x', 'https://api.example.com/v2/a'],
    ['/file.json', 'https://api.example.com/v2/file.json'],
    ['/..x/.hidden', 'https://api.example.com/v2/..x/.hidden'],
    [
      '/name%20with%20spaces',
      'https://api.example.com/v2/name%20with%20spaces',
    ],
    ['/a#fragment', 'https://api.example.com/v2/a'],
    ['/@evil.com', 'https://api.example.com/v2/@evil.com'],
    ['@evil.com', 'https://api.example.com/v2/@evil.com'],
    ['/users/ünal', 'https://api.example.com/v2/users/%C3%BCnal'],
  ])('appends %j to the path of the base URL', (path, expected) => {
    const url = apiUrl(path, address);
    expect(url.origin).toBe('https://api.example.com');
    const shown = path.startsWith('?') ? url.href : url.origin + url.pathname;
    expect(shown).toBe(expected);
  });

  it("keeps the query as given, after the base URL's query", () => {
    expect(apiUrl('/a?x=1&x=2&q=a%26b', address).search).toBe(
      '?x=1&x=2&q=a%26b',
    );
    const tenant = { ...address, baseUrl: 'https://api.example.com/?tenant=t' };
    expect(apiUrl('/a?x=1', tenant).href).toBe(
      'https://api.example.com/a?tenant=t&x=1',
    );
  });

  it('does not reencode a query, because some APIs sign or compare it', () => {
    expect(apiUrl("/a?$filter=name%20eq%20'x'&flag", address).search).toBe(
      '?$filter=name%20eq%20%27x%27&flag',
    );
  });

  it.each([
    '//evil.com',
    '///evil.com',
    '\\\\evil.com',
    '/\\evil.com',
    '\\/evil.com',
    'https:evil.com',
    'https:/evil.com',
    'https:\\\\evil.com',
    'https:///evil.com',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://api.example.com/x',
    'evil:x',
    '/\t/evil.com',
    '\t//evil.com',
    ' //evil.com',
    '/a\n/b',
    '/a\u0000b',
    '..',
    '../admin',
    '/../admin',
    '/a/../../admin',
    '/./x',
    '/a/..',
    '/%2e%2e/x',
    '/%2E./x',
    '/.%2e/x',
    '/..;/x',
    '/..%3Bv=1/x',
    '/a%2fb',
    '/a%2Fb',
    '/a%5cb',
    '/a\\..\\b',
  ])('threats 4: rejects %j, which could leave the API', path => {
    expect(() => apiUrl(path, address)).toThrow(
      expect.objectContaining({ code: 'invalid_request', statusCode: 400 }),
    );
  });

  it.each([
    'https://api.example.com/v1/other',
    'https://API.example.com:443/v1/other',
    'https://api-eu.example.com/v2/incidents?page=2',
    'https://files.example.com:8443/x',
  ])(
    "accepts the absolute address %j on the base URL's origin or an allowed host",
    path => {
      expect(apiUrl(path, address).href).toBe(new URL(path).href);
      expect(apiUrl(new URL(path), address).href).toBe(new URL(path).href);
    },
  );

  it.each([
    'https://evil.com/x',
    'https://api.example.com.evil.com/x',
    'https://api.example.com@evil.com/x',
    'https://user:pass@api.example.com/x',
    'https://api.example.com:444/x',
    'https://sub.api-eu.example.com/x',
    'https://files.example.com/x',
    'http://api.example.com/v2/x',
    'http://api-eu.example.com/x',
    'https://api-eu.example.com/%2e%2e/x',
    'https://api-eu.example.com\\@evil.com',
    'https://api-eu.example.com/a/../b',
  ])('rejects the absolute address %j', path => {
    expect(() => apiUrl(path, address)).toThrow(/is refused/);
  });

  it('allows HTTP on an allowed host only if the base URL uses HTTP', () => {
    const local = {
      datasource: 'local',
      baseUrl: 'http://localhost:7000/api',
      allowedHosts: ['localhost:7001', 'example.com:80'],
    };
    expect(apiUrl('http://localhost:7001/x', local).port).toBe('7001');
    expect(apiUrl('http://example.com/x', local).host).toBe('example.com');
    expect(() => apiUrl('http://localhost:7002/x', local)).toThrow(
      /isn't an allowed host/,
    );
  });

  it('says what to set if the base URL is missing, and still accepts allowed hosts', () => {
    const bare = { ...address, baseUrl: undefined };
    expect(() => apiUrl('/x', bare)).toThrow(
      expect.objectContaining({ code: 'datasource_not_configured' }),
    );
    expect(apiUrl('https://api-eu.example.com/x', bare).pathname).toBe('/x');
  });

  it('quotes only the start of a long address', () => {
    expect(() => apiUrl(`//${'x'.repeat(5_000)}`, address)).toThrow(
      /^.{0,250}$/,
    );
  });

  it.each([
    '/%25%32%65%25%32%65%25%32%66admin',
    '/..%253bx/admin',
    '/a%2500b',
    'https://api-eu.example.com/%25%32%65%25%32%65/x',
  ])('threats 33: rejects %j, which decodes to a different path', path => {
    expect(() => apiUrl(path, address)).toThrow(/is refused/);
  });

  it('threats 33: sends a path in its normal form', () => {
    expect(apiUrl('/%61%7e/%c3%a4/a|b', address).pathname).toBe(
      '/v2/a~/%C3%A4/a%7Cb',
    );
    expect(apiUrl('https://api-eu.example.com/%61', address).pathname).toBe(
      '/a',
    );
  });

  it.each([
    'tenant=u',
    'x=1&Tenant=u',
    't%65nant=u',
    't%2565nant=u',
    'tenant',
    'x;tenant=u',
    'tenant[]=u',
    'tenant%5B0%5D=u',
  ])(
    'threats 33: rejects the query %j if the base URL already has the parameter',
    query => {
      const tenant = {
        ...address,
        baseUrl: 'https://api.example.com/?tenant=t',
      };
      expect(() => apiUrl(`/a?${query}`, tenant)).toThrow(
        /the base URL already sets the parameter/,
      );
      expect(apiUrl(`/a?${query}`, address).search).not.toBe('');
    },
  );

  it('accepts an encoded slash only if declared, and says how to declare it', () => {
    const path = '/projects/group%2Fname';
    expect(() => apiUrl(path, address)).toThrow(/encodedSlash/);
    expect(apiUrl(path, address, { encodedSlash: true }).pathname).toBe(
      `/v2${path}`,
    );
    for (const worse of ['/a%2f..%2fb', '/a%2f%2fb', '/a%252fb', '/a%5cb'])
      expect(() => apiUrl(worse, address, { encodedSlash: true })).toThrow(
        /is refused/,
      );
  });
});
