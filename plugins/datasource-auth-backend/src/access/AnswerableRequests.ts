import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { AnsweredRequests } from '../authorizations/AnsweredRequests';
import { authorizationEnded } from '../authorizations/AuthorizationFlow';
import { Caller } from './caller';

/** Approval requests that attempts belong to, and who may approve them. */
export interface AnswerableRequests extends AnsweredRequests {
  /** @throws DatasourceAuthError `not_found` unless the caller could approve this request now */
  assertMayAnswer(id: string, caller: Caller): Promise<void>;
}

/** Used without approval requests: an attempt for one ends. */
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

/** The error for a request that doesn't exist or is meant for someone else. */
export function requestNotFound(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.requestUnknown'), {
    code: 'not_found',
    statusCode: 404,
  });
}
