import { SchedulerService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { Knex } from 'knex';
import { AccessControl } from '../access/AccessControl';
import { AnswerableRequests } from '../access/AnswerableRequests';
import { Audit } from '../access/Audit';
import { AuthorizedAuthorizations } from '../access/AuthorizedAuthorizations';
import { DatasourceRights } from '../access/DatasourceRights';
import { ActivityStore } from '../activity/ActivityStore';
import { Datasources } from '../datasources/Datasources';
import { CallerOf } from '../http/context';
import { Notifier } from '../notices/Notifier';
import { PresetRegistry } from '../providers/PresetRegistry';
import { Sealer } from '../sealing/Sealer';
import { AuthorizationRequests } from './AuthorizationRequests';
import { AuthorizationRequestStore } from './AuthorizationRequestStore';
import { AuthorizedRequests } from './AuthorizedRequests';
import { createAuthorizationRequestsRouter } from './createAuthorizationRequestsRouter';
import { RequestNotices } from './RequestNotices';
import { RequestRights } from './RequestRights';

/**
 * Adds requests that ask someone else to authorize a datasource, and returns their routes. Nothing else imports this
 * folder.
 */
export async function addAuthorizationRequests(options: {
  access: AccessControl;
  activity: ActivityStore;
  /** Connects attempts to authorization requests. */
  answerRequests: (requests: AnswerableRequests) => void;
  audit: Audit;
  authorizations: AuthorizedAuthorizations;
  callerOf: CallerOf;
  datasourceRights: DatasourceRights;
  knex: Knex;
  loadedDatasources: Datasources;
  notifier: Notifier;
  pageUrl: string;
  presets: Pick<PresetRegistry, 'list'>;
  scheduler: SchedulerService;
  sealer: Sealer;
}): Promise<Router> {
  const datasources = options.datasourceRights;
  const store = new AuthorizationRequestStore(options);
  const requests = new AuthorizationRequests({
    ...options,
    datasources: options.loadedDatasources,
    notices: new RequestNotices(options),
    store,
  });
  const rights = new RequestRights({ ...options, datasources, requests });
  options.answerRequests({
    isOpen: id => requests.isOpen(id),
    approve: (id, datasource, approval) =>
      requests.approve(id, datasource, approval),
    approved: id => requests.approved(id),
    assertMayAnswer: (id, caller) => rights.assertMayAnswer(id, caller),
  });
  await options.scheduler.scheduleTask({
    id: 'datasource-auth-requests-cleanup',
    frequency: { minutes: 10 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: async () => {
      await store.removeEnded();
    },
  });
  return createAuthorizationRequestsRouter({
    ...options,
    requests: new AuthorizedRequests({
      ...options,
      datasources,
      requests,
      rights,
    }),
  });
}
