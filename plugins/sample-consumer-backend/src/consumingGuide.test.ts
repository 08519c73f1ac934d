import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../../..');
const GUIDE = readFileSync(join(ROOT, 'docs/consuming.md'), 'utf8');
const METHODS = [
  'getToken',
  'fetch',
  'reportRejected',
  'getStatus',
  'list',
  'onStatusChange',
];

interface Snippet {
  heading: string;
  code: string;
}

function snippets(language: string): Snippet[] {
  const found: Snippet[] = [];
  let heading = '';
  for (const part of GUIDE.split(/^(?=## |```\w)/m)) {
    const title = /^## (.*)/.exec(part);
    if (title) heading = title[1];
    const block = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(
      part,
    );
    if (block) found.push({ heading, code: block[1] });
  }
  return found;
}

/** A snippet without imports stands in a function that has what the text speaks of. */
function asModule(code: string): string {
  if (/^import /m.test(code)) return code;
  return [
    "import type { LoggerService } from '@backstage/backend-plugin-api';",
    "import type { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';",
    'export async function snippet(tokens: DatasourceAuthService, logger: LoggerService) {',
    code,
    'logger.debug(String(tokens));',
    '}',
  ].join('\n');
}

/** The faults that the compiler finds in modules which lie beside this file, in memory. */
function compile(modules: Map<string, string>): string[] {
  const { config } = ts.readConfigFile(
    join(ROOT, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = name => modules.get(name) ?? readFile(name);
  host.fileExists = name => modules.has(name) || fileExists(name);
  const program = ts.createProgram({
    rootNames: [...modules.keys()],
    options: { ...options, noEmit: true, incremental: false },
    host,
  });
  return [...modules.keys()].flatMap(name => {
    const source = program.getSourceFile(name)!;
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText, start = 0 }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      const line = source.text.slice(0, start).split('\n').length;
      return `${message}\n    ${source.text.split('\n')[line - 1]}`;
    });
  });
}

describe('docs/consuming.md', () => {
  it('has TypeScript that compiles, in every snippet', () => {
    const found = snippets('ts');
    expect(found.length).toBeGreaterThanOrEqual(10);
    const modules = new Map(
      found.map(({ code }, index) => [
        join(__dirname, `consumingGuide.${index}.ts`),
        asModule(code),
      ]),
    );
    expect(compile(modules)).toEqual([]);
  }, 120_000);

  it('would notice a snippet that does not compile', () => {
    const wrong = asModule("await tokens.getToken({ name: 'pagerduty' });");
    const faults = compile(new Map([[join(__dirname, 'wrong.ts'), wrong]]));
    expect(faults).toEqual([expect.stringContaining("'name' does not exist")]);
  }, 120_000);

  it('shows the example test as it is run', () => {
    const [, file, shown] = /<!-- file: (\S+) -->\s+```ts\n([^]*?)^```/m.exec(
      GUIDE,
    )!;
    expect(shown).toBe(readFileSync(join(ROOT, file), 'utf8'));
  });

  it('has YAML that parses', () => {
    const found = snippets('yaml');
    expect(found).not.toHaveLength(0);
    for (const { code } of found) expect(parse(code)).toBeInstanceOf(Object);
  });

  it.each(METHODS)('answers how %s is used', method => {
    const code = snippets('ts').map(snippet => snippet.code);
    expect(code.join('\n')).toContain(`tokens.${method}(`);
  });

  it.each([
    ['DatasourceNotConfiguredError', 409, 'datasource_not_configured'],
    ['DatasourceNotAuthorizedError', 409, 'datasource_not_authorized'],
    ['DatasourceConsumerNotAllowedError', 403, 'consumer_not_allowed'],
    ['DatasourceUnavailableError', 503, 'datasource_unavailable'],
  ])('names the error %s with status and code', (name, status, code) => {
    expect(GUIDE).toMatch(
      new RegExp(`\\| \`${name}\` +\\| ${status} +\\| \`${code}\``),
    );
  });
});
