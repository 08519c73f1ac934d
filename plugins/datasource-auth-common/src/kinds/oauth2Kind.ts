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

/** The settings that decide what a client needs and where its token is sent. */
export interface OAuth2Members extends ClientSettings, OwnRequestForm {
  readonly header: { name: string };
  readonly refresh?: OwnRequestForm['refresh'] & {
    clientAuthentication?: ClientAuthenticationMethod;
  };
}

/** Tokens that a provider issues. What single grants and client authentications need is in their descriptors. */
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
  // Changing the grant back loses nothing, but a signer replaces its key.
  unusedSecrets: keysReplacedBySigner,
  places: ({ header }: OAuth2Members) => ({
    headers: [header.name],
    query: [],
  }),
} as const satisfies KindDefinition<OAuth2Members>;
