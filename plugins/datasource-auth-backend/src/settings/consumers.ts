import { BareSettings } from './secrets';

/** Whether a plugin may take tokens of a datasource with these settings. */
export function mayConsume(
  { consumers }: Pick<BareSettings, 'consumers'>,
  plugin: string,
): boolean {
  return consumers === '*' || consumers.includes(plugin);
}
