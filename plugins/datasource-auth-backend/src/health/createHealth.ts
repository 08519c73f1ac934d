import {
  LoggerService,
  RootInstanceMetadataService,
} from '@backstage/backend-plugin-api';
import {
  DatasourceDrift,
  Health,
  HealthCheck,
  message,
  Message,
  DatasourceState,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { AccessControl } from '../access/AccessControl';
import { Caller } from '../access/caller';
import { Quarantine } from '../credentials/Quarantine';
import { Reseal } from '../credentials/Reseal';
import { Sealer } from '../sealing/Sealer';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { Egress } from '../egress/Egress';
import { EgressPolicy } from '../egress/EgressPolicy';
import { accessCheck } from './accessCheck';
import { BackstagePlugins } from './BackstagePlugins';
import { healthCheck } from './healthCheck';
import { leaseCheck } from './leaseCheck';
import { pluginChecks } from './pluginChecks';
import { ProviderClocks } from './ProviderClocks';
import { secretsCheck } from './secretsCheck';
import { storageCheck } from './storageCheck';
import { sweepCheck } from './sweepCheck';

/**
 * Runs every check again.
 *
 * @param options - `withHosts`: includes the hosts that may be called, even internal ones; `caller`: the user who
 *   opened the page
 */
export type SetupHealth = (options: {
  withHosts: boolean;
  caller: Caller;
}) => Promise<Health>;

/** The part of the plugin's configuration that the checks read. Durations are milliseconds. */
interface HealthConfig {
  callbackUrl: string;
  managers: string[];
  passwordGrantEnabled: boolean;
  permissionsEnabled: boolean;
  sweepEvery: number;
}

/** Creates the setup checks, which tell administrators what to fix and how. */
export function createHealth(options: {
  access: Pick<AccessControl, 'mayChangeAll'>;
  clocks: ProviderClocks;
  config: HealthConfig;
  egress: Egress;
  /** Whether a changed `datasourceAuth.egress` couldn't be read, so that the previous rules apply. */
  egressRejected: () => boolean;
  instanceMetadata: RootInstanceMetadataService;
  knex: Knex;
  logger: LoggerService;
  plugins: BackstagePlugins;
  quarantine: Quarantine;
  reseal: Reseal;
  sealer: Sealer;
  declared: DeclaredDatasources;
  store: Pick<DatasourceStore, 'list'>;
  /** The datasources that differ from their declaration. */
  drifts: () => Promise<DatasourceDrift[]>;
  /** Number of datasources in each state. */
  statistics: () => Promise<Map<DatasourceState, number>>;
  /** Number of datasources that were authorized by people who have left; undefined if nobody asks the catalog. */
  toHandOver: () => Promise<number | undefined>;
}): SetupHealth {
  const { clocks, config, egress, plugins, quarantine, reseal, sealer } =
    options;
  const { callbackUrl } = config;
  const { protocol, hostname } = new URL(callbackUrl);
  const https = protocol === 'https:';
  const isLocal = ['localhost', '127.0.0.1'].includes(hostname);

  return async ({ withHosts, caller }) => {
    const [
      { left },
      counts,
      toHandOver,
      lease,
      sweep,
      others,
      drifts,
      storage,
      secrets,
      access,
    ] = await Promise.all([
      reseal.progress(),
      options.statistics(),
      options.toHandOver(),
      leaseCheck(options),
      sweepCheck({ plugins, ...config }),
      pluginChecks(plugins),
      options.drifts(),
      storageCheck(options.knex),
      secretsCheck(options.store),
      accessCheck({
        ...config,
        ...{ instanceMetadata: options.instanceMetadata, caller },
        decides: options.access,
      }),
    ]);
    const failing = counts.get('ERROR') ?? 0;
    const key = { id: sealer.activeKeyId };
    const checks: HealthCheck[] = [
      healthCheck({
        id: 'encryption-key',
        state: left === 0 ? 'ok' : 'advice',
        title:
          left === 0
            ? message('health.encryptionKey.title', key)
            : message('health.encryptionKey.olderKey', { ...key, count: left }),
        ...(left === 0
          ? { detail: [message('health.encryptionKey.detail')] }
          : { remedy: [message('health.encryptionKey.remedy')] }),
      }),
      healthCheck({
        id: 'callback-https',
        ...(https || isLocal
          ? {
              state: 'ok',
              title: message(
                https ? 'health.callback.https' : 'health.callback.local',
              ),
            }
          : {
              state: 'problem',
              title: message('health.callback.http'),
              remedy: [message('health.callback.remedy')],
            }),
        detail: [message('health.callback.detail', { url: callbackUrl })],
      }),
      healthCheck({
        id: 'quarantine',
        ...(quarantine.active
          ? {
              state: 'problem',
              title: message('health.quarantine.foreign'),
              detail: [message('health.quarantine.unused')],
              remedy: [
                message('health.quarantine.remedy', { url: callbackUrl }),
              ],
            }
          : {
              state: 'ok',
              title: message('health.quarantine.title'),
              detail: [message('health.quarantine.detail')],
            }),
      }),
      egressCheck(egress, {
        withHosts,
        rejected: options.egressRejected(),
      }),
      storage,
      secrets,
      access,
      declarationsCheck(options.declared.rejected, drifts),
      lease,
      sweep,
      clocks.check(),
      healthCheck({
        id: 'datasources',
        ...(failing > 0
          ? {
              state: 'problem',
              title: message('health.datasources.failing', { count: failing }),
              remedy: [message('health.datasources.remedy')],
            }
          : {
              state: 'ok',
              title: message('health.datasources.title'),
              detail: [message('health.datasources.detail')],
            }),
      }),
      ...(toHandOver === undefined ? [] : [authorizersCheck(toHandOver)]),
      ...others,
    ];
    return {
      callbackUrl,
      passwordGrantEnabled: config.passwordGrantEnabled,
      checks,
    };
  };
}

/**
 * Checks whether declared datasources are used. It names none, because not every reader of the checks may know them:
 * the log and the page of each datasource do.
 */
function declarationsCheck(
  rejected: boolean,
  drifts: DatasourceDrift[],
): HealthCheck {
  const counted = (kind: DatasourceDrift['kind']) =>
    drifts.filter(drift => drift.kind === kind).length;
  const unused = counted('declaration_unused');
  const elsewhere = counted('replicas_differ');
  const findings: Array<{ detail: Message; remedy: Message }> = [];
  if (rejected) {
    findings.push({
      detail: message('health.declarations.rejected'),
      remedy: message('health.declarations.rejectedRemedy'),
    });
  }
  if (unused > 0) {
    findings.push({
      detail: message('health.declarations.unused', { count: unused }),
      remedy: message('health.declarations.unusedRemedy'),
    });
  }
  if (elsewhere > 0) {
    findings.push({
      detail: message('health.declarations.elsewhere', { count: elsewhere }),
      remedy: message('health.declarations.elsewhereRemedy'),
    });
  }
  return healthCheck({
    id: 'declarations',
    state: findings.length === 0 ? 'ok' : 'problem',
    title: message(
      findings.length === 0
        ? 'health.declarations.title'
        : 'health.declarations.notAll',
    ),
    detail:
      findings.length === 0
        ? [message('health.declarations.detail')]
        : findings.map(({ detail }) => detail),
    remedy: findings.map(({ remedy }) => remedy),
  });
}

/** Checks whether people who authorized datasources have left. It names none, as not every reader may know them. */
function authorizersCheck(toHandOver: number): HealthCheck {
  return healthCheck({
    id: 'authorizers',
    ...(toHandOver > 0
      ? {
          state: 'advice',
          title: message('health.authorizers.left', { count: toHandOver }),
          remedy: [message('health.authorizers.remedy')],
        }
      : {
          state: 'ok',
          title: message('health.authorizers.title'),
          detail: [message('health.authorizers.detail')],
        }),
  });
}

function egressCheck(
  egress: Egress,
  options: { withHosts: boolean; rejected: boolean },
): HealthCheck {
  const remedy = [
    ...(options.rejected ? [message('health.egress.unreadable')] : []),
    ...(egress.usesProxy ? [message('health.egress.proxy')] : []),
  ];
  const limited = options.rejected
    ? 'health.egress.previous'
    : 'health.egress.namesOnly';
  return healthCheck({
    id: 'egress',
    state: remedy.length === 0 ? 'ok' : 'problem',
    title: message(remedy.length === 0 ? 'health.egress.title' : limited),
    detail: [
      ...(remedy.length === 0 ? [message('health.egress.detail')] : []),
      ...(options.withHosts ? describePolicy(egress.policy) : []),
    ],
    remedy,
  });
}

/** Returns the destinations that the backend may connect to. */
function describePolicy({ allow, allowHttp, only }: EgressPolicy): Message[] {
  const hosts = (rules: string[]) => ({ hosts: rules.join(', ') });
  return [
    only.length > 0
      ? message('health.egress.only', hosts(only))
      : message('health.egress.everyPublic'),
    allow.length > 0
      ? message('health.egress.internal', hosts(allow))
      : message('health.egress.nothingInternal'),
    ...(allowHttp.length > 0
      ? [message('health.egress.withoutTls', hosts(allowHttp))]
      : []),
  ];
}
