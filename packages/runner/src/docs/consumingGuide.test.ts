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

/** Topics of a plugin author, in the order of the page. */
const TOPICS = [
  'Call the API',
  'Get a token in a plugin',
  'Token freshness',
  "Check the user's permission",
  'Handle errors',
  'Let users pick a datasource',
  'Check the status',
  'What to avoid',
];

describe('docs/consuming.md', () => {
  it('covers the topics of a plugin author in this order', () => {
    expect(guide.headings).toEqual(['Add the service', ...TOPICS]);
  });

  it('has at least ten TypeScript snippets and one command', () => {
    expect(codeIn('ts').length).toBeGreaterThanOrEqual(10);
    expect(codeIn('bash')).toHaveLength(1);
  });

  it('shows the same code as the files that tests run', () => {
    const files = snippets.filter(({ file }) => file);
    expect(files.map(({ file }) => file!.split('/').pop())).toEqual([
      'clientLibrary.ts',
      'example.test.ts',
    ]);
    for (const { file, code } of files) {
      expect(code).toBe(readFileSync(inRepository(file!), 'utf8'));
    }
  });

  it.each(METHODS)('shows how to use %s', method => {
    expect(codeIn('ts').join('\n')).toContain(`tokens.${method}(`);
  });
});
