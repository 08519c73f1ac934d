import { machine } from '../__testUtils__/demoSettings';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(60_000);

const SECRET = 'api:key with spaces';

describe('a client with only a secret', () => {
  const { jane, servers } = useApp({
    servers: {
      provider: json({
        access_token: 'at',
        token_type: 'bearer',
        expires_in: 3600,
      }),
    },
  });
  const { provider } = servers;

  function settingsOf(name: string, auth: Record<string, unknown>) {
    const settings = machine(name, `http://localhost:${provider.port}`);
    Object.assign(settings.auth, { clientSecret: SECRET }, auth);
    return settings;
  }

  const create = async (name: string, auth: Record<string, unknown>) =>
    expect(
      (await jane('POST', '/datasources', settingsOf(name, auth))).status,
    ).toBe(201);

  const read = async (name: string) =>
    (await jane('GET', `/datasources/${name}`)).body;

  it.each([
    ['client_secret_basic', 'api%3Akey+with+spaces:'],
    ['client_secret_basic_raw', `${SECRET}:`],
  ])(
    'can be configured, and sends the secret as the username of the Basic header: %s',
    async (clientAuthentication, credentials) => {
      const name = clientAuthentication.replace(/_/g, '-');
      await create(name, { clientId: '', clientAuthentication });
      expect(await read(name)).toMatchObject({
        auth: { clientId: '', clientAuthentication },
        status: { state: 'NOT_AUTHORIZED', reasonCode: 'none' },
      });
      const granted = await jane('POST', '/authorizations', {
        datasource: name,
        commit: true,
      });
      expect(granted.status).toBe(201);
      expect(provider.last.headers.authorization).toBe(
        `Basic ${Buffer.from(credentials).toString('base64')}`,
      );
      expect(provider.last.form.has('client_id')).toBe(false);
      expect((await read(name)).status.state).toBe('AUTHORIZED');
    },
  );

  it.each([
    ['has no client ID by mistake', { clientId: undefined }],
    [
      'is sent in the body',
      { clientId: '', clientAuthentication: 'client_secret_post' },
    ],
  ])('sends nothing if it %s', async (_, auth) => {
    const before = provider.requests.length;
    const name = `incomplete-${Object.keys(auth).length}`;
    await create(name, auth);
    expect((await read(name)).status).toMatchObject({
      state: 'NOT_CONFIGURED',
      missing: ['auth.clientId'],
    });
    const refused = await jane('POST', '/authorizations', {
      datasource: name,
      commit: true,
    });
    expect(refused.status).toBe(409);
    expect(provider.requests).toHaveLength(before);
  });

  it('returns its explicit empty settings as saved', async () => {
    const empty = {
      clientId: '',
      token: {
        url: `http://localhost:${provider.port}/token`,
        params: { first: '1' },
        grantType: '',
      },
      refresh: { params: {}, grantType: '' },
    };
    await create('empty', empty);
    expect((await read('empty')).auth).toMatchObject(empty);
  });
});
