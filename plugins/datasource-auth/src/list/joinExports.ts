const HEAD = 'datasourceAuth:\n  datasources:\n';

/** Exports of single datasources as one block for app-config. */
export function joinExports(exports: string[]): string {
  // Each begins alike, because the backend writes them; what does not is a document of its own.
  return exports.every(yaml => yaml.startsWith(HEAD))
    ? HEAD + exports.map(yaml => yaml.slice(HEAD.length)).join('')
    : exports.join('---\n');
}
