import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { run } from '../processes/run';
import { inRepository } from '../repository';
import { JEST_CACHE } from '../checks/jestCache';
import { JestResults } from '../checks/Tally';
import { Protection } from './Protection';

const SWITCH = inRepository('packages/runner/src/mutants/switchOff.cjs');

/** Result of running a test file. */
export interface TestRun {
  /** Why nothing ran. */
  broken?: string;
  /** Names of failed tests. */
  failed: string[];
}

/** Runs one test file of a package, optionally with a protection disabled. */
export async function runTestFile(
  folder: string,
  test: string,
  off?: Protection,
): Promise<TestRun> {
  const resultsFile = inRepository(`.cache/mutants/${randomUUID()}.json`);
  const { output } = await run(
    [
      ...['yarn', 'backstage-cli', 'package', 'test', '--watch=false'],
      ...['--silent', '--testTimeout=30000', JEST_CACHE],
      ...['--json', `--outputFile=${resultsFile}`, `src/${test}`],
    ],
    {
      cwd: inRepository(folder),
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        ...(off && {
          NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require=${SWITCH}`,
          SWITCHED_OFF: JSON.stringify({
            file: inRepository(folder, 'src', off.file),
            code: off.code,
            off: off.off,
          }),
        }),
      },
    },
  );
  if (!existsSync(resultsFile)) {
    return { broken: lastLines(output), failed: [] };
  }
  const results: JestResults = JSON.parse(readFileSync(resultsFile, 'utf8'));
  rmSync(resultsFile);
  const { numPassedTests, numFailedTests, testResults } = results;
  if (numPassedTests + numFailedTests === 0) {
    return {
      broken: lastLines(testResults[0]?.message ?? output),
      failed: [],
    };
  }
  return {
    failed: testResults
      .flatMap(file => file.assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName),
  };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-15).join('\n');
}
