import { readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

const guide = MarkdownPage.read('docs/consuming.md');
const related = [
  'client-libraries.md',
  'testing.md',
  'catalog-and-templates.md',
].map(name => MarkdownPage.read(`docs/${name}`));
const snippets = [guide, ...related].flatMap(page => page.snippets);
const codeIn = (language: string) =>
  snippets
    .filter(snippet => snippet.language === language)
    .map(({ code }) => code);

const METHODS = [
  'getToken',
  'fetch',
  'reportRejected',
  'getStatus',
  'list',
  'onStatusChange',
];

/** The topics of a plugin author, the first ones first. */
const TOPICS = [
  'Call the API',
  'Get a token in a plugin',
  'Token freshness',
  'Act for a user',
  'Handle errors',
  'Let users pick a datasource',
  'Check the status',
  'What to avoid',
];

describe('docs/consuming.md', () => {
  it('covers the topics of a plugin author in this order', () => {
    expect(guide.headings).toEqual(['The three lines', ...TOPICS]);
  });

  it('shows no code but what is compiled or validated, and one command', () => {
    expect(codeIn('ts').length).toBeGreaterThanOrEqual(10);
    expect(codeIn('bash')).toHaveLength(1);
  });

  it('shows files as they are run in tests', () => {
    const files = snippets.filter(({ file }) => file);
    expect(files.map(({ file }) => file!.split('/').pop())).toEqual([
      'clientLibrary.ts',
      'example.test.ts',
    ]);
    for (const { file, code } of files) {
      expect(code).toBe(readFileSync(inRepository(file!), 'utf8'));
    }
  });

  it.each(METHODS)('shows how %s is used', method => {
    expect(codeIn('ts').join('\n')).toContain(`tokens.${method}(`);
  });

  it.each([
    ['DatasourceNotConfiguredError', '409', 'datasource_not_configured'],
    ['DatasourceNotAuthorizedError', '409', 'datasource_not_authorized'],
    ['DatasourceConsumerNotAllowedError', '403', 'consumer_not_allowed'],
    ['DatasourceUnavailableError', '503', 'datasource_unavailable'],
  ])('names the error %s with status and code', (name, status, code) => {
    expect(guide.rows('Handle errors')).toContainEqual([
      `\`${name}\``,
      status,
      `\`${code}\``,
      expect.anything(),
    ]);
  });
});
