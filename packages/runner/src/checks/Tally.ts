import { stripVTControlCharacters } from 'node:util';

/** Fields of `jest --json` that count. */
export interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Files that couldn't run at all. */
  numRuntimeErrorTestSuites: number;
  testResults: Array<{
    status: string;
    message: string;
    /** Path of the test file. */
    name: string;
    assertionResults: Array<{
      fullName: string;
      status: string;
      failureMessages?: string[];
    }>;
  }>;
}

/** Fields of Playwright's JSON reporter that count. */
export interface PlaywrightResults {
  stats: {
    expected: number;
    unexpected: number;
    flaky: number;
    skipped: number;
  };
  /** Errors outside of any test. */
  errors: unknown[];
  suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: Array<{
    title: string;
    ok: boolean;
    tests: Array<{ results: Array<{ error?: { message?: string } }> }>;
  }>;
}

/** Of an error, where failures are named. */
const MOST_LINES = 10;
const MOST_CHARACTERS = 1_000;

/** Counts passed and failed tests. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** Names of failed tests, as far as they are known, and the start of each error. */
  readonly failures: string[] = [];

  addJest(results: JestResults) {
    this.passed += results.numPassedTests;
    this.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.skipped += results.numPendingTests + results.numTodoTests;
    for (const file of results.testResults) {
      const failed = file.assertionResults.filter(
        test => test.status === 'failed',
      );
      this.failures.push(
        ...failed.map(test =>
          failure(test.fullName, test.failureMessages?.[0]),
        ),
      );
      if (file.status === 'failed' && failed.length === 0) {
        this.failures.push(failure(file.name, file.message));
      }
    }
  }

  /** A flaky test has failed: each test runs only once. */
  addPlaywright({ stats, errors, suites }: PlaywrightResults) {
    this.passed += stats.expected;
    this.failed += stats.unexpected + stats.flaky + errors.length;
    this.skipped += stats.skipped;
    this.failures.push(...suites.flatMap(failuresOf));
  }

  /** Adds the counts of another tally. */
  add({ passed, failed, skipped }: Tally) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  /** Adds something that counts as one test. */
  addPass() {
    this.passed += 1;
  }

  /** Adds a check that isn't a test, such as lint, only if it fails. */
  addFailure(error?: string) {
    this.failed += 1;
    this.failures.push(...startOf(error));
  }

  get summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

function failuresOf({ suites = [], specs }: PlaywrightSuite): string[] {
  const failed = specs
    .filter(spec => !spec.ok)
    .map(({ title, tests }) => {
      const errors = tests.flatMap(({ results }) =>
        results.map(({ error }) => error?.message),
      );
      return failure(title, errors.find(Boolean));
    });
  return [...failed, ...suites.flatMap(failuresOf)];
}

/** The name of a test, and indented below it how its error starts. */
function failure(name: string, error?: string): string {
  return [name, ...startOf(error)].join('\n');
}

function startOf(error = ''): string[] {
  return stripVTControlCharacters(error)
    .slice(0, MOST_CHARACTERS)
    .split('\n')
    .filter(line => line.trim())
    .slice(0, MOST_LINES)
    .map(line => `    ${line}`);
}
