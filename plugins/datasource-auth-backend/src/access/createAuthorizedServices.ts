import { ActivityStore } from '../activity/ActivityStore';
import { UsageRecorder } from '../activity/UsageRecorder';
import { Attempts } from '../authorizations/createAttempts';
import { CredentialMemory } from '../credentials/CredentialMemory';
import { CredentialStore } from '../credentials/CredentialStore';
import { DatasourceStatuses } from '../credentials/DatasourceStatuses';
import { SealedTokens } from '../credentials/SealedTokens';
import { TokenBroker } from '../credentials/TokenBroker';
import { Datasources } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { Egress } from '../egress/Egress';
import { Gateway } from '../gateway/Gateway';
import { DatasourceViews } from '../reading/DatasourceViews';
import { Saving } from '../saving/createSaving';
import { ConnectionTest } from '../verification/ConnectionTest';
import { CredentialTest } from '../verification/CredentialTest';
import { Rehearsal } from '../verification/Rehearsal';
import { AccessControl } from './AccessControl';
import { AnswerableRequests } from './AnswerableRequests';
import { AttemptRights } from './AttemptRights';
import { Audit } from './Audit';
import { AuthorizedAuthorizations } from './AuthorizedAuthorizations';
import { Connections } from '../connections/Connections';
import { EnteredConnections } from '../connections/EnteredConnections';
import { Delegations } from '../connections/Delegations';
import { AuthorizedCalls } from './AuthorizedCalls';
import { AuthorizedConnections } from './AuthorizedConnections';
import { AuthorizedDelegations } from './AuthorizedDelegations';
import { AuthorizedPeople } from './AuthorizedPeople';
import { ConnectionRights } from './ConnectionRights';
import { AuthorizedDatasources } from './AuthorizedDatasources';
import { AuthorizedGateway } from './AuthorizedGateway';
import { AuthorizedTokens } from './AuthorizedTokens';
import { DpopProofs } from '../signing/DpopProofs';
import { ServerClocks } from '../signing/ServerClocks';
import { AuthorizedVerification } from './AuthorizedVerification';
import { ConsumerList } from './ConsumerList';
import { DatasourceRights } from './DatasourceRights';
import { PersonalCredentials } from './PersonalCredentials';
import { PluginRights } from './PluginRights';

/** Adds authorization to the services. */
export function createAuthorizedServices(options: {
  access: AccessControl;
  activity: ActivityStore;
  attempts: Attempts;
  audit: Audit;
  /** Base URL of the plugin. */
  baseUrl: string;
  broker: TokenBroker;
  callbackUrl: string;
  /** The clocks of APIs. */
  clocks: ServerClocks;
  connections: Connections;
  entered: EnteredConnections;
  credentials: CredentialStore;
  datasources: Datasources;
  delegations: Delegations;
  egress: Egress;
  /** How long a delegation can last. Milliseconds. */
  maxDelegation: number;
  memory: CredentialMemory;
  /** Signs for calls of APIs with tokens that are bound to a key. */
  proofs: DpopProofs;
  pageUrl: string;
  requests: () => AnswerableRequests;
  /** Users that several people share. */
  sharedUsers: readonly string[];
  saving: Saving;
  sealedTokens: SealedTokens;
  startUrl: string;
  statuses: DatasourceStatuses;
  store: DatasourceStore;
  test: ConnectionTest;
  usage: UsageRecorder;
}) {
  const { audit, attempts, egress, saving, test } = options;
  const datasourceRights = new DatasourceRights(options);
  const guarded = { ...options, datasources: datasourceRights };
  const connectionRights = new ConnectionRights(options);
  const personal = new PersonalCredentials({ ...options, connectionRights });
  const consumers = new ConsumerList(options);
  const rights = new PluginRights({ ...options, consumers });
  const gateway = new Gateway({
    ...options,
    dispatcherWith: certificate => egress.dispatcherWith(certificate),
  });
  return {
    datasourceRights,
    datasources: new AuthorizedDatasources({
      ...options,
      ...saving,
      rights: datasourceRights,
      views: new DatasourceViews(options),
    }),
    verification: new AuthorizedVerification({
      audit,
      datasources: datasourceRights,
      test: new CredentialTest(options),
      rehearsal: new Rehearsal(options),
    }),
    authorizations: new AuthorizedAuthorizations({
      ...guarded,
      flow: attempts.flow,
      commits: saving.commits,
      rights: new AttemptRights({ ...guarded, connections: connectionRights }),
      ...{ test, connectionRights },
    }),
    connections: new AuthorizedConnections({
      ...options,
      rights: connectionRights,
    }),
    delegations: new AuthorizedDelegations({
      ...options,
      ...{ rights, connectionRights, personal },
    }),
    people: new AuthorizedPeople({ ...options, rights: datasourceRights }),
    gateway: new AuthorizedGateway({
      ...options,
      ...{ consumers, gateway, personal },
    }),
    calls: new AuthorizedCalls({ ...options, rights, gateway, personal }),
    tokens: new AuthorizedTokens({ ...options, rights, personal }),
  };
}
