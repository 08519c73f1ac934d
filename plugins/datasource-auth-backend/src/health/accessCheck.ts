import { HealthCheck, message } from 'backstage-plugin-datasource-auth-common';
import { AccessControl } from '../access/AccessControl';
import { Caller } from '../access/caller';
import { healthCheck } from './healthCheck';

const GUEST = 'user:development/guest';

/**
 * Checks whether permissions to change datasources are what the configuration suggests. The framework tells a backend
 * only what a user with a session may do, so the check covers the user who opens the page and no one else.
 */
export async function accessCheck(options: {
  permissionsEnabled: boolean;
  managers: string[];
  caller: Caller;
  decides: Pick<AccessControl, 'mayChangeAll' | 'isManager'>;
}): Promise<HealthCheck> {
  if (!options.permissionsEnabled) return byManagers(options.managers);
  return byPolicy(options);
}

function byManagers(managers: string[]): HealthCheck {
  return managers.length > 0
    ? healthCheck({
        id: 'access',
        state: 'ok',
        title: message('health.access.managers'),
      })
    : healthCheck({
        id: 'access',
        state: 'problem',
        title: message('health.access.nobody'),
        remedy: [message('health.access.nobodyRemedy')],
      });
}

async function byPolicy(
  options: Parameters<typeof accessCheck>[0],
): Promise<HealthCheck> {
  const { caller, decides, managers } = options;
  const check = { id: 'access', title: message('health.access.policy') };
  const asked = await askFor(caller, decides).catch(() => undefined);
  if (asked?.all && (asked.guest || (managers.length > 0 && !asked.manager))) {
    return healthCheck({
      ...check,
      state: 'problem',
      detail: [
        message(
          asked.guest ? 'health.access.guestsMay' : 'health.access.youMay',
        ),
        ...(managers.length > 0
          ? [message('health.access.managersIgnored')]
          : []),
      ],
      remedy: [message('health.access.allowAllRemedy')],
    });
  }
  if (managers.length > 0 && (!asked || asked.all)) {
    return healthCheck({
      ...check,
      state: 'problem',
      detail: [message('health.access.managersOnlyNotified')],
      remedy: [message('health.access.managersRemedy')],
    });
  }
  if (!asked) {
    return healthCheck({
      ...check,
      state: 'unknown',
      detail: [message('health.access.unknown')],
      remedy: [message('health.access.unknownRemedy')],
    });
  }
  return healthCheck({
    ...check,
    state: 'ok',
    detail: [
      message(asked.all ? 'health.access.youMayAll' : 'health.access.limited'),
    ],
  });
}

async function askFor(
  caller: Caller,
  decides: Pick<AccessControl, 'mayChangeAll' | 'isManager'>,
) {
  if (caller.kind !== 'user') return undefined;
  const [all, manager] = await Promise.all([
    decides.mayChangeAll(caller),
    decides.isManager(caller),
  ]);
  return { all, manager, guest: caller.userRef.toLowerCase() === GUEST };
}
