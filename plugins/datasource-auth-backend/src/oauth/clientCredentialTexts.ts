import {
  ClientCredential,
  clientCredentialOf,
  DiagnosisTexts,
  diagnosisTexts,
} from 'backstage-plugin-datasource-auth-common';

const NAMES: Record<ClientCredential, string> = {
  clientSecret: 'client secret',
  privateKey: 'private key',
  certificate: 'certificate',
  none: 'client',
};

/** Names in a sentence what the client of these settings has. */
export function clientCredentialName(
  auth: Parameters<typeof clientCredentialOf>[0],
): string {
  return NAMES[clientCredentialOf(auth)];
}

const CLIENT_REJECTED: Record<ClientCredential, DiagnosisTexts> = {
  clientSecret: diagnosisTexts('clientSecretRejected'),
  privateKey: diagnosisTexts('privateKeyRejected'),
  certificate: diagnosisTexts('certificateRejected'),
  none: diagnosisTexts('clientIdRejected'),
};

/** The provider rejected the client: check what it proves its identity with. */
export function clientRejected(
  credential: ClientCredential = 'clientSecret',
  clientId: string | undefined,
): DiagnosisTexts {
  const alone = credential === 'clientSecret' && clientId === '';
  return alone
    ? diagnosisTexts('clientSecretAloneRejected')
    : CLIENT_REJECTED[credential];
}

/** The provider says that what the client has is too old. */
export const CLIENT_EXPIRED: Record<ClientCredential, DiagnosisTexts> = {
  clientSecret: diagnosisTexts('clientSecretExpired'),
  privateKey: diagnosisTexts('privateKeyExpired'),
  certificate: diagnosisTexts('certificateExpired'),
  none: diagnosisTexts('clientExpired'),
};
