import { settingsOf } from '../__testUtils__/settings';
import {
  mergeSecrets,
  parseSecrets,
  resolveSettings,
  serializeSecrets,
  splitSecrets,
  viewSettings,
} from './secrets';
import { oauthOf } from './oauthOf';

const secret = (value?: string | null) => ({ secret: true, value });

/** Settings with a secret in every possible place. */
const EVERYWHERE = settingsOf(
  { instance: { tenant: 'acme', key: secret('hush-1') } },
  {
    clientSecret: 'hush-2',
    password: 'hush-3',
    clientAssertion: { key: 'hush-4', kid: 'kid-1' },
    authorize: {
      params: { a: secret('hush-5'), prompt: 'consent' },
      pushedRequestUrl: 'https://login.example.com/par',
    },
    token: {
      params: { b: secret('hush-6') },
      query: { c: secret('hush-7') },
      headers: { 'X-Key': secret('hush-8') },
    },
    refresh: { params: { d: secret('hush-9') } },
  },
);

const PATHS = {
  'instance.key': 'hush-1',
  'auth.clientSecret': 'hush-2',
  'auth.password': 'hush-3',
  'auth.clientAssertion.key': 'hush-4',
  'auth.authorize.params.a': 'hush-5',
  'auth.token.params.b': 'hush-6',
  'auth.token.query.c': 'hush-7',
  'auth.token.headers.X-Key': 'hush-8',
  'auth.refresh.params.d': 'hush-9',
};

