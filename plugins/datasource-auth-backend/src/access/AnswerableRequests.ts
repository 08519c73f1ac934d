import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { AnsweredRequests } from '../authorizations/AnsweredRequests';
import { authorizationEnded } from '../authorizations/AuthorizationFlow';
import { Caller } from './caller';

/** The requests that attempts answer, and who may answer them. */
export interface AnswerableRequests extends AnsweredRequests {
  /** @throws DatasourceAuthError `not_found` unless the caller could answer this request now */
  assertMayAnswer(id: string, caller: Caller): Promise<void>;
}

/** Where requests are left out: an attempt that answers one ends. */
export const NO_REQUESTS: AnswerableRequests = {
  isOpen: async () => false,
  approve: async () => {
    throw authorizationEnded();
  },
  approved: async () => {},
  assertMayAnswer: async () => {
    throw requestNotFound();
  },
};

/** The response for a request that doesn't exist and for one that is meant for someone else. */
export function requestNotFound(): DatasourceAuthError {
  return new DatasourceAuthError(
    'There is no such request for you. It may be meant for somebody else, or its link is incomplete.',
    { code: 'not_found', statusCode: 404 },
  );
}
