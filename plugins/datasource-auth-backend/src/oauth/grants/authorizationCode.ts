import { Grant } from './Grant';

/** RFC 6749 section 4.1.3. Its request carries a code: see `DefaultProviderClient.exchangeCode`. */
export const authorizationCode: Grant = {
  grantType: 'authorization_code',
  isRefusable: true,
  invalidGrant: {
    title: 'The approval code was refused',
    cause:
      'Codes work once and expire in about a minute; the redirect URI must be identical in both calls.',
    remedy: 'Get a new credential.',
  },
  personNeeded: () => ({
    title: 'The provider needs you to sign in',
    cause: 'The provider issues no token until a person signs in or consents.',
    remedy: 'Get a new credential.',
  }),
};
