import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionFramework } from './__testUtils__/permissionFramework';
import { ApiClient } from './__testUtils__/startDatasourceAuth';
import { useApp } from './__testUtils__/useApp';
import { Behavior, json } from './egress/__testUtils__/LocalServer';

jest.setTimeout(60_000);

const JANE = 'user:default/jane';
const HOSTS = ['provider.test', 'one.test', 'two.test', 'other.test'] as const;

const DENIED = { code: 'not_allowed' };

type Host = (typeof HOSTS)[number];

/*
 * Real servers under different names, which all lead to this machine. Jane may do everything, Bob everything except
 * grants.
 */
describe('hosts that values choose', () => {
  let bob: ApiClient;
  /** What the provider returns as the API's domain. */
  let domain: string;
  const site = useApp({
    servers: {
      'provider.test': (response, request) =>
        json({
          ...{
            access_token: 'token-1',
            token_type: 'Bearer',
            expires_in: 3_600,
          },
          api_domain: domain,
        })(response, request),
      'one.test': json({ host: 'one.test' }),
      'two.test': json({ host: 'two.test' }),
      'other.test': json({ host: 'other.test' }),
    } satisfies Record<Host, Behavior>,
    app: () => ({
      config: { permission: { enabled: true } },
      features: permissionFramework(async ({ permission }, user) => ({
        result:
          permission.name === 'datasource-auth.datasource.grant' &&
          user?.info.userEntityRef !== JANE
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
      datasourceAuth: {
        egress: { allow: ['127.0.0.1'], allowHttp: [...HOSTS] },
      },
      resolve: async () => ['127.0.0.1'],
    }),
  });
  const { jane, servers } = site;

  const at = (host: Host) => `${host}:${servers[host].port}`;

  beforeAll(async () => {
    bob = await site.app.user('user:default/bob');
  });
  beforeEach(() => {
    domain = at('one.test');
  });

  const ROUTES = { routes: [{ methods: ['GET'], path: '/**' }] };
  const call = (name: string) => jane('GET', `/gateway/${name}/me`);
  const save = async (client: ApiClient, settings: { name: string }) => {
    const path = `/datasources/${settings.name}`;
    const { body } = await jane('GET', path);
    return client('PUT', path, settings, { 'if-match': `"${body.version}"` });
  };
  /** Hosts that got a request, apart from the provider. */
  const called = () =>
    HOSTS.slice(1).filter(host => servers[host].requests.length > 0);

  describe('N5 of kept values', () => {
    const settings = (hosts: Host[]) => ({
      name: 'crm',
      baseUrl: 'http://{{kept.api_domain}}/v1',
      gateway: ROUTES,
      auth: {
        grantType: 'client_credentials',
        clientId: 'client',
        clientSecret: 'secret-of-the-client',
        token: { url: `http://${at('provider.test')}/token` },
        response: {
          keep: ['api_domain'],
          keepHosts: { api_domain: hosts.map(at) },
        },
      },
    });
    /** Gets a new token, with the domain that the provider returns now. */
    const refresh = () => jane('POST', '/datasources/crm/rehearsal');

    it('get calls where the provider says, among the listed ones', async () => {
      const hosts = settings(['one.test', 'two.test']);
      const { body } = await jane('POST', '/authorizations', {
        settings: hosts,
      });
      const created = await jane('POST', '/datasources', {
        ...hosts,
        credential: { action: 'replace', authorizationId: body.id },
      });
      expect(created.status).toBe(201);
      for (const host of ['one.test', 'two.test'] as const) {
        domain = at(host);
        await refresh();
        expect(await call('crm')).toMatchObject({
          status: 200,
          body: { host },
        });
        expect(servers[host].last).toMatchObject({
          path: '/v1/me',
          headers: { host: at(host), authorization: 'Bearer token-1' },
        });
      }
    });

    it.each([
      ['another name', () => at('other.test')],
      ['another port', () => `one.test:${servers['other.test'].port}`],
      ['a user name', () => `${at('one.test')}@${at('other.test')}`],
    ])(
      'threats 2: get nothing if the provider returns %s',
      async (_, value) => {
        domain = value();
        await refresh();
        const refused = await call('crm');
        expect(refused.body.error).toMatchObject({
          code: 'datasource_not_configured',
        });
        expect(called()).toEqual([]);
      },
    );

    it('threats 1: need a grant and a new credential for another host', async () => {
      const wider = settings(['one.test', 'other.test']);
      expect((await save(bob, wider)).body.error).toMatchObject(DENIED);
      domain = at('other.test');
      await refresh();
      expect((await call('crm')).status).toBe(409);

      const granted = await save(jane, wider);
      expect(granted.body.status).toMatchObject({
        ...{ state: 'NOT_AUTHORIZED', reasonCode: 'settings_changed' },
      });
      expect((await call('crm')).status).toBe(409);
      expect(called()).toEqual([]);
    });
  });

  describe('of an instance value', () => {
    const settings = (server: string, bearer?: string) => ({
      name: 'jira',
      baseUrl: 'http://{{authority instance.server}}/rest',
      gateway: ROUTES,
      instance: { server },
      auth: { type: 'static', ...(bearer && { bearer }) },
    });

    it('get calls at their port and below their path', async () => {
      const server = `${at('one.test')}/context`;
      const created = await jane(
        'POST',
        '/datasources',
        settings(server, 'key-1'),
      );
      expect(created.status).toBe(201);
      expect(await call('jira')).toMatchObject({ status: 200 });
      expect(servers['one.test'].last).toMatchObject({
        path: '/context/rest/me',
        headers: { host: at('one.test'), authorization: 'Bearer key-1' },
      });
    });

    it('threats 1: need the secret again, and a grant, at another host or port', async () => {
      for (const server of [
        at('other.test'),
        `one.test:${servers['other.test'].port}`,
      ]) {
        const moved = await save(jane, settings(server));
        expect(moved.body.error).toMatchObject({
          code: 'secrets_required',
          fields: { 'auth.bearer': expect.any(String) },
        });
        const entered = await save(bob, settings(server, 'key-2'));
        expect(entered.body.error).toMatchObject(DENIED);
      }
      await call('jira');
      expect(called()).toEqual(['one.test']);
      expect(servers['one.test'].last.headers.authorization).toBe(
        'Bearer key-1',
      );

      const granted = await save(jane, settings(at('two.test'), 'key-2'));
      expect(granted.status).toBe(200);
      await call('jira');
      expect(servers['two.test'].last.headers.authorization).toBe(
        'Bearer key-2',
      );
      expect(servers['one.test'].requests).toHaveLength(1);
    });

    it.each([
      () => `user@${at('other.test')}`,
      () => `${at('two.test')}/../x`,
      () => `${at('two.test')}?x=1`,
    ])('threats 2: are refused with more than a host (%#)', async server => {
      const refused = await save(jane, settings(server(), 'key-3'));
      expect([refused.status, Object.keys(refused.body.error.fields)]).toEqual([
        400,
        ['instance.server'],
      ]);
    });
  });
});
