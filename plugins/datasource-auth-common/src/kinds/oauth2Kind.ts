import { isReplacedBySigner, keysReplacedBySigner } from '../assertions';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
  ofClientAuthentications,
} from '../clientAuthentications';
import { clientSecretBasic } from '../clientAuthentications/clientSecretBasic';
import { clientAuthenticationsOf } from '../clientCredential';
import { credentialTemplatesIn, OwnRequestForm } from '../credentialTemplates';
import { GRANTS, ofGrants } from '../grants';
import { ClientSettings, omitsClientId } from '../secretAlone';
import { KindDefinition } from './KindDescriptor';

/** The settings that decide which secrets a client needs and where its token is sent. */
export interface OAuth2Members extends ClientSettings, OwnRequestForm {
  readonly header: { name: string };
  readonly refresh?: OwnRequestForm['refresh'] & {
    clientAuthentication?: ClientAuthenticationMethod;
  };
}

/** Tokens that a provider issues. Descriptors list the settings of single grants and client authentications. */
export const oauth2 = {
  name: 'OAuth 2.0',
  source: 'provider',
  sendsSecretsToApi: false,
  labels: {},
  secrets: [...ofClientAuthentications('secrets'), ...ofGrants('secrets')],
  valueMaps: [
    ...ofGrants('valueMaps'),
    ...ofClientAuthentications('valueMaps'),
    'auth.token.params',
    'auth.token.query',
    'auth.token.headers',
    'auth.token.then.params',
    'auth.token.then.query',
    'auth.token.then.headers',
    'auth.refresh.params',
    'auth.refresh.then.params',
    'auth.refresh.then.query',
    'auth.refresh.then.headers',
  ],
  binding: [],
  templates: {},
  required: (auth: OAuth2Members) => {
    const { clientId, required } = GRANTS[auth.grantType];
    const needsClientId =
      credentialTemplatesIn(auth).includes('clientId') ||
      (clientId !== 'optional' && !omitsClientId(auth));
    return [
      ...(needsClientId ? ['auth.clientId'] : []),
      ...Object.keys(
        Object.assign(
          {},
          ...clientAuthenticationsOf(auth).map(
            method => CLIENT_AUTHENTICATIONS[method].required,
          ),
          credentialTemplatesIn(auth).includes('clientSecret')
            ? clientSecretBasic.required
            : {},
          required,
        ),
      ).filter(path => !isReplacedBySigner(auth, path)),
    ];
  },
  // Keeps the settings of the other grants, for a change back. A signer replaces its key.
  unusedSecrets: keysReplacedBySigner,
  personal: () => [],
  places: ({ header }: OAuth2Members) => ({
    headers: [header.name],
    query: [],
  }),
} as const satisfies KindDefinition<OAuth2Members>;
