import {
  ClientCredential,
  clientCredentialOf,
  Datasource,
  isApprovedByPerson,
} from 'backstage-plugin-datasource-auth-common';

/** When a person is needed to keep the credential valid, and why. */
export interface NeedsPerson {
  /** Epoch milliseconds. */
  at: number;
  why: 'refreshToken' | 'accessToken' | ClientCredential;
}

/** Returns the earliest known time at which a person is needed. */
export function needsPerson(datasource: Datasource): NeedsPerson | undefined {
  const { status, auth } = datasource;
  const moments: NeedsPerson[] = [];
  const add = (at: number | undefined, why: NeedsPerson['why']) => {
    if (at) moments.push({ at, why });
  };
  if (isApprovedByPerson(auth.grantType) && status.obtainedAt) {
    add(status.refreshExpiresAt, 'refreshToken');
    if (!status.renewable) add(status.expiresAt, 'accessToken');
  }
  if (auth.clientSecretExpiresAt)
    add(Date.parse(auth.clientSecretExpiresAt), clientCredentialOf(auth));
  return moments.sort((a, b) => a.at - b.at)[0];
}
