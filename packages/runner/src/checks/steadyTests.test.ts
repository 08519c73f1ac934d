import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRepository } from '../repository';

/** The tests and their helpers, by path. */
const sources = new Map(
  execFileSync('git', ['ls-files', '*.ts', '*.tsx'], {
    cwd: inRepository(),
    encoding: 'utf8',
  })
    .split('\n')
    .filter(path => /\.test\.tsx?$|__testUtils__|setupTests/.test(path))
    .map(path => [path, readFileSync(inRepository(path), 'utf8')] as const),
);

/** Paths of the sources that one pattern matches, and another doesn't. */
const pathsOf = (wanted: RegExp, unless?: RegExp) =>
  [...sources]
    .filter(([, source]) => wanted.test(source) && !unless?.test(source))
    .map(([path]) => path);

/** A busy machine pauses a process for seconds. Each of these once failed a test that found no fault. */
describe('tests', () => {
  it('are found', () => {
    expect(sources.size).toBeGreaterThan(400);
  });

  it("don't limit how long something took", () => {
    expect(pathsOf(/\.now\(\) - \w+\)\s*\.toBeLess/)).toEqual([]);
  });

  it('of the frontend wait as long as all others', () => {
    const shorter = pathsOf(/\{\s*timeout: [1-9](_000|\d{0,3})\b/);
    expect(shorter.filter(path => path.endsWith('.tsx'))).toEqual([]);
    const setups = [...sources.keys()].filter(path =>
      /setupTests\.tsx?$/.test(path),
    );
    const withPages = pathsOf(/jest-dom'/).filter(path =>
      setups.includes(path),
    );
    expect(withPages).toEqual(
      pathsOf(/configure\(\{ asyncUtilTimeout: 10_000/),
    );
    expect(withPages).toHaveLength(3);
  });

  it("don't share a server that closes idle connections, which a client could be using by then", () => {
    const shared = pathsOf(
      /\{[^}]*\bcreateServer\b[^}]*\} from 'node:https?'/,
      /keepAliveTimeout = /,
    ).filter(path => path.includes('__testUtils__'));
    expect(shared).toEqual([]);
  });
});
