import { BareSettings } from './secrets';

/** Returns whether a plugin may get tokens of a datasource with these settings. */
export function mayConsume(
  { consumers }: Pick<BareSettings, 'consumers'>,
  plugin: string,
): boolean {
  return consumers === '*' || consumers.includes(plugin);
}
