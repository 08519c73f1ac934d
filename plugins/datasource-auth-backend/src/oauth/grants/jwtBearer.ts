import { SettingsError } from '../../settings/SettingsError';
import { resolveText, resolveUrl } from '../../settings/templates';
import { signJwt } from '../../signing/signJwt';
import { Grant } from './Grant';

/** RFC 7523 section 2.1. Each request has a fresh assertion, which is valid for a minute. */
export const jwtBearer: Grant = {
  grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  parameters: async ({ auth }, values) => {
    const { assertion, token } = auth;
    if (!assertion?.key || !assertion.issuer || !token.url)
      throw new SettingsError(
        'The key or the issuer of the assertion is missing',
      );
    const fill = (text: string | undefined) =>
      text ? resolveText(text, values) : undefined;
    return {
      assertion: await signJwt({
        key: assertion.key,
        alg: assertion.alg,
        kid: fill(assertion.kid),
        claims: {
          iss: fill(assertion.issuer),
          sub: fill(assertion.subject),
          aud: fill(assertion.audience) ?? resolveUrl(token.url, values),
        },
      }),
    };
  },
  proofs: ['assertion'],
  isRefusable: false,
  invalidGrant: {
    title: 'The provider refused the assertion',
    cause:
      'Its key, issuer, subject, audience, or time differs from what the provider expects.',
    remedy:
      "Compare the assertion settings with the provider's documentation, and check that the key is registered there.",
  },
  personNeeded: ({ client }) => ({
    title: 'The provider requires consent',
    cause: 'An administrator at the provider has not approved the subject.',
    remedy: `Ask an administrator at the provider to approve the subject for ${client}.`,
  }),
};
