import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { AccessControl } from '../access/AccessControl';
import { Caller } from '../access/caller';

const GUEST = 'user:development/guest';

/**
 * Whether the rights to change datasources are what the configuration suggests. The framework tells a backend only what a
 * user with a session may do. So the check asks for the user who opens the page, and says no more than that shows.
 */
export async function accessCheck(options: {
  permissionsEnabled: boolean;
  managers: string[];
  caller: Caller;
  decides: Pick<AccessControl, 'mayChangeAll' | 'isManager'>;
}): Promise<HealthCheck> {
  if (!options.permissionsEnabled) return byManagers(options.managers);
  return {
    id: 'access',
    title: 'Your permission policy decides who may change datasources',
    ...(await byPolicy(options)),
  };
}

function byManagers(managers: string[]): HealthCheck {
  return managers.length > 0
    ? {
        id: 'access',
        state: 'ok',
        title:
          'datasourceAuth.access.managers decides who may change datasources',
      }
    : {
        id: 'access',
        state: 'problem',
        title: 'Nobody may change datasources yet',
        remedy:
          'Name datasourceAuth.access.managers, or set permission.enabled and a policy.',
      };
}

async function byPolicy(
  options: Parameters<typeof accessCheck>[0],
): Promise<Pick<HealthCheck, 'state' | 'detail' | 'remedy'>> {
  const { caller, decides, managers } = options;
  const asked = await askFor(caller, decides).catch(() => undefined);
  if (asked?.all && (asked.guest || (managers.length > 0 && !asked.manager))) {
    return {
      state: 'problem',
      detail: `The policy lets ${
        asked.guest ? 'guests' : 'you'
      } change every datasource. ${
        managers.length > 0
          ? 'datasourceAuth.access.managers has no effect while permission.enabled is true.'
          : ''
      }`.trim(),
      remedy:
        'Replace the allow-all policy of the Backstage template: docs/permissions.md has a policy to start from. Or set permission.enabled to false, so that datasourceAuth.access.managers decides.',
    };
  }
  if (managers.length > 0 && (!asked || asked.all)) {
    return {
      state: 'problem',
      detail:
        'datasourceAuth.access.managers has no effect on rights while permission.enabled is true. Managers only get the notifications of datasources without an owner.',
      remedy:
        'Let your policy allow datasource-auth.datasource.* to the same people only, then remove the managers. Or set permission.enabled to false.',
    };
  }
  if (!asked) {
    return {
      state: 'unknown',
      detail: "What the policy allows couldn't be checked.",
      remedy:
        'Open this page as a signed-in user, and check that the permission plugin responds.',
    };
  }
  return {
    state: 'ok',
    detail: asked.all
      ? 'The policy lets you change every datasource. Open this page as a user who should not be allowed to, to check that it limits others.'
      : 'The policy limits what you may change.',
  };
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
