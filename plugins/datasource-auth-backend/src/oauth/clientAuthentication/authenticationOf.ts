import { ClientAuthentication as Method } from 'backstage-plugin-datasource-auth-common';
import { ClientAuth } from 'oauth4webapi';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { ClientAuthentication } from './ClientAuthentication';
import { clientSecretBasic } from './clientSecretBasic';
import { clientSecretBasicRaw } from './clientSecretBasicRaw';
import { clientSecretPost } from './clientSecretPost';
import { none } from './none';
import { privateKeyJwt } from './privateKeyJwt';

const METHODS: Record<Method, ClientAuthentication> = {
  client_secret_basic: clientSecretBasic,
  client_secret_basic_raw: clientSecretBasicRaw,
  client_secret_post: clientSecretPost,
  private_key_jwt: privateKeyJwt,
  none,
};

/**
 * The configured client authentication, ready for one request.
 *
 * @throws SettingsError when the settings lack what it needs
 */
export async function authenticationOf(
  auth: ResolvedAuth,
  endpoint: string,
): Promise<ClientAuth> {
  return METHODS[auth.clientAuthentication](auth, endpoint);
}
