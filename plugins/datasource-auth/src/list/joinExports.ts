const HEAD = 'datasourceAuth:\n  datasources:\n';

/** Joins the exports of single datasources into one app-config block. */
export function joinExports(exports: string[]): string {
  // All exports from the backend start with the same lines; any other text stays a separate document.
  return exports.every(yaml => yaml.startsWith(HEAD))
    ? HEAD + exports.map(yaml => yaml.slice(HEAD.length)).join('')
    : exports.join('---\n');
}
