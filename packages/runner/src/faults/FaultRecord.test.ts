import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JestResults } from '../checks/Tally';
import { FaultRecord } from './FaultRecord';
import { FaultFigures } from './report';

const run = (tests: Record<string, string>) =>
  ({
    testResults: [
      {
        assertionResults: Object.entries(tests).map(([fullName, status]) => ({
          ...{ fullName, status },
        })),
      },
    ],
  } as JestResults);
const met = (test: string, calls: number) => ({ test, calls } as FaultFigures);

describe('the record of faults', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fault-record-'));
  const file = join(folder, 'record.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps the last run of each test, and removes tests that no longer exist', () => {
    const first = FaultRecord.open(file);
    first.add(
      run({ 'seed 1 a': 'passed', 'seed 1 b': 'failed', c: 'passed' }),
      [met('seed 1 a', 1), met('seed 1 b', 4)],
    );
    expect([first.passed, first.failed]).toEqual([2, 1]);
    first.save();

    const second = FaultRecord.open(file);
    second.add(run({ 'seed 1 a': 'pending', 'seed 1 b': 'passed' }), [
      met('seed 1 b', 2),
    ]);
    expect([second.passed, second.failed]).toEqual([2, 0]);
    expect(second.figures).toEqual([met('seed 1 a', 1), met('seed 1 b', 2)]);
  });
});
