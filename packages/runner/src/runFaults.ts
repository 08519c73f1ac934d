import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { writeReport } from './faults/report';
import { runFaultTests } from './faults/runFaultTests';
import { Postgres } from './processes/Postgres';
import { endRunning } from './processes/run';
import { inRepository } from './repository';
import { JestResults } from './tests/Tally';

/*
 * `make faults`: the tests that break renewals on purpose, in their long form: each fault so many times, each time with
 * another seed. Writes docs/reliability.md from what they met.
 */

const RUNS = Number(process.env.FAULT_RUNS ?? 20);
const OUTPUT = inRepository('.cache/faults');

let postgres: Postgres | undefined;

async function main() {
  mkdirSync(OUTPUT, { recursive: true });
  const results = `${OUTPUT}/jest.json`;
  const figures = `${OUTPUT}/figures.jsonl`;
  [results, figures].forEach(file => rmSync(file, { force: true }));
  postgres = await Postgres.start();
  const { ok } = await runFaultTests({
    ...{ postgres, results, figures, runs: RUNS },
    onLine: line => process.stdout.write(`${line}\n`),
  });
  await postgres.stop();
  const outcome: JestResults = JSON.parse(readFileSync(results, 'utf8'));
  const { numPassedTests: passed, numFailedTests: failed } = outcome;
  if (RUNS > 1) {
    writeReport(
      figures,
      `each fault ${RUNS} times, ${passed} tests passed and ${failed} failed.`,
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
