/** Counts what passed and failed, and remembers what to say about it. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** Takes over what `jest --json` says. A file that cannot run at all is one failure. */
  addJest(results) {
    this.passed += results.numPassedTests;
    this.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.skipped += results.numPendingTests + results.numTodoTests;
  }

  /** Takes over what Playwright's JSON reporter says. */
  addPlaywright({ stats, errors }) {
    this.passed += stats.expected;
    this.failed += stats.unexpected + stats.flaky + errors.length;
    this.skipped += stats.skipped;
  }

  get summary() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
