import { parse } from 'yaml';
import { compileSnippets } from './__testUtils__/compile';
import { Guide } from './__testUtils__/Guide';

const guide = Guide.read('extending.md');

describe('docs/extending.md', () => {
  it('has TypeScript that compiles, in every snippet', () => {
    const snippets = guide.snippets('ts');
    expect(snippets).toHaveLength(3);
    expect(
      compileSnippets(snippets, {
        imports: [
          "import type { createBackend } from '@backstage/backend-defaults';",
        ],
        parameters: 'backend: ReturnType<typeof createBackend>',
      }),
    ).toEqual([]);
  }, 120_000);

  it('has YAML that parses, and no other code but a command', () => {
    expect(guide.languages).toEqual(['sh', 'ts', 'yaml']);
    for (const code of guide.snippets('yaml'))
      expect(parse(code)).toBeInstanceOf(Object);
  });
});
