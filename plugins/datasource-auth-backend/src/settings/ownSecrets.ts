import { personalSecrets } from 'backstage-plugin-datasource-auth-common';
import { BareSettings, Secrets } from './secrets';

/** Returns whether a person entered exactly what these settings require of them. */
export function coversEntry(
  settings: BareSettings,
  own: Record<string, string> | undefined,
): own is Record<string, string> {
  const paths = personalSecrets(settings);
  return (
    own !== undefined &&
    paths.length === Object.keys(own).length &&
    paths.every(path => Object.hasOwn(own, path))
  );
}

/** Returns the secrets of calls as one person: without the shared credential, and with what the person entered. */
export function withOwn(
  secrets: Secrets,
  own: Record<string, string>,
): Secrets {
  return new Map([
    ...[...secrets].filter(([path]) => !path.startsWith('auth.')),
    ...Object.entries(own),
  ]);
}