describe('secrets of settings', () => {
  it('[checklist 46] are removed from every place that can contain one', () => {
    const { settings, changes } = splitSecrets(EVERYWHERE);
    expect(Object.fromEntries(changes)).toEqual(PATHS);
    expect(JSON.stringify(settings)).not.toContain('hush');
    expect(settings.instance).toEqual({
      tenant: 'acme',
      key: { secret: true },
    });
    const auth = oauthOf(settings);
    expect(auth.token.headers).toEqual({ 'X-Key': { secret: true } });
    expect(auth.clientAssertion).toEqual({
      kid: 'kid-1',
      alg: 'RS256',
    });
  });

  it('are removed without changing the input', () => {
    const before = structuredClone(EVERYWHERE);
    splitSecrets(EVERYWHERE);
    expect(EVERYWHERE).toEqual(before);
  });

  it('are inserted for a call to the provider', () => {
    const { settings, changes } = splitSecrets(EVERYWHERE);
    const { auth, instance } = resolveSettings(
      settings,
      new Map(changes as Map<string, string>),
    );
    expect(instance).toEqual({ tenant: 'acme', key: 'hush-1' });
    expect(auth).toMatchObject({
      clientSecret: 'hush-2',
      password: 'hush-3',
      clientAssertion: { key: 'hush-4', kid: 'kid-1' },
      authorize: { params: { a: 'hush-5', prompt: 'consent' } },
      token: {
        params: { b: 'hush-6' },
        query: { c: 'hush-7' },
        headers: { 'X-Key': 'hush-8' },
      },
      refresh: { params: { d: 'hush-9' } },
    });
    expect(JSON.stringify(settings)).not.toContain('hush');
  });

  it('are omitted from a call if not set', () => {
    const { settings } = splitSecrets(EVERYWHERE);
    const { auth, instance } = resolveSettings(settings, new Map());
    expect(instance).toEqual({ tenant: 'acme' });
    expect(auth.token).toMatchObject({ params: {}, query: {}, headers: {} });
    expect(auth.clientSecret).toBeUndefined();
  });

  it('keep any value when they are serialized for encryption', () => {
    const secrets = new Map([
      ['auth.clientSecret', 'ünï"\\\u0000'],
      ['auth.token.params.__proto__', 'x'],
    ]);
    expect(parseSecrets(serializeSecrets(secrets))).toEqual(secrets);
  });

  describe('in a write', () => {
    const saved = new Map(Object.entries(PATHS));
    const merged = (auth: Record<string, unknown>, change = {}) =>
      Object.fromEntries(
        mergeSecrets(
          saved,
          splitSecrets(
            settingsOf(change, { clientSecret: undefined, ...auth }),
          ),
        ),
      );

    it('are kept if it omits a named one', () => {
      expect(merged({})).toEqual({
        'auth.clientSecret': 'hush-2',
        'auth.password': 'hush-3',
        'auth.clientAssertion.key': 'hush-4',
      });
    });

    it('are kept if it sends back the result of a read', () => {
      expect(
        merged(
          {
            clientSecret: { set: true, updatedAt: 1, updatedBy: 'jane' },
            token: { headers: { 'X-Key': { secret: true, set: true } } },
          },
          { instance: { key: { secret: true } } },
        ),
      ).toMatchObject({
        'auth.clientSecret': 'hush-2',
        'auth.token.headers.X-Key': 'hush-8',
        'instance.key': 'hush-1',
      });
    });

    it.each([null, ''])('are removed by %j', value => {
      expect(merged({ clientSecret: value })).not.toHaveProperty([
        'auth.clientSecret',
      ]);
    });

    it('are removed by a value of null', () => {
      expect(
        merged({ token: { headers: { 'X-Key': secret(null) } } }),
      ).not.toHaveProperty(['auth.token.headers.X-Key']);
    });

    it('are replaced by a new value', () => {
      expect(
        merged({
          clientSecret: 'new',
          token: { headers: { 'X-Key': secret('newer') } },
        }),
      ).toMatchObject({
        'auth.clientSecret': 'new',
        'auth.token.headers.X-Key': 'newer',
      });
    });

    it('are deleted, not revealed, when a value is no longer marked as secret', () => {
      const write = settingsOf({}, { token: { headers: { 'X-Key': '' } } });
      const { settings, ...change } = splitSecrets(write);
      const after = mergeSecrets(saved, change);
      expect(after.has('auth.token.headers.X-Key')).toBe(false);
      const marked = splitSecrets(
        settingsOf({}, { token: { headers: { 'X-Key': { secret: true } } } }),
      );
      expect(mergeSecrets(after, marked).has('auth.token.headers.X-Key')).toBe(
        false,
      );
      expect(JSON.stringify(viewSettings(settings, {}))).not.toContain('hush');
    });
  });

  describe('in a read', () => {
    it('show that they are set, since when and by whom, but no value', () => {
      const { settings } = splitSecrets(EVERYWHERE);
      const infos = Object.fromEntries(
        Object.keys(PATHS).map(path => [
          path,
          { updatedAt: 5, updatedBy: 'user:default/jane' },
        ]),
      );
      const view: any = viewSettings(settings, infos);
      const info = { set: true, updatedAt: 5, updatedBy: 'user:default/jane' };
      expect(view.auth).toMatchObject({
        clientSecret: info,
        password: info,
        clientAssertion: { key: info, kid: 'kid-1' },
        token: { headers: { 'X-Key': { secret: true, set: true } } },
      });
      expect(view.instance).toEqual({
        tenant: 'acme',
        key: { secret: true, set: true },
      });
      expect(JSON.stringify(view)).not.toContain('hush');
    });

    it('show that they are not set', () => {
      const { settings } = splitSecrets(EVERYWHERE);
      const view: any = viewSettings(settings, {});
      expect(view.auth).not.toHaveProperty('clientSecret');
      expect(view.auth).not.toHaveProperty('password');
      expect(view.auth.clientAssertion).toEqual({ kid: 'kid-1', alg: 'RS256' });
      expect(view.auth.token.params.b).toEqual({ secret: true, set: false });
    });

    it('show a secret only in its own place', () => {
      const { settings } = splitSecrets(EVERYWHERE);
      const view: any = viewSettings(settings, { 'auth.token.params.b': {} });
      expect(view.auth.token.params.b.set).toBe(true);
      expect(view.auth.token.query.c.set).toBe(false);
      expect(view.auth.refresh.params.d.set).toBe(false);
    });
  });
});
