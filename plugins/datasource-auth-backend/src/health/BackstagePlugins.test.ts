import { mockServices } from '@backstage/backend-test-utils';
import { LocalServer } from '../egress/__testUtils__/LocalServer';
import { BackstagePlugins } from './BackstagePlugins';
import { pluginChecks } from './pluginChecks';

describe('BackstagePlugins', () => {
  let server: LocalServer;
  let plugins: BackstagePlugins;

  beforeAll(async () => {
    server = await LocalServer.start((response, request) => {
      const status = Number(request.path.split('/')[2]);
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(status === 418 ? 'no JSON' : '{"keys":[]}');
    });
    plugins = new BackstagePlugins({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async plugin => `${server.url}/api/${plugin}`,
        getExternalBaseUrl: async plugin => `${server.url}/api/${plugin}`,
      },
    });
  });

  afterAll(() => server.stop());

  it('calls as a plugin, and returns the response', async () => {
    expect(await plugins.get('200', '/x')).toEqual({
      status: 200,
      body: { keys: [] },
    });
    const [{ path, headers }] = server.requests.slice(-1);
    expect(path).toBe('/api/200/x');
    expect(headers.authorization).toMatch(/^Bearer mock-service-token:/);
  });

  it("returns undefined if the response can't be read or is missing", async () => {
    expect(await plugins.get('418', '/x')).toBeUndefined();
    const nowhere = new BackstagePlugins({
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
    });
    expect(await nowhere.get('any', '/x')).toBeUndefined();
    expect(await nowhere.isInstalled('any')).toBeUndefined();
  });

  it.each([
    ['200', true],
    ['401', true],
    ['404', false],
    ['503', undefined],
  ])(
    'with status %s, reports the plugin as installed: %p',
    async (status, installed) => {
      expect(await plugins.isInstalled(status)).toBe(installed);
    },
  );
});

describe('pluginChecks', () => {
  const checks = (found: boolean | undefined) =>
    pluginChecks({ isInstalled: async () => found });

  it('says what each installed plugin is used for', async () => {
    expect(
      (await checks(true)).map(({ id, state, title }) => [id, state, title]),
    ).toEqual([
      ['notifications', 'ok', 'Notifications are installed'],
      ['signals', 'ok', 'Signals are installed'],
      ['events', 'ok', 'The events plugin is installed'],
    ]);
  });

  it('says what to do about a missing plugin', async () => {
    const found = await checks(false);
    expect(found.map(({ title }) => title)).toEqual([
      "Notifications aren't installed",
      'Open pages check for changes once a minute',
      'Events only reach plugins in the same process',
    ]);
    for (const { detail, remedy } of found) {
      expect(`${detail} ${remedy}`).toMatch(/Install the \w+ plugin/);
    }
    // Without notifications, nobody is notified, so this one is advice.
    expect(found.map(({ state }) => state)).toEqual(['advice', 'ok', 'ok']);
  });

  it('says that a check failed if no plugin responds', async () => {
    for (const { state, remedy } of await checks(undefined)) {
      expect(state).toBe('unknown');
      expect(remedy).toContain('discovery');
    }
  });
});
