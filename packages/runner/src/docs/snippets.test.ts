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

/** Required in every configuration. */
const BASE = {
  context: 'required in every configuration',
  data: {
    app: { baseUrl: 'https://backstage.example.com' },
    backend: {
      baseUrl: 'https://backstage.example.com',
      listen: ':7007',
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
  },
};

/** Languages that aren't compiled or validated as configuration: commands, messages, diagrams, addresses, JSON. */
const LANGUAGES = ['', 'bash', 'json', 'mermaid', 'sh', 'text'];

describe('the code in the documentation', () => {
  it('is in a known language', () => {
    const others = all.filter(
      ({ language }) => !['ts', 'tsx', 'yaml', ...LANGUAGES].includes(language),
    );
    expect(others).toEqual([]);
  });

  // One program for both: reading all types of Backstage takes most of the time.
  it('compiles if it is TypeScript, and would not with a property that does not exist', () => {
    const snippets = all.filter(({ language }) => /^tsx?$/.test(language));
    expect(snippets.length).toBeGreaterThan(25);
    const wrong = {
      language: 'ts',
      code: "await tokens.getToken({ name: 'pagerduty' });",
    };
    expect(compileSnippets([...snippets, wrong])).toEqual([
      expect.stringContaining("'name' does not exist"),
    ]);
  }, 240_000);

  it('parses if it is JSON', () => {
    for (const { code } of all.filter(({ language }) => language === 'json')) {
      expect(() => JSON.parse(code)).not.toThrow();
    }
  });
});

describe('the configuration in the documentation', () => {
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

  it('parses as YAML', () => {
    expect(documents.length).toBeGreaterThan(25);
    for (const { document } of documents) expect(document.errors).toEqual([]);
  });

  it('matches the configuration schemas', async () => {
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

  it('has no unknown key', () => {
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
        // Some snippets show only a part of a datasource.
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

/** Replaces `$file`, `$include` and `$env` with a text. */
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

/** Whether a path is a key, or one of its parts, as in a duration. */
function isOf(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`);
}
