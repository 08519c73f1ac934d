import { parse } from 'yaml';
import { compileSnippets } from './__testUtils__/compile';
import { Guide } from './__testUtils__/Guide';

const guide = Guide.read('consuming.md');
const METHODS = [
  'getToken',
  'fetch',
  'reportRejected',
  'getStatus',
  'list',
  'onStatusChange',
];

/** What a plugin author asks first, in this order. */
const QUESTIONS = [
  'How do I call the API?',
  'How do I get the token itself?',
  'How do I hand it to a client library?',
  'How fresh is it?',
  'On whose behalf?',
  'What if it does not work?',
  'How does a user of my plugin pick a datasource?',
  'How do I know before I call?',
  'How do I test my plugin?',
  'And in the catalog, on a schedule?',
  'And in templates?',
  'What must I not do?',
];

const compile = (snippets: string[]) =>
  compileSnippets(snippets, {
    imports: [
      "import type { LoggerService } from '@backstage/backend-plugin-api';",
      "import type { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';",
    ],
    parameters: 'tokens: DatasourceAuthService, logger: LoggerService',
  });

describe('docs/consuming.md', () => {
  it('answers the first questions of a plugin author', () => {
    expect(guide.headings).toEqual(['The three lines', ...QUESTIONS]);
  });

  it('has TypeScript that compiles, in every snippet', () => {
    const snippets = guide.snippets('ts');
    expect(snippets.length).toBeGreaterThanOrEqual(10);
    expect(compile(snippets)).toEqual([]);
  }, 120_000);

  it('would notice a snippet that does not compile', () => {
    expect(compile(["await tokens.getToken({ name: 'pagerduty' });"])).toEqual([
      expect.stringContaining("'name' does not exist"),
    ]);
  }, 120_000);

  it('shows no code but what is compiled or parsed, and one command', () => {
    expect(guide.languages).toEqual(['bash', 'ts', 'yaml']);
    expect(guide.snippets('bash')).toHaveLength(1);
  });

  it('shows files as they are run in tests', () => {
    const files = guide.files();
    expect(files.map(({ path }) => path.split('/').pop())).toEqual([
      'clientLibrary.ts',
      'example.test.ts',
    ]);
    for (const { shown, content } of files) expect(shown).toBe(content);
  });

  it('has YAML that parses', () => {
    const snippets = guide.snippets('yaml');
    expect(snippets).not.toHaveLength(0);
    for (const code of snippets) expect(parse(code)).toBeInstanceOf(Object);
  });

  it.each(METHODS)('answers how %s is used', method => {
    expect(guide.snippets('ts').join('\n')).toContain(`tokens.${method}(`);
  });

  it.each([
    ['DatasourceNotConfiguredError', 409, 'datasource_not_configured'],
    ['DatasourceNotAuthorizedError', 409, 'datasource_not_authorized'],
    ['DatasourceConsumerNotAllowedError', 403, 'consumer_not_allowed'],
    ['DatasourceUnavailableError', 503, 'datasource_unavailable'],
  ])('names the error %s with status and code', (name, status, code) => {
    expect(guide.text).toMatch(
      new RegExp(`\\| \`${name}\` +\\| ${status} +\\| \`${code}\``),
    );
  });
});
