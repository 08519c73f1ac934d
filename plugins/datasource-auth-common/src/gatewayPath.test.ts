import { faultText } from './faults';
import { readGatewayPath } from './gatewayPath';

describe('threats 4, 18, 33: the path of a gateway call', () => {
  it.each([
    ['/'],
    ['/contacts'],
    ['/contacts/'],
    ['/v1/items:batchGet'],
    ['/users/a@b.example/mails;sort=up'],
    ['/.well-known/x'],
    ['/...'],
    ['/a%20b'],
    ['/%C3%A4'],
    ['/100%25'],
  ])('leaves %s unchanged', path => {
    expect(readGatewayPath(path)).toEqual({ path });
  });

  it.each([
    ['/%61dmin', '/admin'],
    ['/%7euser', '/~user'],
    ['/%c3%a4', '/%C3%A4'],
    ['/a%3Ab', '/a%3Ab'],
    ['/a|b', '/a%7Cb'],
    ['/a[0]', '/a%5B0%5D'],
    ['/{id}', '/%7Bid%7D'],
  ])('normalizes %s to %s, and leaves that unchanged', (path, normal) => {
    expect(readGatewayPath(path)).toEqual({ path: normal });
    expect(readGatewayPath(normal)).toEqual({ path: normal });
  });

  it.each([
    ['', "doesn't start"],
    ['contacts', "doesn't start"],
    ['https://evil.example/', "doesn't start"],
    ['//evil.example', 'two slashes'],
    ['/a//b', 'two slashes'],
    ['/a//', 'two slashes'],
    ['/\\evil.example', 'backslash'],
    ['/a\\..\\b', 'backslash'],
    ['/\t/evil.example', 'control'],
    ['/a b', 'space'],
    ['/a\r\nHost: evil', 'control'],
    ['/\u00e4', 'non-ASCII'],
    ['/a?b', 'query'],
    ['/a#b', 'fragment'],
    ['/.', 'dot segment'],
    ['/..', 'dot segment'],
    ['/a/../b', 'dot segment'],
    ['/a/./b', 'dot segment'],
    ['/%2e%2e/b', 'dot segment'],
    ['/%2E./b', 'dot segment'],
    ['/..;x/b', 'dot segment'],
    ['/..%3bx/b', 'dot segment'],
    ['/.%2e;/b', 'dot segment'],
    ['/a%2fb', 'encoded slash'],
    ['/a%2Fb', 'encoded slash'],
    ['/a%5cb', 'encoded backslash'],
    ['/%252e%252e/b', 'encoded twice'],
    ['/a%252Fb', 'encoded twice'],
    ['/a%25255cb', 'encoded twice'],
    ['/users/%25%32%65%25%32%65%25%32%66admin', 'encoded twice'],
    ['/a%25%32%35%32%65', 'encoded twice'],
    ['/..%253bx/b', 'dot segment'],
    ['/a%252%2566b', 'encoded twice'],
    ['/a%2500b', 'encoded control'],
    ['/a%250d%250aX: y', 'control'],
    [`/a%${'25'.repeat(20)}41`, 'too many times'],
    ['/\ud800', 'half of a surrogate pair'],
    ['/%', 'incomplete'],
    ['/%zz', 'incomplete'],
    ['/%2', 'incomplete'],
    ['/%c0%ae%c0%ae/b', "aren't UTF-8"],
    ['/%ff', "aren't UTF-8"],
    ['/a%00b', 'encoded control'],
    ['/a%0d%0aX: y', 'control'],
    ['/a%0d%0a', 'encoded control'],
    ['/a%7f', 'encoded control'],
    ['/a%c2%85', 'encoded control'],
  ])('rejects %j because it %s', (path, fault) => {
    const read = readGatewayPath(path);
    expect(read.path).toBeUndefined();
    expect(faultText(read.fault!)).toContain(fault);
  });

  it('returns a path that the URL parser reads the same way', () => {
    for (const path of ['/a|b/[x]/{y}', '/%61/%c3%a4;p=1/~', '/a:b@c/$&+,=']) {
      const normal = readGatewayPath(path).path!;
      const url = new URL(`https://api.example.com${normal}`);
      expect(url.host).toBe('api.example.com');
      expect(url.pathname).toBe(normal);
    }
  });
});
