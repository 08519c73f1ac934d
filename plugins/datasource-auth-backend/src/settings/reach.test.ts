import {
  AuthSettings,
  DatasourceSettings,
} from 'backstage-plugin-datasource-auth-common';
import { bareSettingsOf, settingsOf } from '../__testUtils__/settings';
import { consentFingerprint } from './consentFingerprint';
import { widens } from './reach';

type Change = Record<string, any>;

const BASE = {
  baseUrl: 'https://api.example.com/v1/public?tenant=acme',
  allowedHosts: ['files.example.com'],
  consumers: ['catalog'],
  gateway: { routes: [{ methods: ['GET'], path: '/items/*' }] },
  instance: { tier: 'read', area: 'public' },
};
const AUTH = {
  scopes: ['read', 'items:{{instance.tier}}'],
  resource: ['https://api.example.com/'],
  audience: 'api',
  authorize: {
    url: 'https://login.example.com/authorize',
    params: { team: '{{instance.area}}', prompt: 'consent' },
  },
  token: { url: 'https://login.example.com/token', params: { realm: 'a' } },
};

const settings = (change: Change = {}, auth: Change = {}) =>
  settingsOf({ ...BASE, ...change }, { ...AUTH, ...auth });
const bare = (change: Change = {}, auth: Change = {}) =>
  bareSettingsOf({ ...BASE, ...change }, { ...AUTH, ...auth });
const widened = (change: Change, auth: Change = {}, from = bare()) =>
  widens(from, settings(change, auth));
const to = (baseUrl: string) => widened({ baseUrl });
const withInstance = (instance: Change) => ({
  instance: { ...BASE.instance, ...instance },
});

/** For each setting, a change that widens the reach of credentials, or the reason why no change can. */
type Judged<T> = Record<keyof T, Change | string>;

const SETTINGS: Judged<DatasourceSettings> = {
  name: 'never changes',
  title: 'text shown to users',
  description: 'text shown to users',
  owner: 'policies see it before and after the change',
  tags: 'policies see them before and after the change',
  baseUrl: { baseUrl: 'https://api.example.com/v1?tenant=acme' },
  allowedHosts: { allowedHosts: ['files.example.com', 'b.example'] },
  testPath: 'stays within the base URL and the allowed hosts',
  consumers: { consumers: ['catalog', 'search'] },
  subjects: { subjects: 'both' },
  gateway: { gateway: { routes: [{ methods: ['GET'], path: '/**' }] } },
  instance: withInstance({ tier: 'admin' }),
  api: { api: { headers: { 'X-Tenant': 'other' } } },
  clientCertificate: 'proves the same caller, as a secret does',
  senderConstraint: 'another key for the same access: bound',
  auth: 'judged below',
  importedFrom: 'says where settings come from',
};
const AUTH_SETTINGS: Judged<AuthSettings<'oauth2'>> = {
  type: 'another credential: bound',
  grantType: 'another credential: bound',
  clientId: 'another credential: bound',
  clientSecret: 'proves the same client',
  clientSecretExpiresAt: 'a date shown to users',
  clientAssertion: 'proves the same client',
  clientAuthentication: 'proves the same client',
  username: 'another credential: bound',
  password: 'proves the same user',
  assertion: 'another credential: bound',
  issuer: 'another provider: bound',
  requireIss: 'a check',
  authorize: { authorize: { ...AUTH.authorize, params: { user_scope: 'a' } } },
  callback: 'reads the response',
  redirectUri: 'where the browser returns',
  token: { token: { ...AUTH.token, params: { realm: 'b' } } },
  refresh: { refresh: { params: { team: 'b' } } },
  revoke: 'ends tokens',
  scopes: { scopes: [...AUTH.scopes, 'write'] },
  scopeSeparator: { scopeSeparator: ' * ' },
  resource: { resource: ['https://admin.example.com/'] },
  audience: { audience: 'admin' },
  pkce: 'protects the exchange',
  response: 'reads the response: bound',
  defaultLifetimeSeconds: 'when tokens are refreshed',
  refreshBeforeExpirySeconds: 'when tokens are refreshed',
  timeouts: 'how long calls can take',
  rejectedStatuses: 'when tokens are refreshed',
  header: 'where the token is put in a request to the same API',
};

const terms = (of: ReturnType<typeof bare>) =>
  consentFingerprint({ record: { settings: of }, secrets: new Map() });

const changes = (inputsHash: object, inAuth: boolean) =>
  Object.entries(inputsHash)
    .filter(([, change]) => typeof change !== 'string')
    .map(([name, change]): [string, Change, Change] =>
      inAuth ? [`auth.${name}`, {}, change] : [name, change, {}],
    );

