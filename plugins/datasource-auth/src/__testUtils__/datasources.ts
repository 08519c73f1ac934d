import {
  Authorization,
  AuthSettings,
  Datasource,
  DatasourceSettingsView,
  DatasourceStatus,
  DatasourceSummary,
  GrantType,
  KindSettings,
  oauth2Settings,
  SecretInfo,
  Viewed,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';

/** The current time in tests. */
const NOW = Date.parse('2026-03-12T12:00:00Z');

const ALL = {
  update: true,
  grant: true,
  delete: true,
  authorize: true,
  clear: true,
};

const SET: SecretInfo = {
  set: true,
  updatedAt: Date.parse('2026-01-03T08:00:00Z'),
  updatedBy: 'user:default/jane',
};

/** The status of a datasource that never had a credential. */
export function statusOf(
  status: Partial<DatasourceStatus> = {},
): DatasourceStatus {
  return {
    state: 'NOT_AUTHORIZED',
    reasonCode: 'none',
    reason: 'No credential yet.',
    hasRefreshToken: false,
    renewable: false,
    ...status,
  };
}

/** The status of a stored credential that refreshes automatically and is valid for another hour. */
export function authorizedStatus(
  status: Partial<DatasourceStatus> = {},
): DatasourceStatus {
  return statusOf({
    state: 'AUTHORIZED',
    reasonCode: 'valid',
    reason: 'Valid',
    obtainedAt: Date.now() - 60_000,
    expiresAt: Date.now() + 3_600_000,
    hasRefreshToken: true,
    renewable: true,
    ...status,
  });
}

/** Returns complete settings of a grant, as read. */
export function settingsOf(
  grantType: GrantType = 'authorization_code',
  auth: Partial<Viewed<AuthSettings<'oauth2'>>> = {},
): OAuthDatasource<DatasourceSettingsView> {
  const settings = datasourceSettingsSchema.parse({
    name: 'salesforce-crm',
    title: 'Salesforce CRM',
    baseUrl: 'https://api.example.com',
    consumers: ['techdocs'],
    auth: {
      grantType,
      clientId: 'backstage',
      username: grantType === 'password' ? 'svc' : undefined,
      authorize:
        grantType === 'authorization_code'
          ? { url: 'https://login.example.com/authorize' }
          : {},
      token: { url: 'https://login.example.com/token' },
      scopes: ['read'],
    },
  });
  return {
    ...settings,
    clientCertificate: undefined,
    auth: {
      ...oauthOf(settings),
      clientAssertion: undefined,
      assertion: undefined,
      clientSecret: SET,
      password: grantType === 'password' ? SET : undefined,
      ...auth,
    },
  };
}

type OAuthDatasource<Settings> = Omit<Settings, 'auth'> & {
  auth: Viewed<AuthSettings<'oauth2'>>;
};

/** The OAuth settings in what is read or sent. */
export function oauthOf<Auth extends KindSettings>({ auth }: { auth: Auth }) {
  return oauth2Settings(auth)!;
}

/** A saved datasource. */
export function datasourceOf(
  part: Partial<Datasource> = {},
  grantType: GrantType = 'authorization_code',
): OAuthDatasource<Datasource> {
  const datasource: Datasource = {
    ...settingsOf(grantType),
    source: 'database',
    version: 3,
    status: statusOf(),
    allowed: ALL,
    callbackUrl: 'https://backstage.example.com/oauth/callback/',
    createdAt: NOW,
    updatedAt: NOW,
    updatedBy: 'user:default/jane',
    ...part,
  };
  return datasource as OAuthDatasource<Datasource>;
}

/** Returns a datasource as listed. */
export function summaryOf(
  part: Partial<DatasourceSummary> = {},
): DatasourceSummary {
  return {
    name: 'salesforce-crm',
    title: 'Salesforce CRM',
    source: 'database',
    type: 'oauth2',
    grantType: 'authorization_code',
    host: 'api.example.com',
    consumers: ['techdocs'],
    status: statusOf(),
    version: 3,
    allowed: ALL,
    ...part,
  };
}

/** A valid attempt ID. */
export const ATTEMPT_ID = '3f0c2a4e-9d1b-4c58-8a7e-2b6d5f1e0c93';

/** Returns an attempt whose credential is waiting to be saved. */
export function grantedOf(part: Partial<Authorization> = {}): Authorization {
  return {
    id: ATTEMPT_ID,
    status: 'granted',
    commit: false,
    display: 'popup',
    expiresAt: Date.now() + 3_600_000,
    staged: {
      obtainedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
      hasRefreshToken: true,
      scope: 'read',
      account: 'alice@corp.example',
    },
    ...part,
  };
}
