import { personalSecrets } from './personalSecrets';
import { datasourceSettingsSchema } from './settings';
import {
  hasPersonalCredentials,
  hasServiceCredential,
  Subjects,
} from './subjects';

const settings = (changes: object = {}, auth: object = {}) => ({
  name: 'jira',
  consumers: ['tasks'],
  ...changes,
  auth: 'type' in auth ? auth : { grantType: 'authorization_code', ...auth },
});

const faultsOf = (value: object) =>
  (datasourceSettingsSchema.safeParse(value).error?.issues ?? []).map(
    ({ path, message }) => [path.join('.'), message],
  );

describe('whose credentials a datasource has', () => {
  it.each<[Subjects | undefined, boolean, boolean]>([
    [undefined, true, false],
    ['service', true, false],
    ['user', false, true],
    ['both', true, true],
  ])('N10: %s', (subjects, shared, personal) => {
    expect(faultsOf(settings({ subjects }))).toEqual([]);
    expect(hasServiceCredential({ subjects })).toBe(shared);
    expect(hasPersonalCredentials({ subjects })).toBe(personal);
  });

  it('N10: is one of these values', () => {
    expect(faultsOf(settings({ subjects: 'everyone' }))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['client credentials', { grantType: 'client_credentials' }],
    ['a password', { grantType: 'password' }],
    ['an assertion', { grantType: 'jwt_bearer' }],
    ['a signed JWT', { type: 'jwt' }],
    ['no credential', { type: 'none' }],
  ])("N10: isn't each person's with %s", (_, auth) => {
    for (const subjects of ['user', 'both'])
      expect(faultsOf(settings({ subjects }, auth))).toEqual([
        ['subjects', expect.stringContaining('Choose service')],
      ]);
    expect(faultsOf(settings({}, auth))).toEqual([]);
  });

  it.each<[string, object, string[], string[]]>([
    ['a bearer token', {}, ['auth.bearer'], ['auth.bearer']],
    [
      'a bearer token beside a plain header',
      { headers: { 'X-App': 'one' } },
      ['auth.bearer'],
      ['auth.bearer'],
    ],
    [
      'keys',
      {
        headers: { 'X-Key': { secret: true }, 'X-App': 'one' },
        query: { sig: { secret: true } },
      },
      ['auth.headers.X-Key', 'auth.query.sig'],
      ['auth.headers.X-Key', 'auth.query.sig'],
    ],
    [
      'username and password',
      { basic: {} },
      ['auth.basic.username', 'auth.basic.password'],
      ['auth.basic.username', 'auth.basic.password'],
    ],
    [
      'a password for a fixed username',
      { basic: { username: 'api' } },
      ['auth.basic.password'],
      ['auth.basic.username', 'auth.basic.password'],
    ],
  ])('N10: each person enters %s', (_, more, alone, beside) => {
    const auth = { type: 'static' as const, ...more };
    for (const [subjects, paths] of [
      ['user', alone],
      ['both', beside],
    ] as const) {
      expect(faultsOf(settings({ subjects }, auth))).toEqual([]);
      expect(personalSecrets({ subjects, auth })).toEqual(paths);
    }
    expect(personalSecrets({ auth })).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    [
      'a token from a file',
      { bearer: { file: 'k8s' } },
      'auth.bearer',
      'Remove the file',
    ],
    [
      'nothing that is secret',
      { headers: { Authorization: 'Key {{instance.key}}' } },
      'subjects',
      'as secret',
    ],
  ])('N10: nobody can enter %s', (_, auth, path, text) => {
    for (const subjects of ['user', 'both'])
      expect(
        faultsOf(settings({ subjects }, { type: 'static', ...auth })),
      ).toEqual([[path, expect.stringContaining(text)]]);
  });

  it.each<[string, object, string]>([
    ['a token', { bearer: 'ours' }, 'auth.bearer'],
    [
      'a password',
      { basic: { username: 'api', password: 'ours' } },
      'auth.basic.password',
    ],
    [
      'a key',
      { headers: { 'X-Key': { secret: true, value: 'ours' } } },
      'auth.headers.X-Key',
    ],
    ['its end', { expiresAt: '2031-01-31' }, 'auth.expiresAt'],
  ])(
    'N10: %s of all has no use if each person enters theirs',
    (_, auth, path) => {
      const ofKind = (subjects: Subjects) =>
        faultsOf(settings({ subjects }, { type: 'static', ...auth }));
      expect(ofKind('user')).toEqual([
        [path, expect.stringContaining('each person enters')],
      ]);
      expect(ofKind('both')).toEqual([]);
    },
  );

  it("N10, threats 43: no plugin that the settings don't name acts as a person", () => {
    for (const subjects of ['user', 'both'])
      expect(faultsOf(settings({ subjects, consumers: '*' }))).toEqual([
        ['consumers', expect.stringContaining('Name the plugins')],
      ]);
    expect(faultsOf(settings({ consumers: '*' }))).toEqual([]);
  });
});
