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
    ['an API key', { type: 'static' }],
    ['a signed JWT', { type: 'jwt' }],
    ['no credential', { type: 'none' }],
  ])("N10: isn't each person's with %s", (_, auth) => {
    for (const subjects of ['user', 'both'])
      expect(faultsOf(settings({ subjects }, auth))).toEqual([
        ['subjects', expect.stringContaining('Choose service')],
      ]);
    expect(faultsOf(settings({}, auth))).toEqual([]);
  });

  it("N10, threats 43: no plugin that the settings don't name acts as a person", () => {
    for (const subjects of ['user', 'both'])
      expect(faultsOf(settings({ subjects, consumers: '*' }))).toEqual([
        ['consumers', expect.stringContaining('Name the plugins')],
      ]);
    expect(faultsOf(settings({ consumers: '*' }))).toEqual([]);
  });
});
