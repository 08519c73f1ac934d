import {
  ClientCredential,
  clientCredentialOf,
} from 'backstage-plugin-datasource-auth-common';
import { ErrorText } from './ErrorText';

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

const KEY_REFUSED: ErrorText = {
  title: 'Client ID or private key not accepted',
  cause:
    'The client ID, private key, key ID, algorithm or audience differs from the registration at the provider.',
  remedy:
    'Check that the public key of this private key is registered at the provider. Then check the client ID, the key ID, the algorithm and the audience of the signed assertion.',
};

const SECRET_ALONE_REFUSED: ErrorText = {
  title: 'Client secret not accepted',
  cause:
    'The secret is wrong or has expired, or the provider also requires a client ID.',
  remedy:
    'Enter the client secret again, without spaces. If the provider gave you a client ID, enter it.',
};

const CLIENT_REFUSED: Record<ClientCredential, ErrorText> = {
  clientSecret: {
    title: 'Client ID or secret not accepted',
    cause:
      'The client ID or secret is wrong or has expired, or the provider expects them in another place.',
    remedy:
      'Re-enter the client secret (no spaces). Check it has not expired. If both are right, the provider may expect them in the body instead of the Basic header, or the other way round: change the client authentication.',
  },
  privateKey: KEY_REFUSED,
  certificate: {
    ...KEY_REFUSED,
    remedy:
      'Check that this certificate is registered at the provider and belongs to the private key. Then check the client ID, the algorithm and the audience of the signed assertion.',
  },
  none: {
    title: 'Client ID not accepted',
    cause:
      'The client ID is wrong, or the provider requires client authentication.',
    remedy:
      'Check the client ID. If the provider gave you a secret or a key, choose its client authentication and enter it.',
  },
};

/** The provider refused the client: check what it proves its identity with. */
export function clientRefused(
  credential: ClientCredential = 'clientSecret',
  clientId: string | undefined,
): ErrorText {
  const alone = credential === 'clientSecret' && clientId === '';
  return alone ? SECRET_ALONE_REFUSED : CLIENT_REFUSED[credential];
}

/** The provider says that what the client has is too old. */
export const CLIENT_EXPIRED: Record<ClientCredential, ErrorText> = {
  clientSecret: {
    title: 'The client secret has expired',
    cause: 'The provider says that the secret of this client has expired.',
    remedy:
      'Create a new client secret at the provider and enter it here. The stored credential stays as it is.',
  },
  privateKey: {
    title: 'The private key has expired',
    cause: 'The provider says that the private key of this client has expired.',
    remedy:
      'Create a new private key at the provider and enter it here. The stored credential stays as it is.',
  },
  certificate: {
    title: 'The certificate has expired',
    cause: 'The provider says that the certificate of this client has expired.',
    remedy:
      'Register a new certificate at the provider, and enter it here together with its private key. The stored credential stays as it is.',
  },
  none: {
    title: 'The client has expired',
    cause: 'The provider says that this client has expired.',
    remedy:
      'Create a new client at the provider and enter its client ID here. The stored credential stays as it is.',
  },
};
