import { set } from 'react-hook-form';
import { settingsOf } from '../__testUtils__/datasources';
import { foreignSecrets } from './foreignSecrets';
import { formOfSettings } from './settingsForm';

const SECRET = 'auth.clientSecret';
const stored = settingsOf();

function foreignAfter(path: string, value: unknown) {
  const form = formOfSettings(stored);
  set(form, path, value);
  return foreignSecrets(stored, form, SECRET);
}

describe('threats 1: secrets that would be sent elsewhere', () => {
  it('are kept if the servers are those they were entered for', () => {
    expect(
      foreignSecrets(stored, formOfSettings(stored), SECRET),
    ).toBeUndefined();
    expect(
      foreignAfter('auth.token.url', 'https://login.example.com/v2/token'),
    ).toBeUndefined();
    expect(
      foreignAfter('baseUrl', 'https://elsewhere.example.com'),
    ).toBeUndefined();
  });

  it.each([
    ['auth.token.url', 'https://evil.example.com/token'],
    ['auth.token.url', 'http://login.example.com/token'],
    ['auth.token.url', 'https://login.example.com:8443/token'],
    ['auth.authorize.url', 'https://evil.example.com/authorize'],
    ['auth.refresh.url', 'https://evil.example.com/token'],
    ['auth.revoke.url', 'https://evil.example.com/revoke'],
  ])('must be entered again for another server: %s %s', (path, value) => {
    expect(foreignAfter(path, value)).toEqual(['login.example.com']);
  });

  it('must be entered again if a template value changes the server', () => {
    const templated = {
      ...stored,
      instance: { sub: 'acme' },
      auth: {
        ...stored.auth,
        token: {
          ...stored.auth.token,
          url: 'https://{{instance.sub}}.example.com/token',
        },
      },
    };
    const form = formOfSettings(templated);
    expect(foreignSecrets(templated, form, SECRET)).toBeUndefined();
    set(form, 'instance', [{ key: 'sub', value: 'other', secret: false }]);
    expect(foreignSecrets(templated, form, SECRET)).toEqual([
      'login.example.com',
      'acme.example.com',
    ]);
  });

  it('N2: must be entered again for another API if every call carries them', () => {
    const keyed = {
      ...stored,
      baseUrl: 'https://api.example.com',
      api: { headers: { 'X-Key': { secret: true as const, set: true } } },
    };
    const form = formOfSettings(keyed);
    const key = 'api.headers.X-Key';
    expect(foreignSecrets(keyed, form, key)).toBeUndefined();
    set(form, 'baseUrl', 'https://evil.example.com');
    expect(foreignSecrets(keyed, form, key)).toEqual(['api.example.com']);
    expect(foreignSecrets(keyed, form, SECRET)).toBeUndefined();
  });

  it('are ignored for a new datasource', () => {
    expect(
      foreignSecrets(undefined, formOfSettings(stored), SECRET),
    ).toBeUndefined();
  });
});
