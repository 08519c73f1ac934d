import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Caller } from '../access/caller';
import { accessCheck } from './accessCheck';

const user = (userRef: string): Caller => ({
  kind: 'user',
  userRef,
  credentials: mockCredentials.user(userRef),
});
const JANE = user('user:default/jane');
const GUEST = user('user:development/guest');
const PLUGIN: Caller = {
  kind: 'plugin',
  plugin: 'catalog',
  credentials: mockCredentials.service(),
};
const MANAGERS = ['user:default/jane'];

/** Plugins with the modules of each. */
type Installed = Record<string, string[]>;

const check = (options: {
  caller?: Caller;
  managers?: string[];
  all?: boolean;
  on?: boolean;
  fails?: boolean;
  installed?: Installed;
}) =>
  accessCheck({
    permissionsEnabled: options.on ?? true,
    managers: options.managers ?? [],
    caller: options.caller ?? JANE,
    decides: {
      mayChangeAll: async () => {
        if (options.fails) throw new Error('no permission plugin');
        return options.all ?? false;
      },
    },
    instanceMetadata: mockServices.rootInstanceMetadata.mock({
      getInstalledPlugins: async () =>
        Object.entries(options.installed ?? { permission: ['own'] }).map(
          ([pluginId, modules]) => ({
            pluginId,
            modules: modules.map(moduleId => ({ moduleId })),
          }),
        ),
    }),
  });

describe('the check of write access', () => {
  it('recognizes an allow-all policy by its module, for all users of the page', async () => {
    const installed = { permission: ['own', 'allow-all-policy'] };
    for (const options of [{ all: true }, { fails: true }, { caller: PLUGIN }])
      expect(await check({ ...options, installed })).toMatchObject({
        state: 'problem',
        title: 'Every signed-in user may change every datasource',
        remedy: expect.stringContaining('allow-all policy'),
      });
  });

  it('is unknown if the policy allows everything and has no known module, and says what to look at', async () => {
    for (const installed of [
      {},
      { permission: [] },
      { permission: ['own-policy'] },
      { catalog: ['allow-all-policy'] },
    ] as Installed[])
      expect(await check({ all: true, installed })).toMatchObject({
        state: 'unknown',
        detail: 'The policy lets you change every datasource.',
        remedy: expect.stringContaining('policy module'),
      });
  });

  it("is unknown if the policy couldn't be asked", async () => {
    for (const options of [{ fails: true }, { caller: PLUGIN, all: true }])
      expect(await check(options)).toMatchObject({
        state: 'unknown',
        detail: "What the policy allows you couldn't be checked.",
      });
  });

  it('passes if the policy limits the user', async () => {
    for (const managers of [[], MANAGERS])
      expect((await check({ managers })).state).toBe('ok');
  });

  it('is a problem if guests may change everything', async () => {
    expect(await check({ caller: GUEST, all: true })).toMatchObject({
      state: 'problem',
      title: 'Guests may change every datasource',
    });
  });

  it('is a problem if managers have no effect', async () => {
    for (const options of [{ all: true }, { fails: true }])
      expect(await check({ ...options, managers: MANAGERS })).toMatchObject({
        state: 'problem',
        title: 'datasourceAuth.access.managers limits nobody',
      });
  });

  it('uses managers if permissions are off', async () => {
    expect((await check({ on: false })).state).toBe('problem');
    expect((await check({ on: false, managers: MANAGERS })).state).toBe('ok');
  });
});
