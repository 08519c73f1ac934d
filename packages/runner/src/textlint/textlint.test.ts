import { lintedTexts } from './lintedTexts';
import { lintTexts } from './lintTexts';
import { textsOfSource } from './textsOfSource';
import { WORDS } from './words';

const lint = (text: string) =>
  lintTexts([{ path: 'page.md', text, ext: '.md' }]);
const errorsIn = async (text: string) =>
  (await lint(text)).filter(({ severity }) => severity === 'error');

const examples = WORDS.flatMap(({ examples: texts, better }) =>
  texts.map((text): [string, string] => [text, better]),
);

describe('the rule about words', () => {
  it.each(examples)(
    'reports "%s" and names a better word',
    async (text, better) => {
      const errors = await errorsIn(`# Title\n\nHere, ${text} is.`);
      expect(errors).toContainEqual({
        place: 'page.md:3',
        message: expect.stringContaining(better),
        severity: 'error',
      });
    },
  );

  it.each(examples)('ignores "%s" in code, addresses and links', async text => {
    const name = text.replace(/ /g, '-');
    const page = [
      `Use \`${text}\`, https://example.com/${name} or [this](${name}.md).`,
      `\`\`\`ts\nconst text = '${text}';\n\`\`\``,
      `<!-- ${text} -->`,
    ].join('\n\n');
    expect(await errorsIn(page)).toEqual([]);
  });

  it('ignores templates in texts of the page', async () => {
    expect(await errorsIn('For example, [[answer.session.id]].')).toEqual([]);
    expect(await errorsIn('The answer [[session.id]].')).toHaveLength(1);
  });

  it('ignores longer words, and other meanings', async () => {
    const page =
      'The header is standard. It takes effect at once, takes five minutes, and came from another place.';
    expect(await errorsIn(page)).toEqual([]);
  });
});

describe('the rule about sentences', () => {
  it('warns about more than 30 words', async () => {
    const words = (count: number) => `${'word '.repeat(count - 1)}word.`;
    expect(await lint(words(30))).toEqual([]);
    expect(await lint(`${words(20)} ${words(20)}`)).toEqual([]);
    expect(await lint(words(31))).toEqual([
      { place: 'page.md:1', message: expect.any(String), severity: 'warning' },
    ]);
  });

  it('warns about a passive subject', async () => {
    expect(await lint('The plugin refreshes the token.')).toEqual([]);
    expect(await lint('The token is refreshed.')).toEqual([
      {
        place: 'page.md:1',
        message: '"is refreshed": say who does it',
        severity: 'warning',
      },
    ]);
  });
});

describe('the texts of a source', () => {
  const source = [
    "import { x } from 'a b';",
    'throw new InputError(`No ${name} here, ` + `use "id" or \\`a b\\``);',
    "const other = 'not read by people';",
    'return { title: ok ? "One thing" : "Another thing", other: "no text" };',
  ].join('\n');

  it('are the texts of errors and diagnoses, in their lines', () => {
    expect(textsOfSource(source, { all: false }).split('\n')).toEqual([
      '',
      'No … here, use … or …',
      '',
      'One thing Another thing',
    ]);
  });

  it('are all strings in files with messages', () => {
    expect(textsOfSource(source, { all: true })).toContain(
      'not read by people',
    );
  });
});

describe('the linted texts', () => {
  const paths = lintedTexts().map(({ path }) => path);

  it.each([
    'README.md',
    'docs/consuming.md',
    'plugins/datasource-auth-node/README.md',
    'plugins/datasource-auth/src/translation/listMessages.ts',
    'plugins/datasource-auth-react/src/translation/datasourceAuthReactTranslationRef.ts',
    'plugins/datasource-auth-backend/src/oauth/diagnose.ts',
  ])('include %s', path => {
    expect(paths).toContain(path);
  });

  it('include changesets, but no tests and not the generated page', () => {
    expect(paths.filter(path => path.startsWith('.changeset/'))).not.toEqual(
      [],
    );
    expect(paths.filter(path => path.includes('.test.'))).toEqual([]);
    expect(paths).not.toContain('docs/http-api.md');
  });
});
