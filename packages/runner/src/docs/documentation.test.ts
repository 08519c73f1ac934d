import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { inRepository } from '../repository';

const DOCS = readdirSync(inRepository('docs')).filter(name =>
  name.endsWith('.md'),
);
const PAGES = [
  ...DOCS.map(name => join('docs', name)),
  ...readdirSync(inRepository('plugins'))
    .map(name => join('plugins', name, 'README.md'))
    .filter(page => existsSync(inRepository(page))),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

const read = (page: string) => readFileSync(inRepository(page), 'utf8');

/** Headings as GitHub and MkDocs make anchors of them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[`*_]/g, '')
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replace(/ /g, '-'),
  );
}

/** Addresses that lead to nothing here. */
function brokenLinks(page: string): string[] {
  const text = read(page).replace(/```[^]*?```/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter(target => !/^(https?:|mailto:)/.test(target))
    .filter(target => {
      const [path, anchor] = target.split('#');
      const file = path ? resolve(dirname(inRepository(page)), path) : '';
      if (file && !existsSync(file)) return true;
      if (!anchor) return false;
      const markdown = file ? readFileSync(file, 'utf8') : read(page);
      return !anchorsOf(markdown).includes(anchor);
    });
}

describe('the documentation', () => {
  it.each(PAGES)('%s has links that lead somewhere', page => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it.each(PAGES)('%s has YAML that parses', page => {
    for (const [, code] of read(page).matchAll(/```yaml\n([^]*?)```/g)) {
      for (const document of parseAllDocuments(code)) {
        expect(document.errors).toEqual([]);
      }
    }
  });

  it('has every page in the navigation of its site, and no other', () => {
    const { nav } = parse(read('mkdocs.yml'));
    const files = JSON.stringify(nav).match(/[\w-]+\.md/g)!;
    expect([...files].sort()).toEqual([...DOCS].sort());
  });

  it('names every code of an error', () => {
    const source = read('plugins/datasource-auth-common/src/errors.ts');
    const [union] = /DatasourceErrorCode =[^;]*/.exec(source)!;
    const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code);
    const listed = [...read('docs/errors.md').matchAll(/^\| `(\w+)`/gm)];
    expect(listed.map(([, code]) => code).sort()).toEqual(codes.sort());
  });

  it('names every key of the configuration, and no other', () => {
    const source = read('plugins/datasource-auth-backend/config.d.ts');
    const listed = [
      ...read('docs/configuration.md').matchAll(/^\| `([\w.]+)`/gm),
    ].map(([, key]) => key);
    expect(listed.sort()).toEqual(keysOf(source).sort());
  });
});

/** Dotted keys of the schema, without what a datasource or a list holds. */
function keysOf(source: string): string[] {
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
