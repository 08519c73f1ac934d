import { readdirSync, readFileSync } from 'node:fs';
import {
  createSourceFile,
  isExpressionStatement,
  isImportDeclaration,
  ScriptTarget,
} from 'typescript';
import { inRepository } from '../repository';

const TEST_ONLY = /(\.test\.tsx?$|^setupTests\.ts$|__testUtils__|__fixtures__)/;

/** Whether loading a module does more than define its exports. */
function doesSomething(code: string): boolean {
  const { statements } = createSourceFile(
    'module.tsx',
    code,
    ScriptTarget.Latest,
  );
  return statements.some(
    statement =>
      isExpressionStatement(statement) ||
      (isImportDeclaration(statement) && !statement.importClause),
  );
}

/** Modules of a package with side effects, in its sources and as built. */
function modulesWithEffects(plugin: string): string[] {
  const folder = inRepository('plugins', plugin, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !TEST_ONLY.test(path))
    .filter(path => doesSomething(readFileSync(`${folder}/${path}`, 'utf8')))
    .flatMap(path => [
      `./src/${path}`,
      `./dist/${path.replace(/\.tsx?$/, '.esm.js')}`,
    ]);
}

describe('sideEffects of a package for the browser', () => {
  it.each([
    'datasource-auth',
    'datasource-auth-react',
    'datasource-auth-common',
  ])('%s names exactly the modules that a bundler must keep', plugin => {
    const { sideEffects } = JSON.parse(
      readFileSync(inRepository('plugins', plugin, 'package.json'), 'utf8'),
    );
    expect([sideEffects || []].flat().sort()).toEqual(
      modulesWithEffects(plugin).sort(),
    );
  });

  it.each([
    ['a call', 'register();', true],
    ['an import for its effect', "import './style.css';", true],
    ['an assignment', 'window.a = 1;', true],
    ['an import', "import { a } from './a';", false],
    ['a definition', 'export const a = () => register();', false],
  ])('finds %s', (_, code, found) => {
    expect(doesSomething(code)).toBe(found);
  });
});
