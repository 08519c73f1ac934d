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
  file: 'client assertion',
  none: 'client',
};

/** Returns the name of the client's credential for use in a sentence. */
export function clientCredentialName(
  auth: Parameters<typeof clientCredentialOf>[0],
): string {
  return NAMES[clientCredentialOf(auth)];
}

const CLIENT_REJECTED: Record<ClientCredential, DiagnosisTexts> = {
  clientSecret: diagnosisTexts('clientSecretRejected'),
  privateKey: diagnosisTexts('privateKeyRejected'),
  certificate: diagnosisTexts('certificateRejected'),
  file: diagnosisTexts('fileRejected'),
  none: diagnosisTexts('clientIdRejected'),
};

/** For a rejected client: check its credential. */
export function clientRejected(
  credential: ClientCredential = 'clientSecret',
  clientId: string | undefined,
): DiagnosisTexts {
  const alone = credential === 'clientSecret' && clientId === '';
  return alone
    ? diagnosisTexts('clientSecretAloneRejected')
    : CLIENT_REJECTED[credential];
}

/** For a client whose credential has expired. */
export const CLIENT_EXPIRED: Record<ClientCredential, DiagnosisTexts> = {
  clientSecret: diagnosisTexts('clientSecretExpired'),
  privateKey: diagnosisTexts('privateKeyExpired'),
  certificate: diagnosisTexts('certificateExpired'),
  file: diagnosisTexts('fileRejected'),
  none: diagnosisTexts('clientExpired'),
};
