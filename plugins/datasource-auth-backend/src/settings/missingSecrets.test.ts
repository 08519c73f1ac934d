import {
  CLIENT_AUTHENTICATION_METHODS,
  formatRequiredSettings,
  GRANT_TYPES,
  KIND_NAMES,
  RequiredSetting,
  VALUE_MAPS,
  valueMapsInUse,
} from 'backstage-plugin-datasource-auth-common';
import { bareSettingsOf } from '../__testUtils__/settings';
import { missingSecrets } from './missingSecrets';
import { BareSettings } from './secrets';
import { statusOf } from './status';

/** Every way to get a credential. */
const WAYS: Array<Parameters<typeof valueMapsInUse>[0]> = [
  ...KIND_NAMES.filter(type => type !== 'oauth2').map(type => ({ type })),
  ...GRANT_TYPES.flatMap(grantType =>
    CLIENT_AUTHENTICATION_METHODS.map(clientAuthentication => ({
      ...{ grantType, clientAuthentication },
    })),
  ),
];

/** Settings of one of these ways, with a secret in a map that has no value. */
function settingsWith(way: (typeof WAYS)[number], map: string): BareSettings {
  const { auth, ...rest } = bareSettingsOf();
  const settings: any = {
    ...rest,
    auth: way.type ? { ...way } : { ...auth, ...way },
  };
  const parent = map
    .split('.')
    .reduce((node, key) => (node[key] = { ...node[key] }), settings);
  parent['X.Name'] = { secret: true };
  return settings;
}

describe('secret values that are not set', () => {
  // The names of instance values in templates decide which ones are missing.
  const maps = VALUE_MAPS.filter(map => map !== 'instance');

  it.each(maps)('N2 are missing in %s wherever they are sent', map => {
    const path = `${map}.X.Name` as RequiredSetting;
    const inUse = WAYS.filter(way => valueMapsInUse(way).includes(map));
    expect(inUse).not.toEqual([]);
    for (const way of inUse) {
      const settings = settingsWith(way, map);
      expect(missingSecrets(settings, new Set())).toEqual([path]);
      expect(missingSecrets(settings, new Set([path]))).toEqual([]);
      expect(
        statusOf({ settings, secrets: new Set(), now: 0, binding: 'b1' }),
      ).toMatchObject({
        state: 'NOT_CONFIGURED',
        missing: expect.arrayContaining([path]),
      });
    }
    expect(formatRequiredSettings([path])).toMatch(/^[A-Z][A-Za-z ]+ X\.Name$/);
  });

  it.each([
    [{ type: 'none' as const }, 'auth.token.params'],
    [{ type: 'static' as const }, 'auth.assertion.claims'],
    [{ grantType: 'client_credentials' as const }, 'auth.authorize.params'],
    [{ grantType: 'password' as const }, 'auth.assertion.claims'],
  ])('are not missing where they are not sent: %j, %s', (way, map) => {
    expect(missingSecrets(settingsWith(way, map), new Set())).toEqual([]);
  });
});
