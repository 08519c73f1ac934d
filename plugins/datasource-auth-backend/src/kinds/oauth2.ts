import { clientCredentialName } from '../oauth/clientCredentialTexts';
import { KindOnTheWire } from './KindOnTheWire';

/** The access token in one header (RFC 6750 section 2.1, RFC 9449 section 7.1). */
export const oauth2: KindOnTheWire<'oauth2'> = {
  credential: ({ settings }, { accessToken }) => {
    const isDpop = settings.senderConstraint === 'dpop';
    const { name, prefix } = isDpop
      ? { name: 'Authorization', prefix: 'DPoP' }
      : settings.auth.header;
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
