/** The members of what `jest --json` writes that count. */
export interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Files that could not run at all. */
  numRuntimeErrorTestSuites: number;
  testResults: Array<{
    status: string;
    message: string;
    assertionResults: Array<{ fullName: string; status: string }>;
  }>;
}

/** The members of what Playwright's JSON reporter writes that count. */
export interface PlaywrightResults {
  stats: {
    expected: number;
    unexpected: number;
    flaky: number;
    skipped: number;
  };
  /** Faults outside of any test. */
  errors: unknown[];
}

/** Counts what passed and what failed. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  addJest(results: JestResults) {
    this.passed += results.numPassedTests;
    this.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.skipped += results.numPendingTests + results.numTodoTests;
  }

  /** A flaky test is one that failed: we run each test once. */
  addPlaywright({ stats, errors }: PlaywrightResults) {
    this.passed += stats.expected;
    this.failed += stats.unexpected + stats.flaky + errors.length;
    this.skipped += stats.skipped;
  }

  /** What another one counted. */
  add({ passed, failed, skipped }: Tally) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  /** Something that was tried as a whole. */
  addPass() {
    this.passed += 1;
  }

  /** A check that is no test, such as lint, counts only when it fails. */
  addFailure() {
    this.failed += 1;
  }

  get summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
