import { DatasourceDrift } from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from './Datasources';
import { DeclaredDatasource } from './DeclaredDatasources';
import { BareSettings, SecretInfos, Secrets } from '../settings/secrets';

/**
 * How a datasource differs from its declaration on this replica. Contains only names of settings. Of a
 * secret, it says only that it differs.
 */
export function driftOf(
  datasource: LoadedDatasource,
  declaration: DeclaredDatasource | undefined,
): DatasourceDrift | undefined {
  const { record, secrets, mirrored } = datasource;
  if (record.source === 'database') {
    return (
      declaration && {
        kind: 'declaration_unused',
        settings: [
          ...differing(record.settings, declaration.settings),
          ...differingSecrets(secrets, declaration.secrets),
        ],
      }
    );
  }
  if (!declaration || !mirrored) {
    return { kind: 'replicas_differ', settings: [] };
  }
  const settings = [
    ...differing(mirrored.settings, declaration.settings),
    ...differingSecrets(
      namesOf(mirrored.secretInfos),
      namesOf(declaration.secretInfos),
    ),
  ];
  return settings.length > 0
    ? { kind: 'replicas_differ', settings }
    : undefined;
}

/** Returns the paths of the settings that differ. */
function differing(one: BareSettings, other: BareSettings): string[] {
  const paths: string[] = [];
  const compare = (a: unknown, b: unknown, path: string[]) => {
    if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        compare(a[key], b[key], [...path, key]);
      }
    } else if (JSON.stringify(a) !== JSON.stringify(b)) {
      paths.push(path.join('.'));
    }
  };
  compare(one, other, []);
  return paths;
}

function differingSecrets(one: Secrets, other: Secrets): string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter(path => one.get(path) !== other.get(path));
}

/** Returns which secrets exist, as far as known for secrets outside the row. */
function namesOf(infos: SecretInfos): Secrets {
  return new Map(Object.keys(infos).map(path => [path, '']));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
