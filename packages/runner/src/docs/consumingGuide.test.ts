import { readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

const guide = MarkdownPage.read('docs/consuming.md');
const codeIn = (language: string) =>
  guide.snippets
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

describe('docs/consuming.md', () => {
  it('answers the first questions of a plugin author', () => {
    expect(guide.headings).toEqual(['The three lines', ...QUESTIONS]);
  });

  it('shows no code but what is compiled or validated, and one command', () => {
    expect(codeIn('ts').length).toBeGreaterThanOrEqual(10);
    expect(codeIn('bash')).toHaveLength(1);
  });

  it('shows files as they are run in tests', () => {
    const files = guide.snippets.filter(({ file }) => file);
    expect(files.map(({ file }) => file!.split('/').pop())).toEqual([
      'clientLibrary.ts',
      'example.test.ts',
    ]);
    for (const { file, code } of files) {
      expect(code).toBe(readFileSync(inRepository(file!), 'utf8'));
    }
  });

  it.each(METHODS)('answers how %s is used', method => {
    expect(codeIn('ts').join('\n')).toContain(`tokens.${method}(`);
  });

  it.each([
    ['DatasourceNotConfiguredError', '409', 'datasource_not_configured'],
    ['DatasourceNotAuthorizedError', '409', 'datasource_not_authorized'],
    ['DatasourceConsumerNotAllowedError', '403', 'consumer_not_allowed'],
    ['DatasourceUnavailableError', '503', 'datasource_unavailable'],
  ])('names the error %s with status and code', (name, status, code) => {
    expect(guide.rows('What if it does not work?')).toContainEqual([
      `\`${name}\``,
      status,
      `\`${code}\``,
      expect.anything(),
    ]);
  });
});
