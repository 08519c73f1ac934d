import { loadConfigSchema } from '@backstage/config-loader';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { parseAllDocuments } from 'yaml';
import { compileSnippets } from './__testUtils__/compileSnippets';
import { configurationKeys } from './__testUtils__/configurationKeys';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

const all = MarkdownPage.all().flatMap(({ path, snippets }) =>
  snippets.map(snippet => ({ path, ...snippet })),
);
const KEYS = [
  ...configurationKeys(),
  ...configurationKeys(
    'plugins/datasource-auth-backend-module-file-keys/config.d.ts',
  ),
];

/** What every configuration has. */
const BASE = {
  context: 'what every configuration has',
  data: {
    app: { baseUrl: 'https://backstage.example.com' },
    backend: {
      baseUrl: 'https://backstage.example.com',
      listen: ':7007',
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
  },
};

/** Those whose code is TypeScript, YAML, commands, messages, diagrams, addresses, or a part of package.json. */
const LANGUAGES = ['', 'bash', 'json', 'mermaid', 'sh', 'text'];

describe('what the documentation shows', () => {
  it('is in a language that is looked at, or in one that cannot be', () => {
    const others = all.filter(
      ({ language }) => !['ts', 'tsx', 'yaml', ...LANGUAGES].includes(language),
    );
    expect(others).toEqual([]);
  });

  it('is TypeScript that compiles, in every snippet', () => {
    const snippets = all.filter(({ language }) => /^tsx?$/.test(language));
    expect(snippets.length).toBeGreaterThan(25);
    expect(compileSnippets(snippets)).toEqual([]);
  }, 240_000);

  it('would not be TypeScript with a member that does not exist', () => {
    const code = "await tokens.getToken({ name: 'pagerduty' });";
    expect(compileSnippets([{ language: 'ts', code }])).toEqual([
      expect.stringContaining("'name' does not exist"),
    ]);
  }, 120_000);

  it('is JSON that parses', () => {
    for (const { code } of all.filter(({ language }) => language === 'json')) {
      expect(() => JSON.parse(code)).not.toThrow();
    }
  });
});

describe('the configuration that the documentation shows', () => {
  const documents = all
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ path, code }) =>
      parseAllDocuments(code).map(document => ({ path, document })),
    );
  const datasources = documents.flatMap(({ path, document }) =>
    Object.entries<any>(
      withoutIncludes(document.toJS())?.datasourceAuth?.datasources ?? {},
    ).map(([name, settings]) => ({ path, name, settings })),
  );

  it('is YAML that parses', () => {
    expect(documents.length).toBeGreaterThan(25);
    for (const { document } of documents) expect(document.errors).toEqual([]);
  });

  it('fits the schemas of the configuration', async () => {
    const schema = await loadConfigSchema({
      dependencies: [
        'backstage-plugin-datasource-auth-backend',
        'backstage-plugin-datasource-auth-backend-module-file-keys',
        '@backstage/backend-defaults',
        '@backstage/plugin-permission-backend',
        '@backstage/plugin-proxy-backend',
      ],
    });
    for (const { path, document } of documents) {
      const data = withoutIncludes(document.toJS());
      if (!data || Array.isArray(data)) continue;
      expect(() =>
        schema.process([BASE, { data, context: path }]),
      ).not.toThrow();
    }
    expect(() =>
      schema.process([
        BASE,
        { data: { datasourceAuth: { egress: { allow: 7 } } }, context: 'no' },
      ]),
    ).toThrow('allow');
  }, 120_000);

  it('has no key that is not there', () => {
    const shown = documents.flatMap(({ document }) =>
      leavesOf(document.toJS()?.datasourceAuth ?? {}),
    );
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter(path => !KEYS.some(key => isOf(path, key)))).toEqual(
      [],
    );
  });

  it('declares datasources that are valid settings', () => {
    expect(datasources.length).toBeGreaterThan(12);
    for (const { path, name, settings } of datasources) {
      const parsed = datasourceSettingsSchema.safeParse({
        // Some show a part of a datasource.
        auth: { grantType: 'client_credentials' },
        ...settings,
        name,
      });
      expect([path, name, parsed.error?.issues]).toEqual([
        path,
        name,
        undefined,
      ]);
    }
  });
});

/** What `$file` and its like would bring is a text. */
function withoutIncludes(value: any): any {
  if (Array.isArray(value)) return value.map(withoutIncludes);
  if (typeof value !== 'object' || value === null) return value;
  const [key] = Object.keys(value);
  if (/^\$(file|include|env)$/.test(key)) return 'included';
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      withoutIncludes(member),
    ]),
  );
}

function leavesOf(value: unknown, path: string[] = []): string[] {
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    path[0] === 'datasources'
  ) {
    return [path.join('.')];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    leavesOf(member, [...path, key]),
  );
}

/** Durations have members of their own. */
function isOf(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`);
}
