import { readFileSync } from 'node:fs';
import { inRepository } from '../../repository';

/** A key of the configuration, as its schema describes it. */
export interface ConfigurationKey {
  key: string;
  description: string;
  /** Without one, the key is unset by default. */
  fallback?: string;
}

/** Returns dotted keys under `datasourceAuth` in a schema, without keys of datasources and list items. */
export function configurationKeys(schema?: string): string[] {
  return describedKeys(schema).map(({ key }) => key);
}

/** Returns the same keys with their comments, whose last sentence is `Default: ….` if there is a default. */
export function describedKeys(
  schema: string = 'plugins/datasource-auth-backend/config.d.ts',
): ConfigurationKey[] {
  const source = readFileSync(inRepository(schema), 'utf8');
  const path: string[] = [];
  const keys: ConfigurationKey[] = [];
  let comment = '';
  const add = (key: string) => {
    const [, description, fallback] = /^([^]*?)(?: ?Default: ([^]*)\.)?$/.exec(
      comment,
    )!;
    keys.push({ key, description, fallback });
    comment = '';
  };
  const [, body] = /datasourceAuth\?: \{\n([^]*?)\n {2}\};/.exec(source)!;
  for (const line of body.split('\n')) {
    const opened = /^ +(\w+)\?: \{$/.exec(line);
    const leaf = /^ +(\w+)\??: (?!\{$)/.exec(line);
    const depth = /^ */.exec(line)![0].length / 2 - 2;
    const [, text] =
      /^ +(?:\/\*\*|\*(?!\/)) ?(.*?)(?: ?\*\/)?$/.exec(line) ?? [];
    if (text !== undefined) {
      comment = line.includes('/**') ? text : `${comment} ${text}`.trim();
      continue;
    }
    if (path[0] === 'datasources' && depth > 0) continue;
    if (opened) {
      path.length = depth;
      path.push(opened[1]);
      if (opened[1] === 'datasources') add('datasources');
    } else if (leaf && depth <= path.length) {
      add([...path.slice(0, depth), leaf[1]].join('.'));
    }
  }
  return keys;
}
