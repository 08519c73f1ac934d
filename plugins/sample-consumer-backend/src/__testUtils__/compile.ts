import { resolve, join } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../../../..');
const BESIDE = resolve(__dirname, '..');

/**
 * Compiles snippets as modules beside the sources of this package.
 *
 * @param preamble - what a snippet without imports stands in: the text before it, and a function that it ends
 * @returns the faults that the compiler finds, each with its line
 */
export function compileSnippets(
  snippets: string[],
  preamble: { imports: string[]; parameters: string },
  language: 'ts' | 'tsx' = 'ts',
): string[] {
  const modules = snippets.map((code, index): [string, string] => [
    join(BESIDE, `snippet.${index}.${language}`),
    /^import /m.test(code) ? code : asModule(code, preamble),
  ]);
  return compile(new Map(modules));
}

/** A snippet without imports stands in a function that has what the text speaks of. */
function asModule(
  code: string,
  { imports, parameters }: { imports: string[]; parameters: string },
): string {
  const names = [...parameters.matchAll(/(\w+):/g)].map(([, name]) => name);
  return [
    ...imports,
    `export async function snippet(${parameters}) {`,
    code,
    `return [${names.join(', ')}];`,
    '}',
  ].join('\n');
}

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
