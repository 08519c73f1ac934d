import { z } from 'zod';
import { ApiSettings, hasApiSecret } from './apiSecrets';
import { ENDPOINT_SETTINGS } from './bindingSettings';
import { keptHostName } from './hostTemplates';
import { HOST } from './keepHostsSchema';
import { settingAt } from './settingAt';
import { addFault, Fault, fault } from './faults';

/**
 * Returns the host in a kept value: a bare host or an https origin. Undefined for anything else.
 *
 * @public
 */
export function hostOfKept(value: string): string | undefined {
  const host = value
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '');
  return HOST.test(host) ? host.replace(/:443$/, '') : undefined;
}

/**
 * Returns whether a kept value may select this host. `*.` matches one label.
 *
 * @param options - `exact`: for a request with secrets, `*.` chooses nothing
 * @public
 */
export function isKeptHost(
  host: string,
  allowed: readonly string[],
  { exact }: { exact: boolean },
): boolean {
  const [, parent = ''] = /^[a-z0-9-]+(\..+)$/.exec(host) ?? [];
  return allowed.includes(host) || (!exact && allowed.includes(`*${parent}`));
}

/** Refuses hosts for values that are not kept, and `*.` where secrets go. */
export function checkKeepHosts(
  settings: ApiSettings & {
    auth: {
      response: { keep?: string[]; keepHosts?: Record<string, string[]> };
    };
  },
  ctx: z.RefinementCtx,
): void {
  const { keep = [], keepHosts = {} } = settings.auth.response;
  const refuse = (name: string, found: Fault) =>
    addFault(ctx, found, { path: ['auth', 'response', 'keepHosts', name] });
  const secretPlaces = [
    ...ENDPOINT_SETTINGS,
    ...(hasApiSecret(settings) ? ['baseUrl'] : []),
  ];
  const withSecrets = secretPlaces.map(path =>
    keptHostName(String(settingAt(settings, path) ?? '')),
  );
  for (const [name, hosts] of Object.entries(keepHosts)) {
    if (!keep.includes(name))
      refuse(name, fault('fault.keptMissing', { name }));
    else if (
      withSecrets.includes(name) &&
      hosts.some(host => host.startsWith('*.'))
    )
      refuse(name, fault('fault.keptHostsExact'));
  }
}
