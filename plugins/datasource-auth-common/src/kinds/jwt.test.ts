import { faults as settingsFaults } from '../__testUtils__/settingsFaults';
import { secretOrigins } from '../origins';
import { parseDatasourceSettings } from '../settings';
import { requiredOfKind, secretSettingsOf } from './descriptors';

const faults = (assertion: object, change: object = {}) =>
  settingsFaults(change, { type: 'jwt', assertion });

describe('N1: JWTs that are signed here', () => {
  it('have the defaults of an assertion, and need no provider', () => {
    const { auth } = parseDatasourceSettings({
      name: 'reports',
      auth: { type: 'jwt' },
    });
    expect(auth).toEqual({
      type: 'jwt',
      assertion: { alg: 'RS256' },
      rejectedStatuses: [401],
    });
  });

  it.each<[string, object, string]>([
    [
      'lifetimeSeconds',
      { lifetimeSeconds: 365 * 24 * 3_600 },
      'at most 3600 seconds (one hour)',
    ],
    [
      'claims.iss',
      { claims: { iss: 'x' } },
      "Remove it from the claims and use the setting 'issuer'",
    ],
    [
      'claims.exp',
      { claims: { exp: 4_102_444_800 } },
      "Remove it from the claims and use the setting 'lifetimeSeconds'",
    ],
    [
      'certificate',
      { certificate: '-----BEGIN PRIVATE KEY-----' },
      'Enter the private key in its own field',
    ],
  ])('say what to do about %s', (path, assertion, text) => {
    expect(faults(assertion)).toEqual({
      [`auth.assertion.${path}`]: expect.stringContaining(text),
    });
  });

  it('refuse what only a grant has, and headers that confuse verifiers', () => {
    expect(
      Object.keys(faults({ headers: { jku: 'https://x.example' } })),
    ).toEqual(['auth.assertion.headers']);
    expect(
      Object.keys(
        settingsFaults(
          {},
          { type: 'jwt', token: { url: 'https://x.example' } },
        ),
      ),
    ).toEqual(['auth']);
  });

  it('are sent in the Authorization header, which nothing else may use', () => {
    expect(faults({}, { api: { headers: { authorization: 'x' } } })).toEqual({
      'api.headers.authorization': expect.stringContaining(
        'credential is sent in this header',
      ),
    });
  });

  it('need a key, and an audience or the statement that there is none', () => {
    const requiredBy = (assertion?: { audience?: string }) =>
      requiredOfKind({ type: 'jwt', ...(assertion && { assertion }) });
    const all = ['auth.assertion.key', 'auth.assertion.audience'];
    expect(requiredBy()).toEqual(all);
    expect(requiredBy({})).toEqual(all);
    expect(requiredBy({ audience: '' })).toEqual(['auth.assertion.key']);
    expect(requiredBy({ audience: 'x' })).toEqual(['auth.assertion.key']);
    expect(secretSettingsOf({ type: 'jwt' })).toEqual([
      'auth.assertion.key',
      'auth.assertion.passphrase',
    ]);
  });

  it('threats 1: count the API and its hosts among the origins of their key', () => {
    const settings = {
      auth: { type: 'jwt' as const },
      baseUrl: 'https://api.example.com/v1',
      allowedHosts: ['files.example.com'],
    };
    for (const path of [
      'auth.assertion.key',
      'auth.assertion.passphrase',
      'auth.assertion.claims.pin',
      undefined,
    ]) {
      expect([...secretOrigins(settings, path)]).toEqual([
        'https://api.example.com',
        '//files.example.com',
      ]);
    }
  });
});
