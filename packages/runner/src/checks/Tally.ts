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
}

/** Counts passed and failed tests. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  addJest(results: JestResults) {
    this.passed += results.numPassedTests;
    this.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.skipped += results.numPendingTests + results.numTodoTests;
  }

  /** A flaky test has failed: each test runs only once. */
  addPlaywright({ stats, errors }: PlaywrightResults) {
    this.passed += stats.expected;
    this.failed += stats.unexpected + stats.flaky + errors.length;
    this.skipped += stats.skipped;
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
