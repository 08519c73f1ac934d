import {
  omitsClientId,
  ProposedFix,
} from 'backstage-plugin-datasource-auth-common';
import { ExchangeStep } from '../ProviderCall';
import { ResponseFacts } from '../ResponseFacts';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { CLIENT_AUTHENTICATIONS } from './index';

/**
 * Proposes another place or encoding of the client secret after a provider rejected the client (RFC 6749 section 2.3.1).
 */
export function otherAuthentication(
  auth: ResolvedAuth | undefined,
  facts: ResponseFacts,
  step?: ExchangeStep,
): ProposedFix | undefined {
  // A further request has what the settings say, and no client authentication.
  const other =
    auth &&
    step !== 'then' &&
    CLIENT_AUTHENTICATIONS[auth.clientAuthentication].alternative?.(
      auth,
      facts,
    );
  if (!other) return undefined;
  // A client that sends its secret alone has no ID for the body.
  const next = { ...auth, clientAuthentication: other };
  if (auth.clientId === '' && !omitsClientId(next)) return undefined;
  const isOfRefresh = step === 'refresh' && auth.refresh?.clientAuthentication;
  return {
    set: {
      [isOfRefresh
        ? 'auth.refresh.clientAuthentication'
        : 'auth.clientAuthentication']: other,
    },
  };
}
