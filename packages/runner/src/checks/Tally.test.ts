import { Tally } from './Tally';

describe('Tally', () => {
  const jest = {
    numPassedTests: 10,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [],
  };

  it('adds up all kinds of tests', () => {
    const tally = new Tally();
    tally.addJest({ ...jest, numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
    tally.addPlaywright({
      stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1 },
      errors: [],
      suites: [],
    });
    expect(tally.summary).toBe('13 passed, 0 failed');
    expect(tally.skipped).toBe(3);
  });

  it("counts a file that can't run, a flaky test and a failing check as failures", () => {
    const tally = new Tally();
    tally.addJest(jest);
    tally.addPlaywright({
      stats: { expected: 0, unexpected: 1, flaky: 1, skipped: 0 },
      errors: [{}],
      suites: [],
    });
    tally.addFailure();
    expect(tally.summary).toBe('10 passed, 7 failed');
  });

  it('names failed tests, and files that fail without one', () => {
    const tally = new Tally();
    const failed = { fullName: 'a list shows all', status: 'failed' };
    const passed = { fullName: 'a list is sorted', status: 'passed' };
    const file = { name: '/list.test.ts', message: '', status: 'failed' };
    tally.addJest({
      ...jest,
      testResults: [
        { ...file, assertionResults: [failed, passed] },
        { ...file, name: '/broken.test.ts', assertionResults: [] },
      ],
    });
    tally.addPlaywright({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      errors: [],
      suites: [
        {
          specs: [{ title: 'a page opens', ok: true }],
          suites: [{ specs: [{ title: 'a page closes', ok: false }] }],
        },
      ],
    });
    expect(tally.failures).toEqual([
      'a list shows all',
      '/broken.test.ts',
      'a page closes',
    ]);
  });
});
