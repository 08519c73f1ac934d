import { join } from 'node:path';
import ts from 'typescript';
import { inRepository } from '../../repository';

/** Snippets compile in this folder, because they import two of its files. */
const BESIDE = inRepository('plugins/sample-consumer-backend/src');

/** Declares the names that the text around a snippet introduces. */
const KNOWN: Record<string, string> = {
  tokens:
    "declare const tokens: import('backstage-plugin-datasource-auth-node').DatasourceAuthService;",
  logger:
    "declare const logger: import('@backstage/backend-plugin-api').LoggerService;",
  backend:
    "declare const backend: ReturnType<typeof import('@backstage/backend-defaults').createBackend>;",
  datasourceAuthServiceRef:
    "import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';",
  Route: "import { Route } from 'react-router-dom';",
  SidebarItem: "import { SidebarItem } from '@backstage/core-components';",
  id: 'declare const id: string;',
  isPermission:
    "import { isPermission } from '@backstage/plugin-permission-common';",
  request:
    "declare const request: import('@backstage/plugin-permission-node').PolicyQuery;",
  user: "declare const user: import('@backstage/plugin-permission-node').PolicyQueryUser;",
};

/**
 * Compiles snippets, each as its own module.
 *
 * @returns the compiler errors, each with its line
 */
export function compileSnippets(
  snippets: Array<{ language: string; code: string }>,
): string[] {
  const modules = snippets.map(
    ({ language, code }, index): [string, string] => [
      join(BESIDE, `snippet.${index}.${language}`),
      asModule(code),
    ],
  );
  return compile(new Map(modules));
}

/** Orders imports, introduced names and the snippet; statements go into a function. */
function asModule(snippet: string): string {
  // The three lines start with a property of an object, which isn't valid on its own.
  const code = snippet.replace(/^deps: (\{.*\}),$/m, 'const deps = $1;');
  const imports = [...code.matchAll(/^import [^;]*;$/gm)].map(([text]) => text);
  const body = code.replace(/^import [^;]*;$/gm, '');
  const known = Object.entries(KNOWN)
    .filter(([name]) => speaksOf(name, body) && !defines(name, code))
    .map(([, declaration]) => declaration);
  const head = [...imports, ...known].join('\n');
  return /^export /m.test(body)
    ? `${head}\n${body}`
    : `${head}\nexport async function snippet() {\n${body}\n}`;
}

function speaksOf(name: string, code: string): boolean {
  return new RegExp(`(?<![.\\w'"])${name}\\b(?!['":])`).test(code);
}

/** Whether a module would declare the name twice. An inner scope hides the introduced name. */
function defines(name: string, code: string): boolean {
  return (
    new RegExp(`^(export )?(const|let|function|class) ${name}\\b`, 'm').test(
      code,
    ) || new RegExp(`^import [^;]*\\b${name}\\b[^;]*;`, 'm').test(code)
  );
}

function compile(modules: Map<string, string>): string[] {
  const { config } = ts.readConfigFile(
    inRepository('tsconfig.json'),
    ts.sys.readFile,
  );
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    inRepository(),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = name => modules.get(name) ?? readFile(name);
  host.fileExists = name => modules.has(name) || fileExists(name);
  const program = ts.createProgram({
    rootNames: [...modules.keys()],
    options: {
      ...options,
      noEmit: true,
      incremental: false,
      noImplicitReturns: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
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
