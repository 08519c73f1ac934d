import { gatewayRouteSchema, matchGatewayRoutes } from './gatewayRoutes';

const opens = (pattern: string, path: string, methods = ['GET']) =>
  matchGatewayRoutes([{ methods, path: pattern }])('GET', path) === pattern;

const messageOf = (path: string) => {
  const read = gatewayRouteSchema.safeParse({ methods: ['GET'], path });
  return read.success ? undefined : read.error.issues[0].message;
};

describe('gateway routes', () => {
  it.each([
    ['/', '/'],
    ['/contacts', '/contacts'],
    ['/contacts/', '/contacts/'],
    ['/contacts/:id', '/contacts/1'],
    ['/contacts/:id/mails', '/contacts/a%20b/mails'],
    ['/contacts/*', '/contacts/1'],
    ['/contacts/**', '/contacts'],
    ['/contacts/**', '/contacts/'],
    ['/contacts/**', '/contacts/1/mails/2'],
    ['/**', '/'],
    ['/**', '/anything/at/all'],
    ['/v1/items:batchGet', '/v1/items:batchGet'],
    ['/a.b', '/a.b'],
  ])('%s allows %s', (pattern, path) => {
    expect(messageOf(pattern)).toBeUndefined();
    expect(opens(pattern, path)).toBe(true);
  });

  it.each([
    ['/', '/contacts'],
    ['/contacts', '/contacts/'],
    ['/contacts', '/contacts/1'],
    ['/contacts', '/Contacts'],
    ['/contacts', '/v1/contacts'],
    ['/contacts/:id', '/contacts'],
    ['/contacts/:id', '/contacts/'],
    ['/contacts/:id', '/contacts/1/mails'],
    ['/contacts/*', '/contacts/1/mails'],
    ['/contacts/**', '/contactsecrets'],
    ['/a.b', '/axb'],
  ])('%s does not allow %s', (pattern, path) => {
    expect(messageOf(pattern)).toBeUndefined();
    expect(opens(pattern, path)).toBe(false);
  });

  it('allows the listed methods, and HEAD with GET', () => {
    const lets = matchGatewayRoutes([
      { methods: ['GET'], path: '/a' },
      { methods: ['POST', 'DELETE'], path: '/b' },
    ]);
    expect(lets('GET', '/a')).toBe('/a');
    expect(lets('HEAD', '/a')).toBe('/a');
    expect(lets('POST', '/a')).toBeUndefined();
    expect(lets('DELETE', '/b')).toBe('/b');
    expect(lets('GET', '/b')).toBeUndefined();
    expect(lets('HEAD', '/b')).toBeUndefined();
    expect(lets('OPTIONS', '/a')).toBeUndefined();
  });

  it('allows an encoded slash only if the route says so', () => {
    for (const path of ['/projects/:id', '/projects/*', '/projects/**']) {
      const route = { methods: ['GET'], path };
      const lets = (encodedSlash?: boolean) =>
        matchGatewayRoutes([{ ...route, encodedSlash }])(
          'GET',
          '/projects/group%2Fname',
        );
      expect([lets(), lets(false), lets(true)]).toEqual([
        undefined,
        undefined,
        path,
      ]);
    }
  });

  it('allows nothing without a valid route', () => {
    expect(matchGatewayRoutes([])('GET', '/')).toBeUndefined();
    expect(opens('contacts/**', '/contacts')).toBe(false);
    expect(opens('/a/**/b', '/a/x/b')).toBe(false);
  });

  it.each([
    ['contacts', 'Start the path with a slash.'],
    ['/a?b=c', 'Remove the query'],
    ['/a//b', 'Remove the double slash.'],
    ['//a', 'Remove the double slash.'],
    ['/a/../b', 'Remove the dot segment.'],
    ['/./a', 'Remove the dot segment.'],
    ['/*/b', 'only allowed at the end'],
    ['/**/b', 'only allowed at the end'],
    ['/a*', 'whole segment'],
    ['/a/***', 'whole segment'],
    ['/:', "after ':'"],
    ['/:a-b', "after ':'"],
    ['/a b', 'unsupported character'],
    ['/a%20b', 'unsupported character'],
    ['/\u00e4', 'unsupported character'],
    ['/a\\b', 'unsupported character'],
    ['/(a+)+$/^', 'unsupported character'],
  ])('rejects the path %s on save, with a reason', (path, message) => {
    expect(messageOf(path)).toContain(message);
  });

  it.each([['get'], ['CONNECT'], ['TRACE'], ['*'], ['OPTIONS']])(
    'rejects the method %s on save',
    method => {
      const read = gatewayRouteSchema.safeParse({
        methods: [method],
        path: '/a',
      });
      expect(read.error?.issues[0].message).toContain('Enter GET, HEAD');
    },
  );

  it('matches a path in linear time, even one made to be slow', () => {
    const before = process.cpuUsage();
    opens('/:a/:b/:c/(a+)+/**', `/${'a'.repeat(8_000)}/${'a/'.repeat(4_000)}`);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
