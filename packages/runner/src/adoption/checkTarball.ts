import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { inRepository } from '../repository';
import { undeclaredImports } from './undeclaredImports';

/** Packages that must exist only once in an app. */
const ONCE_IN_AN_APP = ['react', 'react-dom', 'react-router-dom'];

/** Required files besides those in the manifest. */
const CONTENTS: Record<string, string[]> = {
  'backstage-plugin-datasource-auth': ['NOTICE'],
  'backstage-plugin-datasource-auth-backend': [
    'migrations/*.js',
    'presets/*.yaml',
  ],
  'backstage-plugin-scaffolder-backend-module-datasource-auth': [
    'migrations/*.js',
  ],
};

/** Returns the problems of a package as it would be published. */
export function problemsOf(tarball: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-unpacked-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    return problemsIn(join(folder, 'package'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');
  const read = (path: string) => JSON.parse(text(path));
  const manifest = read('package.json');
  const { name: ownName, backstage = {}, configSchema } = manifest;
  const problems: string[] = [];

  for (const path of new Set(namedFiles(manifest))) {
    if (!files.includes(path)) problems.push(`names ${path}, which is missing`);
  }
  for (const pattern of CONTENTS[ownName] ?? []) {
    if (!files.some(path => matchesGlob(path, pattern))) {
      problems.push(`has no ${pattern}`);
    }
  }
  for (const path of ['README.md', 'LICENSE']) {
    if (!files.includes(path)) problems.push(`has no ${path}`);
  }
  if (manifest.license !== 'Apache-2.0') problems.push('has no license');
  const { repository = {} } = manifest;
  if (!repository.url || !repository.directory) {
    // The registry compares it with where the package was built.
    problems.push('has no repository with a directory');
  }
  for (const path of files) {
    if (/(^|\/)src\/|\.test\.|__testUtils__/.test(path)) {
      problems.push(`includes ${path}, which no adopter needs`);
    }
    if (text(path).includes(inRepository())) {
      problems.push(`reveals in ${path} where it was built`);
    }
  }
  const code = files.filter(path => /\.js$|\.d\.ts$/.test(path));
  for (const name of undeclaredImports(manifest, code.map(text))) {
    problems.push(`imports ${name} without declaring it`);
  }

  if (!backstage.role) problems.push('has no role');
  if (/plugin/.test(backstage.role) && !backstage.features) {
    problems.push("doesn't name its feature, so no app finds it");
  }

  const { dependencies = {}, peerDependencies = {} } = manifest;
  for (const [dependency, range] of Object.entries({
    ...dependencies,
    ...peerDependencies,
  })) {
    if (/^(workspace|file|link):/.test(String(range))) {
      problems.push(
        `declares ${dependency} with a range of this repository: ${range}`,
      );
    }
  }
  if (/^(frontend|web)/.test(backstage.role)) {
    for (const each of ONCE_IN_AN_APP) {
      if (dependencies[each] || !peerDependencies[each]) {
        problems.push(`must declare ${each} as a peer dependency`);
      }
    }
  }

  if (configSchema) {
    for (const path of unmaskedSecrets(read(configSchema))) {
      problems.push(`doesn't mark ${path} as secret`);
    }
  }
  return problems;
}

/** Returns every file that `main`, `types`, `exports` and other fields of the manifest name. */
function namedFiles(manifest: any): string[] {
  const { main, module, types, exports, typesVersions, configSchema } =
    manifest;
  const leaves = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(leaves)
      : [String(value)];
  return [main, module, types, configSchema, exports, typesVersions]
    .flatMap(value => (value === undefined ? [] : leaves(value)))
    .filter(value => !value.startsWith('@'))
    .map(value => value.replace(/^\.\//, ''));
}

/** Returns the paths in a JSON schema whose name suggests a secret but that aren't hidden from output. */
function unmaskedSecrets(schema: any, path: string[] = []): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const name = path.at(-1) ?? '';
  if (
    /^(secret|clientSecret|password|privateKey)$/.test(name) &&
    schema.type === 'string' &&
    schema.visibility !== 'secret'
  ) {
    return [path.join('.')];
  }
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
      unmaskedSecrets(value, [...path, key]),
    ),
    ...unmaskedSecrets(schema.items, [...path, '[]']),
    ...unmaskedSecrets(schema.additionalProperties, [...path, '*']),
    ...(schema.anyOf ?? []).flatMap((each: unknown) =>
      unmaskedSecrets(each, path),
    ),
  ];
}
