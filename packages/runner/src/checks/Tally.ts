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
    assertionResults: Array<{ fullName: string; status: string }>;
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
  specs: Array<{ title: string; ok: boolean }>;
}

/** Counts passed and failed tests. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** Names of failed tests, as far as they are known. */
  readonly failures: string[] = [];

  addJest(results: JestResults) {
    this.passed += results.numPassedTests;
    this.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.skipped += results.numPendingTests + results.numTodoTests;
    for (const file of results.testResults) {
      const failed = file.assertionResults.filter(
        test => test.status === 'failed',
      );
      this.failures.push(...failed.map(test => test.fullName));
      if (file.status === 'failed' && failed.length === 0) {
        this.failures.push(file.name);
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
  addFailure() {
    this.failed += 1;
  }

  get summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

function failuresOf({ suites = [], specs }: PlaywrightSuite): string[] {
  const failed = specs.filter(spec => !spec.ok).map(spec => spec.title);
  return [...failed, ...suites.flatMap(failuresOf)];
}
