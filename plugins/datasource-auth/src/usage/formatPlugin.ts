import { Text } from '../translation';

/** Who came through the gateway is no plugin, but stands among them. */
export function isThroughGateway(plugin: string): boolean {
  return plugin.startsWith('@');
}

/** A consumer as it stands in a sentence: its plugin id, or who came through the gateway. */
export function formatPlugin(t: Text, plugin: string): string {
  return isThroughGateway(plugin)
    ? t(`usage.${plugin.slice(1) as 'users' | 'external'}`)
    : plugin;
}
