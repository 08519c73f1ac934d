import { Text } from '../translation';

/** Gateway callers, which are listed with the plugins. */
export function isThroughGateway(plugin: string): boolean {
  return plugin.startsWith('@');
}

/** Returns the name of a consumer for a sentence: its plugin ID, or the kind of gateway caller. */
export function formatPlugin(t: Text, plugin: string): string {
  return isThroughGateway(plugin)
    ? t(`usage.${plugin.slice(1) as 'users' | 'external'}`)
    : plugin;
}
