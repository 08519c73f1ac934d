import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceDrift,
  Health,
  HealthCheck,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { AccessControl } from '../access/AccessControl';
import { Caller } from '../access/caller';
import { Quarantine } from '../credentials/Quarantine';
import { Reseal } from '../credentials/Reseal';
import { Sealer } from '../sealing/Sealer';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { Egress } from '../egress/Egress';
import { EgressPolicy } from '../egress/EgressPolicy';
import { accessCheck } from './accessCheck';
import { BackstagePlugins } from './BackstagePlugins';
import { leaseCheck } from './leaseCheck';
import { pluginChecks } from './pluginChecks';
import { ProviderClocks } from './ProviderClocks';
import { storageCheck } from './storageCheck';
import { sweepCheck } from './sweepCheck';

/**
 * Looks at everything anew.
 *
 * @param options - `withHosts`: name the hosts that may be called, which are internal ones, too; `caller`: who looks
 */
export type SetupHealth = (options: {
  withHosts: boolean;
  caller: Caller;
}) => Promise<Health>;

/** The part of the plugin's configuration that the checks look at. Durations are milliseconds. */
interface HealthConfig {
  callbackUrl: string;
  managers: string[];
  passwordGrantEnabled: boolean;
  permissionsEnabled: boolean;
  sweepEvery: number;
}

/**
 * Makes the setup checks: what an operator has to know, each with what to do where it is not well.
 */
export function createHealth(options: {
  access: Pick<AccessControl, 'mayChangeAll' | 'isManager'>;
  clocks: ProviderClocks;
  config: HealthConfig;
  egress: Egress;
  /** Whether a changed `datasourceAuth.egress` could not be read, and the previous rules stay. */
  egressRejected: () => boolean;
  knex: Knex;
  logger: LoggerService;
  plugins: BackstagePlugins;
  quarantine: Quarantine;
  reseal: Reseal;
  sealer: Sealer;
  declared: DeclaredDatasources;
  /** The datasources that differ from what app-config says of them. */
  drifts: () => Promise<DatasourceDrift[]>;
  /** How many datasources have each attention rank. */
  statistics: () => Promise<Map<number, number>>;
}): SetupHealth {
  const { clocks, config, egress, plugins, quarantine, reseal, sealer } =
    options;
  const { callbackUrl } = config;
  const { protocol, hostname } = new URL(callbackUrl);
  const https = protocol === 'https:';

  return async ({ withHosts, caller }) => {
    const [{ left }, counts, lease, sweep, others, drifts, storage, access] =
      await Promise.all([
        reseal.progress(),
        options.statistics(),
        leaseCheck(options),
        sweepCheck({ plugins, ...config }),
        pluginChecks(plugins),
        options.drifts(),
        storageCheck(options.knex),
        accessCheck({ ...config, decides: options.access, caller }),
      ]);
    const failing = counts.get(3) ?? 0;
    const checks: HealthCheck[] = [
      {
        id: 'encryption-key',
        state: left === 0 ? 'ok' : 'advice',
        title: `Secrets are sealed with key '${sealer.activeKeyId}'`,
        detail: left > 0 ? `${left} values are under an older key` : undefined,
        remedy:
          left > 0
            ? 'They are sealed again by the hour. Keep the older key configured until none is left.'
            : undefined,
      },
      {
        id: 'callback-https',
        state:
          https || ['localhost', '127.0.0.1'].includes(hostname)
            ? 'ok'
            : 'problem',
        title: https
          ? 'The redirect URI uses https'
          : 'The redirect URI uses http, which is for this machine only',
        detail: callbackUrl,
        remedy: https
          ? undefined
          : 'Serve the backend over https; many providers refuse anything else.',
      },
      {
        id: 'quarantine',
        state: quarantine.active ? 'problem' : 'ok',
        title: 'Credentials belong to this installation',
        remedy: quarantine.active
          ? `If the installation moved, set datasourceAuth.adoptCredentials to ${callbackUrl}.`
          : undefined,
      },
      egressCheck(egress, {
        withHosts,
        rejected: options.egressRejected(),
      }),
      storage,
      access,
      declarationsCheck(options.declared.rejected, drifts),
      lease,
      sweep,
      clocks.check(),
      {
        id: 'datasources',
        state: failing === 0 ? 'ok' : 'problem',
        title: 'Datasources without errors',
        detail: failing > 0 ? `${failing} in ERROR` : undefined,
        remedy: failing > 0 ? 'Open the list; they stand first.' : undefined,
      },
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
 * Whether what app-config declares is what is used. Without names, which not every reader of the checks may know: they
 * stand in the log, and on the page of each datasource.
 */
function declarationsCheck(
  rejected: boolean,
  drifts: DatasourceDrift[],
): HealthCheck {
  const count = (kind: DatasourceDrift['kind']) =>
    drifts.filter(drift => drift.kind === kind).length;
  const unused = count('declaration_unused');
  const elsewhere = count('replicas_differ');
  const findings: Array<{ detail: string; remedy: string }> = [];
  if (rejected) {
    findings.push({
      detail:
        'The configuration was changed to one that is wrong, and the last good one stays.',
      remedy: "Correct the fault that the backend's log names.",
    });
  }
  if (unused > 0) {
    findings.push({
      detail: `${unused} declared, and one of the same name that was stored before is used.`,
      remedy:
        'Delete the stored one and get a credential for the declared one, or take the declaration away.',
    });
  }
  if (elsewhere > 0) {
    findings.push({
      detail: `${elsewhere} declared otherwise on another replica.`,
      remedy: 'Finish the roll-out: all replicas need the same configuration.',
    });
  }
  return {
    id: 'declarations',
    state: findings.length === 0 ? 'ok' : 'problem',
    title: 'Datasources declared in app-config are used as they stand there',
    detail: findings.map(({ detail }) => detail).join(' ') || undefined,
    remedy: findings.map(({ remedy }) => remedy).join(' ') || undefined,
  };
}

function egressCheck(
  egress: Egress,
  options: { withHosts: boolean; rejected: boolean },
): HealthCheck {
  const remedies = [
    options.rejected
      ? "The changed datasourceAuth.egress can't be read, so the previous rules stay. Correct the entry that the backend's log names."
      : '',
    egress.usesProxy
      ? 'Calls go through a corporate proxy, so only host names are checked. Limit them with datasourceAuth.egress.only.'
      : '',
  ].filter(Boolean);
  return {
    id: 'egress',
    state: remedies.length === 0 ? 'ok' : 'problem',
    title: 'Addresses are checked on every call',
    detail: options.withHosts ? describePolicy(egress.policy) : undefined,
    remedy: remedies.join(' ') || undefined,
  };
}

/** Where the backend may connect to, in words. */
function describePolicy({ allow, allowHttp, only }: EgressPolicy): string {
  const listed = (rules: string[]) => rules.join(', ');
  return [
    only.length > 0 ? `Only ${listed(only)}.` : 'Every public host.',
    allow.length > 0 ? `Internal: ${listed(allow)}.` : 'Nothing internal.',
    allowHttp.length > 0 ? `Without TLS: ${listed(allowHttp)}.` : undefined,
  ]
    .filter(Boolean)
    .join(' ');
}
