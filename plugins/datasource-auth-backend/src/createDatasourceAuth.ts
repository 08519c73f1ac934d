import {
  AuditorService,
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { Config } from '@backstage/config';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { OnConnect } from 'backstage-plugin-datasource-auth-node/egress';
import { AccessControl } from './access/AccessControl';
import { AnswerableRequests, NO_REQUESTS } from './access/AnswerableRequests';
import { AttemptRights } from './access/AttemptRights';
import { Audit } from './access/Audit';
import { AuthorizedAuthorizations } from './access/AuthorizedAuthorizations';
import { DatasourceRights } from './access/DatasourceRights';
import { AuthorizedDatasources } from './access/AuthorizedDatasources';
import { AuthorizedGateway } from './access/AuthorizedGateway';
import { AuthorizedTokens } from './access/AuthorizedTokens';
import { AuthorizedVerification } from './access/AuthorizedVerification';
import { ConsumerList } from './access/ConsumerList';
import { ActivityStore } from './activity/ActivityStore';
import { UsageRecorder } from './activity/UsageRecorder';
import { AuthorizationFlow } from './authorizations/AuthorizationFlow';
import { AuthorizationSecrets } from './authorizations/AuthorizationSecrets';
import { AuthorizationStore } from './authorizations/AuthorizationStore';
import { BrowserRedirects } from './authorizations/BrowserRedirects';
import { DatasourceAuthConfig } from './config';
import { ChangeFeed } from './credentials/ChangeFeed';
import { CredentialMemory } from './credentials/CredentialMemory';
import { CredentialKey } from './database/CredentialKey';
import { CredentialStore } from './credentials/CredentialStore';
import { checkEncryptionKeys } from './sealing/encryptionKeys';
import { Quarantine } from './credentials/Quarantine';
import { Reseal } from './credentials/Reseal';
import { RefreshSweeper } from './credentials/RefreshSweeper';
import { Revocation } from './credentials/Revocation';
import { SealedTokens } from './credentials/SealedTokens';
import { Sealer } from './sealing/Sealer';
import { createTokenBroker } from './credentials/createTokenBroker';
import { BrokerMoment } from './credentials/TokenBroker';
import { ConnectionTest } from './verification/ConnectionTest';
import { CredentialTest } from './verification/CredentialTest';
import { Rehearsal } from './verification/Rehearsal';
import { Datasources } from './datasources/Datasources';
import { DatasourceStatuses } from './credentials/DatasourceStatuses';
import { DatasourceStore } from './datasources/DatasourceStore';
import { DatasourceViews } from './reading/DatasourceViews';
import { AuthorizationCommits } from './saving/AuthorizationCommits';
import { CredentialWriter } from './saving/CredentialWriter';
import { DatasourceForm } from './saving/DatasourceForm';
import { DatasourceRemoval } from './saving/DatasourceRemoval';
import { DatasourceTransaction } from './saving/DatasourceTransaction';
import { DatasourceWriter } from './saving/DatasourceWriter';
import { DeclaredDatasources } from './datasources/DeclaredDatasources';
import { SettingsPolicy } from './settings/SettingsPolicy';
import { stateOf } from './settings/status';
import { Egress } from './egress/Egress';
import { readEgressPolicy } from './egress/EgressPolicy';
import { Gateway } from './gateway/Gateway';
import { BackstagePlugins } from './health/BackstagePlugins';
import { createHealth } from './health/createHealth';
import { ProviderClocks } from './health/ProviderClocks';
import { IN_MEMORY, isInMemory } from './health/storageCheck';
import { DeadlineWatch } from './notices/DeadlineWatch';
import { NoticeStore } from './notices/NoticeStore';
import { Notifier } from './notices/Notifier';
import { OwnerNotices } from './notices/OwnerNotices';
import { StatusChangePublisher } from './notices/StatusChangePublisher';
import { DefaultProviderClient } from './oauth/DefaultProviderClient';
import { measuredProviderClient } from './telemetry/measuredProviderClient';
import { Telemetry } from './telemetry/Telemetry';

/**
 * Puts the parts together, from the innermost outwards. The only place that knows them all.
 */
export async function createDatasourceAuth(deps: {
  config: DatasourceAuthConfig;
  rootConfig: Config;
  knex: Knex;
  auditor: AuditorService;
  auth: AuthService;
  discovery: DiscoveryService;
  events: EventsService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  tracing: TracingService;
  userInfo: UserInfoService;
  /** Only for fault tests: stops an exchange at a named moment. */
  hold?: (moment: BrokerMoment) => Promise<void>;
  /** Only for tests: told of every socket that is opened. */
  onConnect?: OnConnect;
  /** Only for fault tests: how long a lease runs. */
  leaseMilliseconds?: number;
}) {
  const { config, rootConfig, knex, logger } = deps;
  const { callbackUrl, pageUrl } = config;
  const startUrl = callbackUrl.replace(/\/callback\/?$/, '/start');

  const egress = new Egress(readEgressPolicy(rootConfig), {
    onConnect: deps.onConnect,
  });
  let egressRejected = false;
  rootConfig.subscribe?.(() => {
    try {
      egress.update(readEgressPolicy(rootConfig));
      egressRejected = false;
    } catch (error) {
      egressRejected = true;
      logger.error(
        `The changed datasourceAuth.egress is not applied, the previous rules stay. ${
          error instanceof Error ? error.message : ''
        }`,
      );
    }
  });
  if (egress.usesProxy) {
    logger.warn(
      'Calls go through a corporate proxy, which resolves the names: addresses are not checked, only the rules about hosts are. Limit them with datasourceAuth.egress.only.',
    );
  }

  const sealer = Sealer.create({ keys: config.encryptionKeys });
  await checkEncryptionKeys({ knex, sealer });
  const quarantine = await Quarantine.create({
    knex,
    callbackUrl,
    adopt: config.adoptCredentials,
    logger,
  });
  const isQuarantined = () => quarantine.active;
  const tokens = new SealedTokens({
    sealer,
    renewalTimes: {
      beforeExpiry: config.refreshBeforeExpiry,
      sweepEvery: config.sweepEvery,
    },
  });
  const credentials = new CredentialStore({
    knex,
    leaseMilliseconds: deps.leaseMilliseconds,
  });
  const store = new DatasourceStore({ knex });
  const telemetry = new Telemetry({
    ...deps,
    countStates: async () =>
      new Map(
        [...(await store.countByAttention())].map(([attention, count]) => [
          stateOf(attention),
          count,
        ]),
      ),
  });
  const clocks = new ProviderClocks();
  const client = measuredProviderClient(
    clocks.watch(DefaultProviderClient.create({ egress, logger })),
    telemetry,
  );
  const activity = new ActivityStore({ knex });
  const audit = new Audit(deps);
  const usage = new UsageRecorder({
    knex,
    credentials,
    logger,
    onWritten: async counts => {
      telemetry.used(counts);
      await audit.handOuts(counts);
    },
  });

  const policy = new SettingsPolicy({
    checkUrl: url => egress.check(url),
    passwordGrantEnabled: config.passwordGrantEnabled,
  });
  const declared = new DeclaredDatasources({ config: rootConfig, policy });
  const datasources = new Datasources({
    store,
    declared,
    sealer,
    callbackUrl,
  });
  const notifier = new Notifier(deps);
  const notices = new OwnerNotices({
    notifier,
    ...config,
    store: new NoticeStore({ knex }),
  });
  const news = new StatusChangePublisher({ ...deps, activity, notices });
  const statuses = new DatasourceStatuses({
    onChanged: change => news.tell(change),
    datasources,
    store,
    credentials,
    tokens,
    isQuarantined,
  });
  await declared.mirror({ store, logger });
  if (await isInMemory(knex)) {
    logger.warn(
      `${IN_MEMORY} Set backend.database to PostgreSQL, or for SQLite set connection.directory.`,
    );
  }

  const feed = new ChangeFeed({ knex, logger });
  const memory = new CredentialMemory({
    datasources,
    store: credentials,
    tokens,
  });
  feed.subscribe(change => memory.drop(change));
  const broker = createTokenBroker({
    datasources,
    store: credentials,
    memory,
    feed,
    activity,
    tokens,
    client,
    logger,
    pageUrl,
    isQuarantined,
    onChanged: ({ datasourceId }) => statuses.refreshAttention(datasourceId),
    hold: deps.hold,
    leaseMilliseconds: deps.leaseMilliseconds,
  });
  rootConfig.subscribe?.(() => {
    reloadDeclared().catch(error => logger.error(String(error)));
  });
  async function reloadDeclared() {
    try {
      declared.reload(rootConfig);
    } catch (error) {
      logger.error(
        `The changed configuration is not taken over, the last good one stays. ${
          error instanceof Error ? error.message : ''
        }`,
      );
      return;
    }
    await declared.mirror({ store, logger });
    for (const { id } of await store.listDeclared()) {
      memory.drop({ datasourceId: id });
      await broker.settingsChanged(CredentialKey.service(id));
      await statuses.refreshAttention(id);
    }
  }
  const sweeper = new RefreshSweeper({ store: credentials, broker });
  const revocation = new Revocation({
    activity,
    store: credentials,
    tokens,
    datasources,
    client,
    logger,
    isQuarantined,
  });

  const authorizationStore = new AuthorizationStore({ knex });
  const authorizationSecrets = new AuthorizationSecrets({
    sealer,
    callbackUrl,
  });
  let answerable: AnswerableRequests = NO_REQUESTS;
  const requests = () => answerable;
  const credentialWriter = new CredentialWriter({
    credentials,
    authorizations: authorizationStore,
    authorizationSecrets,
    activity,
    tokens,
  });
  const onChanged = async (id: string) => {
    memory.drop({ datasourceId: id });
    await feed.announce({ datasourceId: id });
    await broker.settingsChanged(CredentialKey.service(id));
    await statuses.refreshAttention(id);
  };
  const transaction = new DatasourceTransaction({
    knex,
    revocation,
    onChanged,
  });
  const writer = new DatasourceWriter({
    store,
    datasources,
    form: new DatasourceForm({
      authorizations: authorizationStore,
      authorizationSecrets,
      policy,
      sealer,
    }),
    credentialWriter,
    activity,
    transaction,
  });
  const attempts = {
    ...{ activity, requests, client, sealer },
    store: authorizationStore,
    secrets: authorizationSecrets,
  };
  const flow = new AuthorizationFlow({ ...attempts, policy, callbackUrl });
  const commits = new AuthorizationCommits({
    flow,
    store: authorizationStore,
    credentialWriter,
    datasources,
    requests,
    transaction,
  });

  const reseal = new Reseal({
    knex,
    sealer,
    logger,
    onMoved: (keyId, values) =>
      audit.note({
        event: 'key-rotation',
        action: 'reseal',
        details: { keyId, values },
      }),
  });
  const access = new AccessControl({ ...deps, ...config });
  const consumers = new ConsumerList({ audit, usage, activity, pageUrl });
  const datasourceRights = new DatasourceRights({ access, datasources });
  const authorizedDatasources = new AuthorizedDatasources({
    access,
    audit,
    rights: datasourceRights,
    writer,
    removal: new DatasourceRemoval({
      store,
      credentials,
      activity,
      usage,
      transaction,
    }),
    views: new DatasourceViews({
      store,
      datasources,
      statuses,
      callbackUrl,
    }),
  });
  const rights = new AttemptRights({
    datasources: datasourceRights,
    requests,
  });
  const connectionTest = new ConnectionTest({ egress });
  const verification = new AuthorizedVerification({
    audit,
    datasources: datasourceRights,
    test: new CredentialTest({
      ...{ test: connectionTest, memory, broker, credentials, activity },
    }),
    rehearsal: new Rehearsal({ memory, broker, activity }),
  });
  const authorizations = new AuthorizedAuthorizations({
    audit,
    datasources: datasourceRights,
    flow,
    commits,
    rights,
    test: connectionTest,
    startUrl,
  });
  const health = createHealth({
    access,
    clocks,
    config,
    egress,
    egressRejected: () => egressRejected,
    knex,
    logger,
    plugins: new BackstagePlugins(deps),
    quarantine,
    reseal,
    sealer,
    declared,
    drifts: () => datasources.drifts(),
    statistics: () => store.countByAttention(),
  });

  return {
    access,
    activity,
    audit,
    authorizationStore,
    broker,
    datasources: authorizedDatasources,
    datasourceRights,
    deadlines: new DeadlineWatch({ store, statuses, notices }),
    declared,
    egress,
    feed,
    health,
    reseal,
    startUrl,
    stops: new BrowserRedirects({ ...attempts, logger }),
    store,
    sweeper,
    usage,
    authorizations,
    verification,
    /** What the requests of other people work with, which are added by `plugin.ts`. */
    answerRequests: (added: AnswerableRequests) => {
      answerable = added;
    },
    loadedDatasources: datasources,
    notifier,
    sealer,
    gateway: new AuthorizedGateway({
      access,
      audit,
      memory,
      gateway: new Gateway({
        dispatcher: egress.dispatcher,
        broker,
        baseUrl: config.baseUrl,
      }),
      consumers,
      usage,
    }),
    tokens: new AuthorizedTokens({
      access,
      audit,
      memory,
      broker,
      usage,
      consumers,
      egress,
    }),
    /** Datasources that are declared and can be authorized without a person, but never were. */
    authorizeDeclared: async () => {
      for (const name of declared.names()) {
        const datasource = await datasources.get(name).catch(() => undefined);
        if (!datasource || datasource.record.source !== 'config') continue;
        const { id } = datasource.record;
        await broker.settingsChanged(CredentialKey.service(id));
        if (
          datasource.record.settings.auth.grantType === 'authorization_code'
        ) {
          continue;
        }
        await broker.getToken(await memory.get(name)).catch(() => {});
        await statuses.refreshAttention(id);
      }
    },
  };
}

/** The assembled parts. */
export type DatasourceAuth = Awaited<ReturnType<typeof createDatasourceAuth>>;
