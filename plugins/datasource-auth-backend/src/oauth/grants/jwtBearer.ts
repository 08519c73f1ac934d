import { diagnosisTexts } from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from '../../settings/SettingsError';
import { resolveUrl } from '../../settings/templates';
import { signJwt } from '../../signing/signJwt';
import { filledAssertion } from '../filledAssertion';
import { scopeParameter } from '../scopes';
import { Grant } from './Grant';

/** RFC 7523 section 2.1. Each request has a new assertion. */
export const jwtBearer: Grant = {
  grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  parameters: async (context, values, now, destination) => {
    const { assertion, token } = context.auth;
    const hasKey = assertion?.key || assertion?.signer;
    if (!hasKey || !assertion.issuer || !token.url)
      throw new SettingsError('assertionIncomplete');
    const scopes = scopeParameter(context, values) ?? '';
    const filled = filledAssertion(assertion, { ...values, scopes });
    const { issuer, subject, audience } = filled;
    return {
      assertion: await signJwt(
        filled,
        {
          iss: issuer,
          sub: subject,
          // An empty string omits it.
          aud: (audience ?? resolveUrl(token.url, values)) || undefined,
        },
        now,
        destination,
      ),
    };
  },
  proofs: ['assertion'],
  isRefusable: false,
  invalidGrant: diagnosisTexts('assertionRejected'),
  personNeeded: ({ client }) =>
    diagnosisTexts('subjectConsentRequired', { client }),
};