describe('threats 31: the reach of a credential', () => {
  it.each([...changes(SETTINGS, false), ...changes(AUTH_SETTINGS, true)])(
    'is widened by %s, which voids open requests',
    (_, change, auth) => {
      expect(widened(change, auth)).toBe(true);
      expect(terms(bare(change, auth))).not.toBe(terms(bare()));
    },
  );

  it('N5 is widened by the scopes of a refresh', () => {
    expect(widened({}, { refresh: { scopes: ['admin'] } })).toBe(true);
  });

  it('N10: is widened by the accounts of people, and by a shared one', () => {
    const from = (subjects: string) => bare({ subjects });
    expect(widened({ subjects: 'user' })).toBe(true);
    expect(widened({ subjects: 'both' }, {}, from('user'))).toBe(true);
    expect(widened({}, {}, from('user'))).toBe(true);
    expect(widened({ subjects: 'user' }, {}, from('both'))).toBe(false);
    expect(widened({ subjects: 'service' }, {}, from('both'))).toBe(false);
    expect(widened({ subjects: 'service' })).toBe(false);
  });

  it('is not widened by unchanged settings', () => {
    expect(widened({})).toBe(false);
    expect(terms(bare())).toBe(terms(bare({ title: 'CRM' })));
  });

  it.each([
    'https://api.example.com/v1/public?tenant=acme',
    'https://api.example.com/v1/public/?tenant=acme',
    'https://api.example.com/v1/public/items?tenant=acme',
    'https://api.example.com/v1/public?tenant=acme&page=1',
    'https://API.example.com/v1/x/../public?tenant=acme',
    'https://api.example.com/v1/{{instance.area}}?tenant=acme',
  ])('is not widened by a base URL at or below the old one: %s', baseUrl => {
    expect(to(baseUrl)).toBe(false);
  });

  it.each([
    'https://api.example.com/v1/public',
    'https://api.example.com/v1/public?tenant=other',
    'https://api.example.com/v1/public?tenant=acme&tenant=other',
    'https://api.example.com/v1/public?tenant=acme&Tenant=other',
    'https://api.example.com/v1/public?tenant=acme&tenant[]=other',
    'https://api.example.com/v1/public?tenant=acme&page=1;tenant=other',
    'https://api.example.com/v1?tenant=acme',
    'https://api.example.com/?tenant=acme',
    'https://api.example.com/v1/publicity?tenant=acme',
    'https://api.example.com/v1/public/..?tenant=acme',
    'https://api.example.com/v1/public/%2e%2e?tenant=acme',
    'https://api.example.com/v1/public/..%2fadmin?tenant=acme',
    'https://api.example.com/v1/public/%252e%252e/x?tenant=acme',
    'https://api.example.com/v1/public/..;/admin?tenant=acme',
    'https://api.example.com/v1/{{instance.tier}}?tenant=acme',
    'https://other.example.com/v1/public?tenant=acme',
    'http://api.example.com/v1/public?tenant=acme',
    'https://{{kept.host}}/v1/public?tenant=acme',
  ])('is widened by a base URL next to or above it: %s', baseUrl => {
    expect(to(baseUrl)).toBe(true);
  });

  it('is not widened by a path alone if no plugin is allowed', () => {
    const unserved = { consumers: [], gateway: undefined };
    const change = { ...unserved, baseUrl: 'https://api.example.com/' };
    expect(widened(change, {}, bare(unserved))).toBe(false);
    expect(widened({ ...change, consumers: ['catalog'] })).toBe(true);
    expect(
      widened({ ...unserved, baseUrl: 'https://evil.example' }, {}, bare()),
    ).toBe(true);
  });

  it.each<[string, Change]>([
    ['scopes', { scopes: [] }],
    ['a resource', { resource: [] }],
    ['an audience', { audience: undefined }],
  ])(
    'is widened by a request without %s, because the provider then chooses',
    (_, auth) => {
      expect(widened({}, auth)).toBe(true);
    },
  );

  it.each<[string, Change]>([
    ['authorize', { authorize: { url: `${AUTH.authorize.url}?user_scope=a` } }],
    [
      'token',
      { token: { ...AUTH.token, url: `${AUTH.token.url}?user_scope=a` } },
    ],
  ])('is widened by a parameter in the query of the %s URL', (_, auth) => {
    expect(widened({}, auth)).toBe(true);
    expect(terms(bare({}, auth))).not.toBe(terms(bare()));
  });

  it.each<[string, string]>([
    ['behind a second question mark', '??&access=admin'],
    ['with an existing name', '?access=admin&access=read'],
  ])('is widened by a parameter %s', (_, query) => {
    const at = (url: string) => ({ authorize: { ...AUTH.authorize, url } });
    const { url } = AUTH.authorize;
    const from = bare(
      {},
      at(query.includes('??') ? url : `${url}?access=read`),
    );
    expect(widened({}, at(`${url}${query}`), from)).toBe(true);
  });

  it.each<[string, Change]>([
    [
      'a parameter of another meaning under the name of a prompt',
      {
        authorize: {
          ...AUTH.authorize,
          params: { ...AUTH.authorize.params, display: 'admin' },
          rename: { display: 'access' },
        },
      },
    ],
    [
      'a header',
      { token: { ...AUTH.token, headers: { 'X-Access': 'admin' } } },
    ],
    ['a grant type', { token: { ...AUTH.token, grantType: 'urn:x:admin' } }],
    [
      'a removed parameter',
      { authorize: { url: AUTH.authorize.url, params: { prompt: 'consent' } } },
    ],
  ])('is widened by %s', (_, auth) => {
    expect(widened({}, auth)).toBe(true);
  });

  it('is widened by a prompt that is sent as another parameter', () => {
    const authorize = (display: string) => ({
      authorize: {
        url: AUTH.authorize.url,
        params: { display },
        rename: { display: 'access' },
      },
    });
    const from = bare({}, authorize('read'));
    expect(widened({}, authorize('read'), from)).toBe(false);
    expect(widened({}, authorize('admin'), from)).toBe(true);
  });

  it('is not widened by requesting less, or in another way', () => {
    const { url, params } = AUTH.authorize;
    const authorize = { url, params: { ...params, prompt: 'login' } };
    expect(widened({}, { scopes: ['read'], authorize })).toBe(false);
  });

  it('treats a re-entered secret in the base URL as a change of its path', () => {
    const baseUrl = 'https://api.example.com/{{instance.key}}';
    const secret = (value?: string) => ({
      baseUrl,
      ...withInstance({ key: { secret: true, value } }),
    });
    const from = bare(secret('public'));
    expect(widened(secret(), {}, from)).toBe(false);
    expect(widened(secret('admin'), {}, from)).toBe(true);
  });
});
