import {
  DatasourceAuthError,
  DatasourceSettings,
  hostOfOrigin,
  newOrigins,
  secretOrigins,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings, mergeSecrets, Secrets, splitSecrets } from './secrets';

/** Settings and secrets from which a write may copy secrets. */
export interface SecretSource {
  settings: BareSettings;
  secrets: Secrets;
}

/** The settings to store, with their secrets kept separately. */
export interface MergedWrite extends SecretSource {
  /** Paths of the secrets that this write sets. */
  written: Set<string>;
}

/**
 * Fills in the secrets that written settings leave out, from the first source that has each. A secret is reused only
 * for the servers it was entered for.
 *
 * @param sources - the sealed form of an earlier attempt, the saved datasource
 * @throws {@link DatasourceAuthError} `secrets_required`, naming the fields, when a secret would go to a new origin
 */
export function mergeWrite(
  input: DatasourceSettings,
  sources: SecretSource[],
): MergedWrite {
  const split = splitSecrets(input);
  const kept: Secrets = new Map();
  const refused: Record<string, Message[]> = {};

  for (const source of sources) {
    for (const [path, value] of source.secrets) {
      if (kept.has(path) || split.changes.has(path)) continue;
      if (!split.places.has(path)) continue;
      const known = secretOrigins(source.settings, path);
      const target = secretOrigins(split.settings, path);
      if (newOrigins(target, known).length === 0) {
        kept.set(path, value);
        delete refused[path];
      } else {
        refused[path] = [
          message('fault.secretForOtherServer', {
            hosts:
              [...known].map(hostOfOrigin).join(', ') ||
              message('error.noServer'),
          }),
        ];
      }
    }
  }
  if (Object.keys(refused).length > 0) {
    throw new DatasourceAuthError(
      message('error.secretsRequired', {
        hosts: foreignOrigins(split.settings, sources, Object.keys(refused))
          .map(hostOfOrigin)
          .join(', '),
      }),
      { code: 'secrets_required', statusCode: 400, fieldTexts: refused },
    );
  }
  return {
    settings: split.settings,
    secrets: mergeSecrets(kept, split),
    written: new Set(
      [...split.changes].filter(([, value]) => value !== null).map(([p]) => p),
    ),
  };
}

/** Returns the new origins of secrets that are refused. */
function foreignOrigins(
  settings: BareSettings,
  sources: SecretSource[],
  paths: string[],
): string[] {
  const foreign = paths.flatMap(path =>
    newOrigins(
      secretOrigins(settings, path),
      new Set(
        sources.flatMap(source => [...secretOrigins(source.settings, path)]),
      ),
    ),
  );
  return [...new Set(foreign)];
}
