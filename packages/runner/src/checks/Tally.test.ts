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

  it('names failed tests, and files that fail without one, with the start of their errors', () => {
    const tally = new Tally();
    const failed = {
      fullName: 'a list shows all',
      status: 'failed',
      failureMessages: [
        `\u001b[31mExpected 2\u001b[39m\n\n${'line\n'.repeat(50)}`,
      ],
    };
    const passed = { fullName: 'a list is sorted', status: 'passed' };
    const file = { name: '/list.test.ts', message: '', status: 'failed' };
    tally.addJest({
      ...jest,
      testResults: [
        { ...file, assertionResults: [failed, passed] },
        {
          ...file,
          name: '/broken.test.ts',
          message: 'No such module',
          assertionResults: [],
        },
      ],
    });
    tally.addPlaywright({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      errors: [],
      suites: [
        {
          specs: [{ title: 'a page opens', ok: true, tests: [] }],
          suites: [
            {
              specs: [
                {
                  title: 'a page closes',
                  ok: false,
                  tests: [{ results: [{ error: { message: 'Timeout' } }] }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(tally.failures).toEqual([
      ['a list shows all', 'Expected 2', ...Array(9).fill('line')].join(
        '\n    ',
      ),
      '/broken.test.ts\n    No such module',
      'a page closes\n    Timeout',
    ]);
  });
});
