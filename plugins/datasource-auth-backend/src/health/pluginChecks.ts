import {
  HealthCheck,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { BackstagePlugins } from './BackstagePlugins';
import { healthCheck } from './healthCheck';

type Found = Pick<HealthCheck, 'state'> & {
  title: Message;
  detail: Message[];
  remedy?: Message[];
};

/** The benefit of another plugin, and what happens without it. */
const PLUGINS: Array<{ id: string; installed: Found; missing: Found }> = [
  {
    id: 'notifications',
    installed: {
      state: 'ok',
      title: message('health.notifications.installed'),
      detail: [message('health.notifications.installedDetail')],
    },
    missing: {
      state: 'advice',
      title: message('health.notifications.missing'),
      detail: [message('health.notifications.missingDetail')],
      remedy: [message('health.notifications.remedy')],
    },
  },
  {
    id: 'signals',
    installed: {
      state: 'ok',
      title: message('health.signals.installed'),
      detail: [message('health.signals.installedDetail')],
    },
    missing: {
      state: 'ok',
      title: message('health.signals.missing'),
      detail: [message('health.signals.missingDetail')],
    },
  },
  {
    id: 'events',
    installed: {
      state: 'ok',
      title: message('health.events.installed'),
      detail: [message('health.events.installedDetail')],
    },
    missing: {
      state: 'ok',
      title: message('health.events.missing'),
      detail: [message('health.events.missingDetail')],
    },
  },
];

/** Checks which of the optional plugins are installed. */
export function pluginChecks(
  plugins: Pick<BackstagePlugins, 'isInstalled'>,
): Promise<HealthCheck[]> {
  return Promise.all(
    PLUGINS.map(async ({ id, installed, missing }) => {
      const found = await plugins.isInstalled(id);
      if (found === undefined) {
        return healthCheck({
          id,
          state: 'unknown',
          title: message('health.plugin.unknown', { id }),
          remedy: [message('health.plugin.remedy')],
        });
      }
      return healthCheck({ id, ...(found ? installed : missing) });
    }),
  );
}
