import { ClientAuthenticationMethod } from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { ClientAuth } from 'oauth4webapi';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { ResponseFacts } from '../ResponseFacts';

/** One way in which a client proves who it is (RFC 6749 section 2.3). Exactly one is used for each request. */
export interface ClientAuthentication {
  /**
   * Adds the proof to the headers or to the body of a request.
   *
   * @param endpoint - the endpoint that is called, templates filled
   * @param now - epoch milliseconds of the provider's clock
   * @throws SettingsError when the settings lack what it needs
   */
  authenticate(
    auth: ResolvedAuth,
    endpoint: string,
    now: number,
  ): Promise<ClientAuth> | ClientAuth;
  /** The certificate that the connection shows. */
  tls?(auth: ResolvedAuth): ClientCertificate;
  /** What to try next, with the same secret, after a provider refused the client. */
  alternative?(
    auth: ResolvedAuth,
    facts: ResponseFacts,
  ): ClientAuthenticationMethod;
}
