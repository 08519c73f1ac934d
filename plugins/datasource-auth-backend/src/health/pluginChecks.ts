import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { BackstagePlugins } from './BackstagePlugins';

/** What is better with another plugin, and how it is without. */
const PLUGINS = [
  {
    id: 'notifications',
    installed: {
      title: 'Notifications are installed',
      detail: 'Owners are told when a person is needed.',
    },
    missing: {
      state: 'advice' as const,
      title: 'Notifications are not installed',
      detail: 'Nobody is told when a person is needed.',
      remedy: 'To have it, install the notifications plugin.',
    },
  },
  {
    id: 'signals',
    installed: {
      title: 'Signals are installed',
      detail: 'Open pages show a change at once.',
    },
    missing: {
      title: 'Signals are not installed',
      detail:
        'Open pages look for changes once a minute. To have them at once, install the signals plugin.',
    },
  },
  {
    id: 'events',
    installed: {
      title: 'The events plugin is installed',
      detail: 'Events reach the plugins of other processes.',
    },
    missing: {
      title: 'The events plugin is not installed',
      detail:
        'Events reach the plugins of the same process. To have them in all, install the events plugin.',
    },
  },
];

/** Which of the plugins are installed that ours works with. None of them has to be. */
export function pluginChecks(
  plugins: Pick<BackstagePlugins, 'isInstalled'>,
): Promise<HealthCheck[]> {
  return Promise.all(
    PLUGINS.map(async ({ id, installed, missing }) => {
      const found = await plugins.isInstalled(id);
      if (found === undefined) {
        return {
          id,
          state: 'unknown' as const,
          title: `Whether the plugin '${id}' is installed could not be seen`,
          remedy:
            'See that backend.baseUrl, or the discovery that you use, leads from this backend to it.',
        };
      }
      return { id, state: 'ok' as const, ...(found ? installed : missing) };
    }),
  );
}
