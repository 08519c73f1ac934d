import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import {
  errorOf,
  RunningGateway,
  startGateway,
} from '../__testUtils__/startGateway';
import { rawRequest } from './__testUtils__/rawRequest';

jest.setTimeout(60_000);

/** Eve may read but not use; Mallory may neither. */
const permissions = {
  authorizeConditional: async (
    [{ permission }]: QueryPermissionRequest[],
    { credentials }: any,
  ): Promise<DefinitivePolicyDecision[]> => {
    const who = credentials.principal.userEntityRef;
    const denied =
      who === 'user:default/mallory' ||
      (who === 'user:default/eve' && permission.name.endsWith('.use'));
    return [{ result: denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW }];
  },
  authorize: async () => [{ result: AuthorizeResult.ALLOW }],
} as unknown as PermissionsService;

const PATH = '/api/datasource-auth/gateway';

describe('threats 10–12, 18: who may use the gateway', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway(
      () => ({
        crm: { consumers: ['consumer-a'] },
        shut: { gateway: { routes: [] } },
      }),
      { permissions },
    );
    gateway.api.answer(response => response.end('from the API'));
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  const asUser = async (userRef: string, path = '/crm/x') =>
    gateway.call(path, {
      headers: {
        authorization: `Bearer ${await gateway.app.userToken(userRef)}`,
      },
    });
  const asBearer = (token: string, path = '/crm/x') =>
    gateway.call(path, { headers: { authorization: `Bearer ${token}` } });
  const asPlugin = async (
    plugin: 'consumer-a' | 'consumer-b',
    userRef?: string,
  ) => asBearer(await gateway.app.pluginToken(plugin, { userRef }));

  const expectRefused = (
    answer: Awaited<ReturnType<typeof asUser>>,
    status: number,
    code?: string,
  ) => {
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(answer.text).not.toContain('from the API');
    expect(answer.headers['x-datasource-auth-error']).toBe('ours');
    expect(answer.headers['x-datasource-auth-answer']).toBeUndefined();
  };

  it('allows a user with use', async () => {
    const answer = await asUser('user:default/jane');
    expect(answer).toMatchObject({ status: 200, text: 'from the API' });
    expect(answer.headers['x-datasource-auth-error']).toBeUndefined();
  });

  it("refuses a user without use, and doesn't reveal the datasource to one who may not read it", async () => {
    expectRefused(await asUser('user:default/eve'), 403, 'not_allowed');
    const hidden = await asUser('user:default/mallory');
    expectRefused(hidden, 404, 'not_found');
    const missing = await asUser('user:default/mallory', '/missing/x');
    expect(errorOf(missing).message.replace('missing', 'crm')).toBe(
      errorOf(hidden).message,
    );
  });

  it('allows an allowed plugin with its own token, and no other plugin', async () => {
    expect((await asPlugin('consumer-a')).status).toBe(200);
    expectRefused(await asPlugin('consumer-b'), 403, 'consumer_not_allowed');
  });

  it('requires both for a plugin that calls for a user: the list, and use', async () => {
    expect((await asPlugin('consumer-a', 'user:default/jane')).status).toBe(
      200,
    );
    expectRefused(
      await asPlugin('consumer-a', 'user:default/eve'),
      403,
      'not_allowed',
    );
    expectRefused(
      await asPlugin('consumer-b', 'user:default/jane'),
      403,
      'consumer_not_allowed',
    );
  });

  it('refuses external tokens unless they name use, whatever plugin they claim to be', async () => {
    expectRefused(await asBearer('static-token-1'), 403, 'not_allowed');
    expectRefused(await asBearer('static-token-2'), 403, 'not_allowed');
    expect((await asBearer('static-token-3')).status).toBe(200);
  });

  it("doesn't accept a cookie as a sign-in", async () => {
    const token = await gateway.app.userToken('user:default/jane');
    const before = gateway.api.seen.length;
    for (const cookie of [token, limitedOf(token)]) {
      const answer = await rawRequest(gateway.app.url, `${PATH}/crm/x`, {
        headers: { cookie: `backstage-auth=${cookie}` },
      });
      expect(answer.status).toBe(401);
    }
    expect(gateway.api.seen.length).toBe(before);
  });

  it("doesn't accept a limited token, which pages get for their cookie, in the header either", async () => {
    const token = await gateway.app.userToken('user:default/jane');
    expect((await asBearer(limitedOf(token))).status).toBe(401);
  });

  it('is closed until there are routes', async () => {
    const answer = await asUser('user:default/jane', '/shut/x');
    expectRefused(answer, 403, 'gateway_closed');
    expect(errorOf(answer).message).toContain('has no routes');
  });

  it('counts allowed and refused callers', async () => {
    await asUser('user:default/jane', '/shut/x');
    await gateway.app.flush();
    const jane = await gateway.app.user('user:default/jane');
    const lines = async (name: string) =>
      Object.fromEntries(
        (await jane('GET', `/datasources/${name}/consumers`)).body.items.map(
          (line: any) => [line.plugin, line],
        ),
      );
    const crm = await lines('crm');
    expect(crm['consumer-a'].handOuts24h).toBe(2);
    expect(crm['consumer-b']).toMatchObject({
      allowed: false,
      handOuts24h: 0,
      refusals24h: 2,
    });
    expect(crm['@users']).toMatchObject({ allowed: true, handOuts24h: 1 });
    expect(crm['@users'].refusals24h).toBe(2);
    expect(crm['@external']).toMatchObject({ handOuts24h: 1, refusals24h: 2 });
    expect((await lines('shut'))['@users']).toMatchObject({
      handOuts24h: 0,
      refusals24h: 2,
    });
  });

  it('never shows the token', async () => {
    for (const answer of [
      await asUser('user:default/jane'),
      await asUser('user:default/eve'),
      await asUser('user:default/jane', '/shut/x'),
    ]) {
      expect(JSON.stringify(answer)).not.toMatch(/token-\d/);
    }
    expect(gateway.api.last.headers.authorization).toMatch(/^Bearer token-\d$/);
  });
});

/** The token that Backstage puts into its cookie, derived from the user's own. */
function limitedOf(token: string): string {
  const [header, payload] = token
    .split('.')
    .slice(0, 2)
    .map(part => JSON.parse(Buffer.from(part, 'base64url').toString()));
  const encode = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    encode({ ...header, typ: 'vnd.backstage.limited-user' }),
    encode({ sub: payload.sub, iat: payload.iat, exp: payload.exp }),
    payload.uip,
  ].join('.');
}
