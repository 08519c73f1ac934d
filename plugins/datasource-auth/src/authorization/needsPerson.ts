import {
  ClientCredential,
  clientCredentialOf,
  Datasource,
  DatasourceSummary,
  grantOrKindOf,
  isApprovedByPerson,
  isHeldBySettings,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { hasSecret } from './panelState';

/** When a person is needed to keep the credential valid, and why. */
export interface NeedsPerson {
  /** Epoch milliseconds. */
  at: number;
  why: 'refreshToken' | 'accessToken' | 'secret' | ClientCredential;
}

/** A datasource as read or as listed. The list doesn't know when a client secret expires. */
export type Forecast =
  | Pick<Datasource, 'status' | 'auth'>
  | Pick<DatasourceSummary, 'status' | 'type' | 'grantType'>;

/** Returns the earliest known time at which a person is needed. */
export function needsPerson(datasource: Forecast): NeedsPerson | undefined {
  const { status } = datasource;
  const auth = 'auth' in datasource ? datasource.auth : undefined;
  const oauth = auth && oauth2Settings(auth);
  const grantOrKind = grantOrKindOf(
    'auth' in datasource ? datasource.auth : datasource,
  );
  const moments: NeedsPerson[] = [];
  const add = (at: number | undefined, why: NeedsPerson['why']) => {
    if (at) moments.push({ at, why });
  };
  add(status.certificateExpiresAt, 'certificate');
  if (isHeldBySettings(grantOrKind) && hasSecret(grantOrKind))
    add(status.expiresAt, 'secret');
  if (isApprovedByPerson(grantOrKind) && status.obtainedAt) {
    add(status.refreshExpiresAt, 'refreshToken');
    if (!status.renewable) add(status.expiresAt, 'accessToken');
  }
  if (oauth?.clientSecretExpiresAt)
    add(Date.parse(oauth.clientSecretExpiresAt), clientCredentialOf(oauth));
  return moments.sort((a, b) => a.at - b.at)[0];
}
