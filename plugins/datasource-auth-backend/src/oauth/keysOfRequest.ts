import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { readClientCertificate } from '../settings/clientCertificate';
import { DpopKey, ProviderContext } from '../settings/ResolvedSettings';
import { CLIENT_AUTHENTICATIONS } from './clientAuthentications';
import { grantOfStep } from './grants';
import { ExchangeStep } from './ProviderCall';

/**
 * Returns the certificate that a request presents: every one if tokens are bound to it, because providers can have all
 * endpoints for certificates on one host (RFC 8705 sections 3 and 5). Otherwise, those with client authentication.
 *
 * @throws SettingsError if it can't be used
 */
export function certificateOf(
  context: ProviderContext,
  step: ExchangeStep,
): ClientCertificate | undefined {
  const { clientAuthentication } = context.auth;
  if (context.senderConstraint === 'mtls')
    return readClientCertificate(context.clientCertificate);
  return step === 'then'
    ? undefined
    : CLIENT_AUTHENTICATIONS[clientAuthentication].tls?.(context);
}

/** Returns the key that a request proves, so that its token is bound to it (RFC 9449 section 5). */
export function dpopKeyOf(
  context: ProviderContext,
  step: ExchangeStep,
): DpopKey | undefined {
  return getsToken(step) ? context.dpopKey : undefined;
}

/** Returns whether the response of a step has a token, or leads to one. */
function getsToken(step: ExchangeStep): boolean {
  return (
    step === 'refresh' || step === 'then' || grantOfStep(step) !== undefined
  );
}
