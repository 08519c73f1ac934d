import { ClientAuth } from 'oauth4webapi';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { Assertion, JwtDestination, signJwt } from '../../signing/signJwt';

/**
 * Signs a client assertion (RFC 7523 section 2.2). Unless the settings say otherwise, issuer and subject are the client
 * ID, and the audience is the provider's issuer or else the endpoint that is called.
 *
 * @throws SettingsError
 */
export async function clientAssertion(
  assertion: Assertion,
  { clientId, issuer }: ResolvedAuth,
  endpoint: string,
  now: number,
  destination: JwtDestination,
): Promise<ClientAuth> {
  const { audience = issuer || endpoint } = assertion;
  const jwt = await signJwt(
    assertion,
    {
      iss: assertion.issuer || clientId,
      sub: assertion.subject || clientId,
      aud: audience || undefined,
    },
    now,
    destination,
  );
  return assertionParameters(clientId, jwt);
}

/** Sends a client assertion (RFC 7521 section 4.2). */
export function assertionParameters(
  clientId: string | undefined,
  assertion: string,
): ClientAuth {
  return (_server, _client, body) => {
    if (clientId) body.set('client_id', clientId);
    body.set(
      'client_assertion_type',
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
    body.set('client_assertion', assertion);
  };
}
