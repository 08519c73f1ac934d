import { readFileSync } from 'node:fs';
import { inRepository } from '../../repository';

/** Returns dotted keys under `datasourceAuth` in a schema, without keys of datasources and list items. */
export function configurationKeys(
  schema: string = 'plugins/datasource-auth-backend/config.d.ts',
): string[] {
  const source = readFileSync(inRepository(schema), 'utf8');
  const path: string[] = [];
  const keys: string[] = [];
  const [, body] = /datasourceAuth\?: \{\n([^]*?)\n {2}\};/.exec(source)!;
  for (const line of body.split('\n')) {
    const opened = /^ +(\w+)\?: \{$/.exec(line);
    const leaf = /^ +(\w+)\??: (?!\{$)/.exec(line);
    const depth = /^ */.exec(line)![0].length / 2 - 2;
    if (path[0] === 'datasources' && depth > 0) continue;
    if (opened) {
      path.length = depth;
      path.push(opened[1]);
      if (opened[1] === 'datasources') keys.push('datasources');
    } else if (leaf && depth <= path.length) {
      keys.push([...path.slice(0, depth), leaf[1]].join('.'));
    }
  }
  return keys;
}
