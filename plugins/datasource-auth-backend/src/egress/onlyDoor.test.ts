import { databases } from '../__testUtils__/databases';
import { startDatasourceAuth } from '../__testUtils__/startDatasourceAuth';
import { LocalServer } from './__testUtils__/LocalServer';

jest.setTimeout(60_000);

it('threats 9: opens every socket through the connector, and never calls global fetch', async () => {
  const server = await LocalServer.start((response, request) => {
    response.setHeader('content-type', 'application/json');
    const { pathname } = new URL(request.path, 'http://x');
    response.end(
      JSON.stringify(
        pathname.includes('.well-known')
          ? { issuer: server.url, token_endpoint: `${server.url}/token` }
          : { access_token: `token-${server.requests.length}`, expires_in: 60 },
      ),
    );
  });
  const connected: string[] = [];
  const app = await startDatasourceAuth({
    knex: await databases.init('SQLITE_3'),
    onConnect: (host, address) => connected.push(`${host} ${address}`),
    datasourceAuth: {
      egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
    },
  });
  const globalFetch = globalThis.fetch;
  const calls: string[] = [];
  // The test itself may call the backend; nothing else may use the global.
  globalThis.fetch = async (input, init) => {
    const url = String(input);
    if (url.startsWith(server.url)) {
      calls.push(url);
      throw new Error('Global fetch was called');
    }
    return globalFetch(input, init);
  };
  try {
    const jane = await app.user('user:default/jane');
    const settings = {
      name: 'door',
      baseUrl: `${server.url}/api`,
      testPath: '/me',
      consumers: '*',
      gateway: { routes: [{ methods: ['GET'], path: '/through' }] },
      auth: {
        grantType: 'client_credentials',
        clientId: 'id',
        clientSecret: 'secret',
        token: { url: `${server.url}/token` },
        revoke: { url: `${server.url}/revoke` },
      },
    };
    const granted = await jane('POST', '/authorizations', { settings });
    expect(granted.body.status).toBe('granted');
    await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: granted.body.id },
    });
    await jane('POST', '/datasources/door/test');
    await jane('POST', '/datasources/door/rehearsal');
    await jane('GET', '/gateway/door/through');
    await jane('POST', '/imports/issuer', { issuer: server.url });
    await jane('POST', '/imports/openapi', { url: `${server.url}/openapi` });
    const web = await jane('POST', '/authorizations', {
      settings: {
        ...settings,
        name: 'pushed',
        auth: {
          ...settings.auth,
          grantType: 'authorization_code',
          authorize: {
            url: `${server.url}/authorize`,
            pushedRequestUrl: `${server.url}/par`,
          },
        },
      },
    });
    await globalFetch(`${app.url}/oauth/start`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ticket: web.body.ticket }),
    });
    await jane('DELETE', '/datasources/door?force=true&revoke=true');

    const paths = server.requests.map(({ path }) => path.split('?')[0]);
    for (const path of [
      '/token',
      '/api/me',
      '/api/through',
      '/openapi',
      '/par',
      '/revoke',
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.some(path => path.includes('.well-known'))).toBe(true);
    expect(calls).toEqual([]);
    expect(connected).toHaveLength(server.connections);
    expect(new Set(connected)).toEqual(new Set(['127.0.0.1 127.0.0.1']));
  } finally {
    globalThis.fetch = globalFetch;
    await app.stop();
    await server.stop();
  }
});
