import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { useSettingsUpdate } from '../configuration/useSettingsUpdate';

/** Adds a plugin to the allowed plugins of a saved datasource or removes it, immediately. */
export function useConsumerChange(options: {
  datasource: Datasource;
  onChanged: () => void;
}) {
  const { consumers } = options.datasource;
  const { update, busy, failure } = useSettingsUpdate(options);

  const change = async (plugin: string, allowed: boolean): Promise<boolean> => {
    if (consumers === '*') return false;
    const others = consumers.filter(other => other !== plugin);
    return update({ consumers: allowed ? [...others, plugin] : others });
  };

  return { change, busy, failure };
}
