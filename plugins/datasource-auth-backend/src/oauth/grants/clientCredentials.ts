import {
  diagnosisTexts,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Grant } from './Grant';

/** RFC 6749 section 4.4.2. */
export const clientCredentials: Grant = {
  grantType: 'client_credentials',
  parameters: async () => ({}),
  isRefusable: false,
  invalidGrant: diagnosisTexts('clientGrantRejected'),
  personNeeded: ({ client }) => diagnosisTexts('consentRequired', { client }),
  scopeRequired: message('sentence.clientCredentialsScopeRequired'),
  scopeRejected: message('sentence.clientCredentialsScope'),
};
