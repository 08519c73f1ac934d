import { ClientAuthenticationMethod } from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { ClientAuth } from 'oauth4webapi';
import { CredentialFiles } from '../../files/CredentialFiles';
import { JwtDestination } from '../../signing/signJwt';
import { ProviderContext, ResolvedAuth } from '../../settings/ResolvedSettings';
import { ResponseFacts } from '../ResponseFacts';

/** The request that a proof is for, and where to get one that isn't in the settings. */
export interface AuthenticatedRequest extends JwtDestination {
  files: CredentialFiles;
}

/** A method of client authentication (RFC 6749 section 2.3). Each request uses exactly one. */
export interface ClientAuthentication {
  /**
   * Adds the authentication to the headers or the body of a request.
   *
   * @param endpoint - the endpoint that is called, templates filled
   * @param now - epoch milliseconds of the provider's clock
   * @throws SettingsError when the settings lack what it needs
   */
  authenticate(
    auth: ResolvedAuth,
    endpoint: string,
    now: number,
    request: AuthenticatedRequest,
  ): Promise<ClientAuth> | ClientAuth;
  /**
   * Returns the client certificate for the connection.
   *
   * @throws SettingsError when it can't be used
   */
  tls?(context: ProviderContext): ClientCertificate;
  /** Returns the method to try next with the same secret after a provider rejected the client. */
  alternative?(
    auth: ResolvedAuth,
    facts: ResponseFacts,
  ): ClientAuthenticationMethod;
}
