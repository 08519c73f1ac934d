import { RootInstanceMetadataService } from '@backstage/backend-plugin-api';
import {
  HealthCheck,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { AccessControl } from '../access/AccessControl';
import { Caller } from '../access/caller';
import { healthCheck } from './healthCheck';

const GUEST = 'user:development/guest';

/**
 * The module that gives the permission plugin a policy without limits. An allow-all policy that is written elsewhere
 * looks like any other policy.
 */
const ALLOW_ALL = { pluginId: 'permission', moduleId: 'allow-all-policy' };

interface AccessCheckOptions {
  permissionsEnabled: boolean;
  managers: string[];
  caller: Caller;
  decides: Pick<AccessControl, 'mayChangeAll'>;
  /** Knows the modules of this backend only: the permission plugin may run in another one. */
  instanceMetadata: RootInstanceMetadataService;
}

/**
 * Checks whether permissions to change datasources are what the configuration suggests. The framework tells a backend
 * only what a user with a session may do, so nothing proves that a policy limits others.
 */
export async function accessCheck(
  options: AccessCheckOptions,
): Promise<HealthCheck> {
  if (!options.permissionsEnabled) return byManagers(options.managers);
  return healthCheck({ id: 'access', ...(await byPolicy(options)) });
}

function byManagers(managers: string[]): HealthCheck {
  return managers.length > 0
    ? healthCheck({
        id: 'access',
        state: 'ok',
        title: message('health.access.managers'),
        detail: [message('health.access.byManagers')],
      })
    : healthCheck({
        id: 'access',
        state: 'problem',
        title: message('health.access.nobody'),
        remedy: [message('health.access.nobodyRemedy')],
      });
}

async function byPolicy(options: AccessCheckOptions): Promise<{
  state: HealthCheck['state'];
  title: Message;
  detail: Message[];
  remedy?: Message[];
}> {
  if (await allowsAll(options.instanceMetadata)) {
    return {
      state: 'problem',
      title: message('health.access.everyone'),
      detail: [message('health.access.allowAll')],
      remedy: [message('health.access.allowAllRemedy')],
    };
  }
  const { caller, decides, managers } = options;
  const asked = await askFor(caller, decides).catch(() => undefined);
  if (asked?.all && asked.guest) {
    return {
      state: 'problem',
      title: message('health.access.guests'),
      detail: [],
      remedy: [message('health.access.guestsRemedy')],
    };
  }
  if (managers.length > 0 && (!asked || asked.all)) {
    return {
      state: 'problem',
      title: message('health.access.managersUnused'),
      detail: [message('health.access.managersOnlyNotified')],
      remedy: [message('health.access.managersRemedy')],
    };
  }
  if (!asked || asked.all) {
    return {
      state: 'unknown',
      title: message('health.access.unknown'),
      detail: [
        message(asked ? 'health.access.youMayAll' : 'health.access.notAsked'),
      ],
      remedy: [message('health.access.unknownRemedy')],
    };
  }
  return {
    state: 'ok',
    title: message('health.access.policy'),
    detail: [message('health.access.limited')],
  };
}

async function allowsAll(
  instanceMetadata: RootInstanceMetadataService,
): Promise<boolean> {
  const plugins = await instanceMetadata.getInstalledPlugins();
  return plugins.some(
    ({ pluginId, modules }) =>
      pluginId === ALLOW_ALL.pluginId &&
      modules.some(({ moduleId }) => moduleId === ALLOW_ALL.moduleId),
  );
}

async function askFor(
  caller: Caller,
  decides: Pick<AccessControl, 'mayChangeAll'>,
) {
  if (caller.kind !== 'user') return undefined;
  const all = await decides.mayChangeAll(caller);
  return { all, guest: caller.userRef.toLowerCase() === GUEST };
}
