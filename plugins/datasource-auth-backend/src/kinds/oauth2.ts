import { clientCredentialName } from '../oauth/clientCredentialTexts';
import { KindOnTheWire } from './KindOnTheWire';

/** The access token in one header (RFC 6750 section 2.1). */
export const oauth2: KindOnTheWire<'oauth2'> = {
  credential: ({ settings }, { accessToken }) => {
    const { name, prefix } = settings.auth.header;
    return {
      headers: { [name]: prefix ? `${prefix} ${accessToken}` : accessToken },
      query: {},
      secrets: [accessToken],
    };
  },
  rejectedStatuses: auth => auth.rejectedStatuses,
  // The provider returns the expiry with each token.
  endOf: () => undefined,
  expiringSecret: auth =>
    auth.clientSecretExpiresAt === undefined
      ? undefined
      : {
          name: clientCredentialName(auth),
          on: auth.clientSecretExpiresAt,
          consequence: "Otherwise tokens can't be refreshed.",
        },
};
