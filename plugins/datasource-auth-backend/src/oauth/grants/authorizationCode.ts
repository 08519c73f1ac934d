import { diagnosisTexts } from 'backstage-plugin-datasource-auth-common';
import { Grant } from './Grant';

/** RFC 6749 section 4.1.3. Its request has a code: see `DefaultProviderClient.exchangeCode`. */
export const authorizationCode: Grant = {
  grantType: 'authorization_code',
  isRefusable: true,
  invalidGrant: diagnosisTexts('codeRejected'),
  personNeeded: () => diagnosisTexts('signInRequired'),
};
