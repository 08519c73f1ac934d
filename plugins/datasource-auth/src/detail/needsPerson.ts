import {
  ClientCredential,
  clientCredentialOf,
  Datasource,
  isApprovedByPerson,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';

/** When a person is needed to keep the credential valid, and why. */
export interface NeedsPerson {
  /** Epoch milliseconds. */
  at: number;
  why: 'refreshToken' | 'accessToken' | 'secret' | ClientCredential;
}

/** Returns the earliest known time at which a person is needed. */
export function needsPerson(datasource: Datasource): NeedsPerson | undefined {
  const { status, auth } = datasource;
  const moments: NeedsPerson[] = [];
  const add = (at: number | undefined, why: NeedsPerson['why']) => {
    if (at) moments.push({ at, why });
  };
  add(status.certificateExpiresAt, 'certificate');
  const oauth = oauth2Settings(auth);
  if (!oauth) add(status.expiresAt, 'secret');
  if (oauth && isApprovedByPerson(oauth.grantType) && status.obtainedAt) {
    add(status.refreshExpiresAt, 'refreshToken');
    if (!status.renewable) add(status.expiresAt, 'accessToken');
  }
  if (oauth?.clientSecretExpiresAt)
    add(Date.parse(oauth.clientSecretExpiresAt), clientCredentialOf(oauth));
  return moments.sort((a, b) => a.at - b.at)[0];
}
