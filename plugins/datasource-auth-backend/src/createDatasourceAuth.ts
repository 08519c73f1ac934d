import {
  AuditorService,
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootInstanceMetadataService,
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
import {
  OnConnect,
  Resolve,
} from 'backstage-plugin-datasource-auth-node/egress';
import { AccessControl } from './access/AccessControl';
import { AnswerableRequests, NO_REQUESTS } from './access/AnswerableRequests';
import { Audit } from './access/Audit';
import { createAuthorizedServices } from './access/createAuthorizedServices';
import { ActivityStore } from './activity/ActivityStore';
import { UsageRecorder } from './activity/UsageRecorder';
import { createAttempts } from './authorizations/createAttempts';
import { DatasourceAuthConfig } from './config';
import { Change } from './credentials/ChangeFeed';
import { Connections, EmailOf } from './connections/Connections';
import { EnteredConnections } from './connections/EnteredConnections';
import { Delegations } from './connections/Delegations';
import { PeopleStore } from './connections/PeopleStore';
import { Presence } from './connections/Presence';
import { UserDirectory } from './connections/UserDirectory';
import { createRenewal } from './credentials/createRenewal';
import { CredentialStore } from './credentials/CredentialStore';
import { DatasourceStatuses } from './credentials/DatasourceStatuses';
import { DeclaredCredentials } from './credentials/DeclaredCredentials';
import { Quarantine } from './credentials/Quarantine';
import { Reseal } from './credentials/Reseal';
import { SealedTokens } from './credentials/SealedTokens';
import { BrokerMoment } from './credentials/TokenBroker';
import { Datasources } from './datasources/Datasources';
import { DatasourceStore } from './datasources/DatasourceStore';
import { DeclaredDatasources } from './datasources/DeclaredDatasources';
import { createEgress } from './egress/createEgress';
import { BearerFiles } from './files/BearerFiles';
import { CredentialFiles } from './files/CredentialFiles';
import { BackstagePlugins } from './health/BackstagePlugins';
import { createHealth } from './health/createHealth';
import { ProviderClocks } from './health/ProviderClocks';
import { IN_MEMORY, isInMemory } from './health/storageCheck';
import { createNotices } from './notices/createNotices';
import { DeadlineWatch } from './notices/DeadlineWatch';
import { ExpiringConnections } from './notices/ExpiringConnections';
import { UnusedConnections } from './notices/UnusedConnections';
import { DefaultProviderClient } from './oauth/DefaultProviderClient';
import { Revocations } from './revocations/Revocations';
import { createSaving } from './saving/createSaving';
import { checkEncryptionKeys } from './sealing/encryptionKeys';
import { Sealer } from './sealing/Sealer';
import { DpopProofs } from './signing/DpopProofs';
import { ServerClocks } from './signing/ServerClocks';
import { Signers } from './signing/Signers';
import { SettingsPolicy } from './settings/SettingsPolicy';
import { measuredProviderClient } from './telemetry/measuredProviderClient';
import { Telemetry } from './telemetry/Telemetry';
import { ConnectionTest } from './verification/ConnectionTest';

/**
 * Creates all parts, from the innermost outward. The only place that knows them all.
 */
export async function createDatasourceAuth(deps: {
  config: DatasourceAuthConfig;
  rootConfig: Config;
  knex: Knex;
  auditor: AuditorService;
  auth: AuthService;
  discovery: DiscoveryService;
  /** Returns a user's email address in the catalog. */
  emailOf: EmailOf;
  /** The users that the catalog knows. */
  directory: UserDirectory;
  events: EventsService;
  instanceMetadata: RootInstanceMetadataService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  tracing: TracingService;
  userInfo: UserInfoService;
  /** The signers of modules. */
  signers?: Signers;
  /** For fault tests only: stops an exchange at a named moment. */
  hold?: (moment: BrokerMoment) => Promise<void>;
  /** For tests only: called for every opened socket. */
  onConnect?: OnConnect;
  /** For tests only: resolves names. */
  resolve?: Resolve;
  /** For fault tests only: duration of a lease. */
  leaseMilliseconds?: number;
}) {
  const { config, rootConfig, knex, logger, signers } = deps;
  const { callbackUrl, pageUrl } = config;
  const startUrl = callbackUrl.replace(/\/callback\/?$/, '/start');

  const { egress, egressRejected } = createEgress(deps);
  const files = new CredentialFiles(config.files);
  const bearerFiles = new BearerFiles({ files });
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
    countStates: () => store.countByState(),
  });
  const clocks = new ProviderClocks();
  const client = measuredProviderClient(
    clocks.watch(
      DefaultProviderClient.create({ egress, files, logger, signers }),
    ),
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
  const notices = createNotices({ ...deps, ...config, activity, store });
  const people = new PeopleStore({ knex });
  const isPresenceKnown = config.presence === 'catalog';
  const statuses = new DatasourceStatuses({
    ...(isPresenceKnown && { whoLeft: users => people.whoLeft(users) }),
    onChanged: change => notices.news.tell(change),
    datasources,
    store,
    credentials,
    tokens,
    isQuarantined,
  });
  await declared.mirror({ store, logger });
  if (await isInMemory(knex)) {
    logger.warn(
      `${IN_MEMORY} Configure PostgreSQL under backend.database, or set connection.directory for SQLite.`,
    );
  }

  const revocations = new Revocations({
    ...{ knex, sealer, client, logger, isQuarantined },
    onAbandoned: abandoned => notices.notRevoked(abandoned),
  });
  const apiClocks = new ServerClocks();
  const apiProofs = new DpopProofs({ clocks: apiClocks });
  const test = new ConnectionTest({
    ...{ egress, clocks: apiClocks, proofs: apiProofs },
    ...{ files: bearerFiles, signers },
  });
  const renewal = createRenewal({
    ...deps,
    callTestPath: ({ datasource: { record, secrets }, payload }) =>
      test.run({ settings: record.settings, secrets }, payload),
    ...{ activity, client, credentials, datasources, isQuarantined, pageUrl },
    ...{ revocations, statuses, tokens, clocks: apiClocks, files: bearerFiles },
    onEnded: (record, users, why) =>
      notices.personal.disconnected(record, users, why),
    onPersonalRefused: async key => {
      const row = await credentials.read(key);
      const record = await store.findById(key.datasourceId);
      if (record && row?.state === 'refused') {
        await notices.personal.refused(record, key.subject, row.credentialId);
      }
    },
  });
  const { broker, memory } = renewal;
  const declaredCredentials = new DeclaredCredentials({
    ...{ declared, store, datasources, memory, broker, statuses, logger },
  });
  rootConfig.subscribe?.(() => {
    declaredCredentials
      .reload(rootConfig)
      .catch(error =>
        logger.error(
          `The changed declared datasources could not be applied. Correct the cause, or restart the backend. ${String(
            error,
          )}`,
        ),
      );
  });
  let answerable: AnswerableRequests = NO_REQUESTS;
  const requests = () => answerable;
  const attempts = createAttempts({
    ...{ activity, callbackUrl, client, knex, logger, policy, requests },
    sealer,
  });
  const saving = createSaving({
    ...{ activity, credentials, datasources, knex, policy, requests, store },
    ...{ attempts, revocations, sealer, tokens, usage },
    ...renewal,
  });

  const delegations = new Delegations({
    ...{ knex, credentials, sealer },
    onApproved: ({ record }, { subject, ...approved }) =>
      notices.personal.delegated(record, subject, approved),
    onEnded: async (ended, reason) => {
      for (const { id, key, plugin } of ended) {
        const { datasourceId } = key;
        await audit.note({
          ...{ event: 'delegation', action: 'end' },
          details: { delegation: id, datasourceId, plugin, reason },
        });
      }
    },
  });
  const onConnectionChanged = async (change: Change) => {
    memory.drop(change);
    await renewal.feed.announce(change);
  };
  const connections = new Connections({
    people,
    ...{
      activity,
      datasources,
      knex,
      credentials,
      tokens,
      delegations,
      emailOf: deps.emailOf,
    },
    authorizations: attempts.store,
    authorizationSecrets: attempts.secrets,
    ...{ revocations, ended: renewal.ended, onChanged: onConnectionChanged },
  });
  const entered = new EnteredConnections({
    ...{ knex, credentials, tokens, delegations },
    onChanged: onConnectionChanged,
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
  const authorized = createAuthorizedServices({
    ...{ access, activity, attempts, audit, broker, connections, credentials },
    entered,
    ...{
      datasources,
      delegations,
      egress,
      memory,
      requests,
      saving,
      startUrl,
      statuses,
      store,
      usage,
    },
    ...{ test, clocks: apiClocks, proofs: apiProofs, sealedTokens: tokens },
    ...config,
  });
  const health = createHealth({
    access,
    clocks,
    config,
    egress,
    egressRejected,
    instanceMetadata: deps.instanceMetadata,
    knex,
    logger,
    plugins: new BackstagePlugins(deps),
    quarantine,
    reseal,
    sealer,
    declared,
    store,
    drifts: () => datasources.drifts(),
    statistics: () => store.countByState(),
    toHandOver: async () =>
      isPresenceKnown ? people.countToHandOver() : undefined,
  });

  return {
    ...authorized,
    ...renewal,
    access,
    activity,
    audit,
    authorizationStore: attempts.store,
    credentialStore: credentials,
    removeOverDelegations: () => delegations.clean(),
    deadlines: new DeadlineWatch({
      ...{ store, statuses, notices: notices.owners, logger },
    }),
    declared,
    egress,
    health,
    reseal,
    startUrl,
    stops: attempts.stops,
    store,
    usage,
    /** The parts that approval requests need. `plugin.ts` adds them. */
    answerRequests: (added: AnswerableRequests) => {
      answerable = added;
    },
    loadedDatasources: datasources,
    notifier: notices.notifier,
    unusedConnections: new UnusedConnections({
      ...{ credentials, datasources, logger, sent: notices.sent },
      ...{ notices: notices.personal, unusedAfter: config.unusedAfter },
      end: async (datasource, row) => {
        if (!(await connections.endUnused(datasource, row))) return;
        await audit.note({
          ...{ event: 'connection', action: 'end-unused' },
          datasource: datasource.record.name,
          details: { user: row.key.subject },
        });
      },
    }),
    expiringConnections: new ExpiringConnections({
      ...{ credentials, datasources, pageUrl, notices: notices.sent },
      notifier: notices.notifier,
    }),
    presence: new Presence({
      ...{ directory: deps.directory, knex, logger, people },
      onChanged: subject => connections.announce(subject),
      end: async user => {
        const disconnected = await connections.endAll(user);
        if (disconnected > 0) {
          await audit.note({
            event: 'connection',
            action: 'end-missing',
            details: { user, disconnected },
          });
        }
        for (const grant of await people.authorizedBy(user)) {
          const record = await store.findById(grant.datasourceId);
          if (record) {
            await notices.owners.authorizerLeft(record, grant.credentialId);
          }
        }
      },
    }),
    revocations,
    sealer,
    authorizeDeclared: () => declaredCredentials.authorize(),
  };
}

/** All parts of the plugin. */
export type DatasourceAuth = Awaited<ReturnType<typeof createDatasourceAuth>>;
