import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readDatasourceAuthConfig } from './config';

const BASE = 'https://backstage.example/api/datasource-auth';
const KEYS = { keys: [{ id: 'k1', secret: 'x'.repeat(32) }] };

const read = (datasourceAuth: JsonObject = {}, root: JsonObject = {}) =>
  readDatasourceAuthConfig(
    new ConfigReader({
      app: { baseUrl: 'https://backstage.example/' },
      datasourceAuth: { encryption: KEYS, ...datasourceAuth },
      ...root,
    }),
    BASE,
  );

describe('the configuration', () => {
  it('has defaults for everything except the encryption key', () => {
    expect(read()).toEqual({
      encryptionKeys: KEYS.keys,
      sealWith: undefined,
      managers: [],
      permissionsEnabled: false,
      baseUrl: BASE,
      callbackUrl: `${BASE}/oauth/callback`,
      pageUrl: 'https://backstage.example/datasource-auth',
      passwordGrantEnabled: true,
      refreshBeforeExpiry: 5 * 60_000,
      sweepEvery: 30_000,
      activityKeep: 90 * 24 * 60 * 60_000,
      adoptCredentials: undefined,
      files: [],
      sharedUsers: ['user:development/guest'],
      maxDelegation: 30 * 24 * 60 * 60_000,
      presence: 'catalog',
      unusedAfter: 90 * 24 * 60 * 60_000,
    });
  });

  it('N10: knows the users that several people share', () => {
    const shared = (people: object, auth?: object) =>
      read({ people }, auth && { auth: { providers: { guest: auth } } })
        .sharedUsers;
    const named = { sharedUsers: ['User:Default/Kiosk', 'user:default/kiosk'] };
    const guest = 'user:development/guest';
    expect(shared(named)).toEqual([guest, 'user:default/kiosk']);
    expect(shared({}, { userEntityRef: 'user:default/anyone' })).toEqual([
      guest,
      'user:default/anyone',
    ]);
    expect(
      shared({}, { development: { userEntityRef: 'user:default/dev' } }),
    ).toEqual([guest, 'user:default/dev']);
    expect(() => shared({ sharedUsers: ['group:default/team'] })).toThrow(
      'must name users',
    );
  });

  it('N10: knows whether people who leave the catalog are disconnected', () => {
    const presence = (value: string) =>
      read({ people: { presence: value } }).presence;
    expect(presence('off')).toBe('off');
    expect(() => presence('ldap')).toThrow("must be 'catalog' or 'off'");
  });

  it('uses the values that are set', () => {
    expect(
      read(
        {
          access: { managers: ['group:default/platform'] },
          passwordGrant: { enabled: false },
          refresh: { beforeExpiry: { minutes: 1 }, sweep: { every: '5s' } },
          activity: { keep: { days: 1 } },
          adoptCredentials: 'https://x.example/callback',
          pageUrl: 'https://portal.example/apis/',
        },
        { permission: { enabled: true } },
      ),
    ).toMatchObject({
      managers: ['group:default/platform'],
      permissionsEnabled: true,
      passwordGrantEnabled: false,
      refreshBeforeExpiry: 60_000,
      sweepEvery: 5_000,
      activityKeep: 86_400_000,
      adoptCredentials: 'https://x.example/callback',
      pageUrl: 'https://portal.example/apis',
    });
  });

  it('throws, and says so, if the environment variable of a key is not set', () => {
    expect(() => read({ encryption: { keys: [{ id: 'k1' }] } })).toThrow(
      /'k1'.*has no secret\. Set its environment variable.*openssl rand -base64 32/,
    );
  });

  it('S4.8, X0.1 keeps the callback URL byte for byte', () => {
    for (const callbackUrl of [
      'https://backstage.example/admin/oauth/',
      'https://backstage.example/admin/oauth',
      'http://localhost:7007/cb',
      'https://Backstage.example:443/cb',
    ]) {
      expect(read({ callbackUrl }).callbackUrl).toBe(callbackUrl);
    }
  });

  it.each([
    ['callbackUrl', '/oauth/callback'],
    ['callbackUrl', 'backstage.example/callback'],
    ['callbackUrl', 'ftp://backstage.example/callback'],
    ['callbackUrl', 'https://backstage.example/callback?x=y'],
    ['callbackUrl', 'https://backstage.example/callback#x'],
    ['pageUrl', '/datasource-auth'],
    ['pageUrl', 'file:///datasource-auth'],
    ['pageUrl', 'https://backstage.example/#/datasource-auth'],
  ])('rejects %s: %s', (key, value) => {
    expect(() => read({ [key]: value })).toThrow(
      new RegExp(`^datasourceAuth\\.${key} `),
    );
  });

  it('rejects an invalid duration', () => {
    expect(() => read({ refresh: { beforeExpiry: 'soon' } })).toThrow(
      /refresh\.beforeExpiry/,
    );
  });
});
