import {
  AuthSettings,
  DatasourceSettings,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { bindingOf } from '../settings/binding';
import { DatasourceContent } from '../datasources/DatasourceRecord';
import { BareSettings, splitSecrets } from '../settings/secrets';

type OAuthDatasource<Settings> = Omit<Settings, 'auth'> & {
  auth: AuthSettings<'oauth2'>;
};

/** Complete settings of a datasource, with defaults filled in. */
export function settingsOf(
  change: Record<string, unknown> = {},
  auth: Record<string, unknown> = {},
): OAuthDatasource<DatasourceSettings> {
  const settings = datasourceSettingsSchema.parse({
    name: 'crm',
    baseUrl: 'https://api.example.com',
    ...change,
    auth: {
      grantType: 'authorization_code',
      clientId: 'backstage',
      clientSecret: 'hush',
      authorize: { url: 'https://login.example.com/authorize' },
      token: { url: 'https://login.example.com/token' },
      ...auth,
    },
  });
  return settings as OAuthDatasource<DatasourceSettings>;
}

/** The same without secrets, as they are stored. */
export function bareSettingsOf(
  change: Record<string, unknown> = {},
  auth: Record<string, unknown> = {},
): OAuthDatasource<BareSettings> {
  return splitSecrets(settingsOf(change, auth))
    .settings as OAuthDatasource<BareSettings>;
}

/** Returns the columns of a row with such settings. */
export function contentOf(
  settings: BareSettings = bareSettingsOf(),
  more: Partial<DatasourceContent> = {},
): DatasourceContent {
  return {
    settings,
    secretInfos: {},
    binding: bindingOf(settings),
    attention: 2,
    ...more,
  };
}
