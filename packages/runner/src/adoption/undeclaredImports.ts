import { isBuiltin } from 'node:module';
import { preProcessFile } from 'typescript';

/** Returns packages that code or declarations load, and that a user of the package may not have. */
export function undeclaredImports(
  manifest: {
    name: string;
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
  },
  code: string[],
): string[] {
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const imported = code
    .flatMap(text => preProcessFile(text, true, true).importedFiles)
    .map(({ fileName }) => fileName)
    .filter(specifier => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(specifier => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0]);
  return [...new Set(imported)].filter(name => !declared.has(name));
}
