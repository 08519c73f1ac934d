import { mockCredentials } from '@backstage/backend-test-utils';
import { Caller } from '../access/caller';
import { accessCheck } from './accessCheck';

const user = (userRef: string): Caller => ({
  kind: 'user',
  userRef,
  credentials: mockCredentials.user(userRef),
});
const JANE = user('user:default/jane');
const GUEST = user('user:development/guest');
const MANAGERS = ['user:default/jane'];

const check = (options: {
  caller?: Caller;
  managers?: string[];
  all?: boolean;
  on?: boolean;
  fails?: boolean;
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
      isManager: async ({ userRef }) =>
        (options.managers ?? []).includes(userRef),
    },
  });

describe('the check of write access', () => {
  it("is a problem if the policy allows everything to guests, or to a user who isn't a manager", async () => {
    for (const options of [
      { caller: GUEST, all: true },
      { caller: GUEST, all: true, managers: MANAGERS },
      { caller: user('user:default/bob'), all: true, managers: MANAGERS },
    ]) {
      const { state, detail, remedy } = await check(options);
      expect(state).toBe('problem');
      expect(detail).toMatch(/^The policy lets (guests|you) change every/);
      expect(remedy).toContain('allow-all policy');
    }
  });

  it('is a problem if managers have no effect, unless the policy limits the user', async () => {
    expect(await check({ all: true, managers: MANAGERS })).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('no effect'),
    });
    expect(
      await check({ caller: user('user:default/bob'), managers: MANAGERS }),
    ).toMatchObject({ state: 'ok' });
  });

  it("is unknown if the policy couldn't be checked", async () => {
    expect((await check({ fails: true })).state).toBe('unknown');
    const plugin: Caller = {
      kind: 'plugin',
      plugin: 'catalog',
      credentials: mockCredentials.service(),
    };
    expect((await check({ caller: plugin, all: true })).state).toBe('unknown');
    expect((await check({ fails: true, managers: MANAGERS })).state).toBe(
      'problem',
    );
  });

  it('uses managers if permissions are off', async () => {
    expect((await check({ on: false })).state).toBe('problem');
    expect((await check({ on: false, managers: MANAGERS })).state).toBe('ok');
  });
});
