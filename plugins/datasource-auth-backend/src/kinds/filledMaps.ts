import { templateExpressions } from 'backstage-plugin-datasource-auth-common';
import { CallMaps, Secrets } from '../settings/secrets';
import {
  resolveHeader,
  resolveText,
  TemplateValues,
} from '../settings/templates';
import { CallCredential } from './KindOnTheWire';

/**
 * Fills in headers and query parameters, and collects the secret values in them.
 *
 * @param options - `part`: the path of the maps in the settings and in `secrets`
 * @throws SettingsError if a template has no value
 */
export function filledMaps(
  maps: CallMaps,
  options: {
    part: 'api' | 'auth';
    secrets: Secrets;
    values: TemplateValues;
  },
): CallCredential {
  const { part, secrets, values } = options;
  const filled: CallCredential = { headers: {}, query: {}, secrets: [] };
  for (const map of ['headers', 'query'] as const) {
    for (const [name, text] of Object.entries(maps[map] ?? {})) {
      const resolved =
        map === 'headers'
          ? resolveHeader(name, text, values)
          : resolveText(text, values);
      filled[map][name] = resolved;
      const inTemplates = templateExpressions(text).flatMap(
        expression => secrets.get(expression) ?? [],
      );
      const isSecret = secrets.has(`${part}.${map}.${name}`);
      if (isSecret || inTemplates.length > 0) filled.secrets.push(resolved);
      filled.secrets.push(...inTemplates);
    }
  }
  return filled;
}
