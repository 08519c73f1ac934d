import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  AuthorizationRequestInvitation,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  submitTicket,
} from 'backstage-plugin-datasource-auth-react';
import { Failure, failureOfError } from '../failures/failure';
import { requestBeforeRedirect } from './sessionMemory';

/** The state of the recipient's page. */
export type InvitationState =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | {
      kind: 'shown';
      invitation: AuthorizationRequestInvitation;
      /** While leaving for the provider or declining. */
      busy: 'approve' | 'decline' | undefined;
      failure?: Failure;
    };

/** A link for someone else shows no details, because they wouldn't help. */
function failureToOpen(error: DatasourceAuthError): Failure {
  const failure = failureOfError(error);
  return error.code === 'not_found' ? { ...failure, code: undefined } : failure;
}

/**
 * Loads an approval request, and approves or declines it.
 *
 * @param secret - secret of the link. The backend treats an empty one like any unknown secret
 */
export function useInvitation(secret: string, arrivedWith?: Failure) {
  const api = useApi(datasourceAuthApiRef);
  const [state, setState] = useState<InvitationState>({ kind: 'loading' });

  useEffect(() => {
    let gone = false;
    setState({ kind: 'loading' });
    api.getAuthorizationRequest(secret).then(
      invitation =>
        gone ||
        setState({
          kind: 'shown',
          invitation,
          busy: undefined,
          failure: arrivedWith,
        }),
      error =>
        gone || setState({ kind: 'failed', failure: failureToOpen(error) }),
    );
    return () => {
      gone = true;
    };
  }, [api, secret, arrivedWith]);

  const act = async (
    busy: 'approve' | 'decline',
    doIt: () => Promise<AuthorizationRequestInvitation | undefined>,
  ) => {
    if (state.kind !== 'shown') return;
    const { invitation } = state;
    setState({ kind: 'shown', invitation, busy });
    try {
      const next = await doIt();
      if (next) setState({ kind: 'shown', invitation: next, busy: undefined });
    } catch (thrown) {
      const failure = failureOfError(thrown);
      const over = (thrown as DatasourceAuthError).code === 'request_ended';
      // Someone else responded first; the page shows the outcome.
      const now = over
        ? await api.getAuthorizationRequest(secret).catch(() => invitation)
        : invitation;
      setState({
        kind: 'shown',
        invitation: now,
        busy: undefined,
        failure: now.state === 'pending' ? failure : undefined,
      });
    }
  };

  return {
    state,
    approve: () =>
      act('approve', async () => {
        const { startUrl, ticket } = await api.authorizeAsRequested(secret);
        requestBeforeRedirect.put(secret);
        submitTicket(startUrl!, ticket!, '_self');
        return undefined;
      }),
    decline: () =>
      act('decline', () => api.declineAuthorizationRequest(secret)),
  };
}
