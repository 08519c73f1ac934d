import { ClientAuth } from 'oauth4webapi';
import { ResolvedAuth } from '../../settings/ResolvedSettings';

/**
 * One way in which a client proves who it is (RFC 6749 section 2.3): it adds to the headers or to the body of a request,
 * and exactly one is used for each.
 *
 * @param endpoint - the endpoint that is called, templates filled
 * @throws SettingsError when the settings lack what it needs
 */
export type ClientAuthentication = (
  auth: ResolvedAuth,
  endpoint: string,
) => Promise<ClientAuth> | ClientAuth;
