import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { FaultRecord } from './faults/FaultRecord';
import { readFigures, writeReport } from './faults/report';
import { runFaultTests } from './faults/runFaultTests';
import { Postgres } from './processes/Postgres';
import { endRunning } from './processes/run';
import { inRepository } from './repository';
import { JestResults } from './tests/Tally';

/*
 * `make faults`: the tests that break renewals on purpose, in their long form: each fault so many times, each time with
 * another seed. Writes docs/reliability.md from what they met. With FAULT_ONLY only some of them run again.
 */

const RUNS = Number(process.env.FAULT_RUNS ?? 20);
const ONLY = process.env.FAULT_ONLY;
const OUTPUT = inRepository('.cache/faults');

let postgres: Postgres | undefined;

async function main() {
  mkdirSync(OUTPUT, { recursive: true });
  const results = `${OUTPUT}/jest.json`;
  const figures = `${OUTPUT}/figures.jsonl`;
  const record = `${OUTPUT}/record.json`;
  [results, figures, ...(ONLY ? [] : [record])].forEach(file =>
    rmSync(file, { force: true }),
  );
  postgres = await Postgres.start();
  const { ok } = await runFaultTests({
    ...{ postgres, results, figures, runs: RUNS, only: ONLY },
    onLine: line => process.stdout.write(`${line}\n`),
  });
  await postgres.stop();
  if (RUNS > 1) {
    const outcome: JestResults = JSON.parse(readFileSync(results, 'utf8'));
    const all = FaultRecord.open(record);
    all.add(outcome, readFigures(figures));
    all.save();
    writeReport(
      all.figures,
      `each fault ${RUNS} times, ${all.passed} tests passed and ${all.failed} failed.`,
    );
  }
  process.exit(ok ? 0 : 1);
}

async function interrupted() {
  endRunning();
  await postgres?.stop();
  process.exit(1);
}

process.once('SIGINT', interrupted);
process.once('SIGTERM', interrupted);

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
