import {
  omitsClientId,
  ProposedFix,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseFacts } from '../ResponseFacts';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { isEncoded } from './clientSecretBasic';

type Method = ResolvedAuth['clientAuthentication'];

const OTHERS: Partial<
  Record<Method, (auth: ResolvedAuth, facts: ResponseFacts) => Method>
> = {
  client_secret_basic: (auth, { basicChallenge }) =>
    basicChallenge && isEncoded(auth)
      ? 'client_secret_basic_raw'
      : 'client_secret_post',
  client_secret_basic_raw: (auth, { basicChallenge }) =>
    basicChallenge && isEncoded(auth)
      ? 'client_secret_basic'
      : 'client_secret_post',
  client_secret_post: () => 'client_secret_basic',
};

/**
 * Proposes another place or encoding of the client's secret, after a provider refused the client (RFC 6749 section
 * 2.3.1). A challenge for Basic says that the header was read: then it is the encoding of special characters on which
 * servers differ.
 */
export function otherAuthentication(
  auth: ResolvedAuth | undefined,
  facts: ResponseFacts,
): ProposedFix | undefined {
  const other = auth && OTHERS[auth.clientAuthentication]?.(auth, facts);
  if (!other) return undefined;
  // A client that sends its secret alone has no ID for the body.
  const next = { ...auth, clientAuthentication: other };
  if (auth.clientId === '' && !omitsClientId(next)) return undefined;
  return { set: { 'auth.clientAuthentication': other } };
}
