import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  AuthorizationRequestInvitation,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Failure, failureOfError } from '../failures/failure';
import { submitTicket } from '../approval/popup';
import { requestBeforeRedirect } from './sessionMemory';

/** What the page of a request shows. */
export type InvitationState =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | {
      kind: 'shown';
      invitation: AuthorizationRequestInvitation;
      /** On the way to the provider, or saying no. */
      busy: 'approve' | 'decline' | undefined;
      failure?: Failure;
    };

/** A link that is for somebody else has no details that would help. */
function failureToOpen(error: DatasourceAuthError): Failure {
  return error.code === 'not_found'
    ? { title: error.message }
    : failureOfError(error);
}

/**
 * What somebody is asked, and his two answers.
 *
 * @param secret - of the link. Of an empty one the backend says what it says of each that opens nothing
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
      // Somebody was quicker: the page then says what became of it.
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
