import { createHmac } from 'node:crypto';
import { createDemoProvider, type DemoProvider } from './createDemoProvider';
import { demoAccounts } from './demoAccounts';
import { demoIssuers } from './signedJwts';
import { TestClient } from './__testUtils__/TestClient';
import { tokenHash } from './tokenHash';

describe('the protected API', () => {
  let provider: DemoProvider;
  let machine: TestClient;

  beforeAll(async () => {
    provider = await createDemoProvider();
    machine = TestClient.of(provider, 'demo-machine');
  });
  afterAll(() => provider.close());

  async function machineToken(scope: string): Promise<string> {
    const { body } = await machine.token({
      grant_type: 'client_credentials',
      scope,
    });
    return body.access_token;
  }

  it('responds to a client with its own token (client credentials)', async () => {
    const token = await machineToken('read');
    expect(await machine.api(token)).toMatchObject({
      status: 200,
      body: {
        client: 'demo-machine',
        account: null,
        scope: 'read',
        tokenHash: tokenHash(token),
      },
    });
  });

  it('N1: responds to the API key, and to no other', async () => {
    const me = (key: string) =>
      fetch(`${provider.url}/api/me`, { headers: { 'x-api-key': key } });
    const accepted = await me('demo-only-api-key');
    expect([accepted.status, await accepted.json()]).toEqual([
      200,
      { client: 'api-key' },
    ]);
    expect((await me('another')).status).toBe(401);
  });

  it('N3: responds to a JWT of a trusted issuer, and to no other', async () => {
    const me = async (
      claims: object = {},
      { key = demoIssuers()['demo-backstage'], alg = 'HS256' } = {},
    ) => {
      const part = (value: object) =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      const content = `${part({ alg })}.${part({
        iss: 'demo-backstage',
        aud: `${provider.issuer}/api`,
        exp: Date.now() / 1000 + 60,
        ...claims,
      })}`;
      const signature = createHmac('sha256', key).update(content);
      const { status, body } = await machine.api(
        `${content}.${signature.digest('base64url')}`,
      );
      return [status, body.client];
    };
    expect(await me()).toEqual([200, 'demo-backstage']);
    expect(await me({ aud: provider.issuer })).toEqual([401, undefined]);
    expect(await me({ exp: 1 })).toEqual([401, undefined]);
    expect(await me({ iss: 'toString' })).toEqual([401, undefined]);
    expect(await me({}, { key: 'another' })).toEqual([401, undefined]);
    expect(await me({}, { alg: 'none' })).toEqual([401, undefined]);
  });

  it('responds to a client with a password (RFC 6749 section 4.3)', async () => {
    const legacy = TestClient.of(provider, 'demo-legacy');
    const [, robot] = demoAccounts;
    const granted = await legacy.token({
      grant_type: 'password',
      username: robot.username,
      password: robot.password,
      scope: 'read',
    });
    expect(granted.body.refresh_token).toBeUndefined();
    expect((await legacy.api(granted.body.access_token)).body).toMatchObject({
      client: 'demo-legacy',
      account: 'robot',
    });

    const refused = await legacy.token({
      grant_type: 'password',
      username: robot.username,
      password: 'wrong',
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('rejects a request without a token, and names no error (RFC 6750 section 3)', async () => {
    const answer = await machine.api(undefined);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toBe('Bearer realm="demo-api"');
  });

  it('rejects an unknown token', async () => {
    const answer = await machine.api('no-such-token');
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
  });

  it('rejects an expired token', async () => {
    const token = await machineToken('read');
    expect((await machine.api(token)).status).toBe(200);

    const later = Date.now() + 3_600_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
    const answer = await machine.api(token);
    clock.mockRestore();
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
    expect(answer.challenge).toContain('The access token expired');
  });

  it('rejects a revoked token', async () => {
    const token = await machineToken('read');
    await machine.post('/revoke', { token });
    expect((await machine.api(token)).challenge).toContain('invalid_token');
  });

  it('rejects a token without the scope, and names the scope', async () => {
    const token = await machineToken('write');
    const answer = await machine.api(token);
    expect(answer.status).toBe(403);
    expect(answer.challenge).toContain('error="insufficient_scope"');
    expect(answer.challenge).toContain('scope="read"');
  });

  it('returns what belongs to a person, and nothing to a machine', async () => {
    const web = TestClient.of(provider, 'demo-web');
    const { body } = await web.authorize();
    const mine = await machine.api(body.access_token, '/api/things/mine');
    expect(mine).toMatchObject({
      status: 200,
      body: { account: demoAccounts[0].username },
    });
    expect(
      await machine.api(await machineToken('read'), '/api/things/mine'),
    ).toMatchObject({ status: 403 });
  });

  it('requires a token with write to add things', async () => {
    const add = { method: 'POST', body: JSON.stringify({ title: 'New' }) };
    const reader = await machineToken('read');
    const writer = await machineToken('read write');

    expect((await machine.api(reader, '/api/things', add)).status).toBe(403);
    expect((await machine.api(writer, '/api/things', add)).status).toBe(201);
    expect(
      (await machine.api(reader, '/api/things')).body.things,
    ).toContainEqual({ id: 3, title: 'New' });
  });

  it('counts requests, and reveals no token', async () => {
    const token = await machineToken('read');
    const response = await fetch(`${provider.url}/stats`);
    const text = await response.text();

    expect(JSON.parse(text)).toMatchObject({
      tokenCalls: {
        client_credentials: { granted: expect.any(Number), refused: 0 },
        password: { granted: 1, refused: 1 },
      },
      accessTokens: { 'demo-machine': { latestHash: tokenHash(token) } },
      apiCalls: { ok: expect.any(Number), unauthorized: 10, forbidden: 3 },
    });
    expect(text).not.toContain(token);
  });

  it('describes to a client only its own tokens (RFC 7662)', async () => {
    const token = await machineToken('read');
    const own = await machine.post('/introspect', { token });
    expect(await own.json()).toMatchObject({ active: true, scope: 'read' });

    const legacy = TestClient.of(provider, 'demo-legacy');
    const foreign = await legacy.post('/introspect', { token });
    expect(await foreign.json()).toEqual({ active: false });
  });
});
