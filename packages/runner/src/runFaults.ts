import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { JestResults } from './checks/Tally';
import { FaultRecord } from './faults/FaultRecord';
import { readFigures, writeReport } from './faults/report';
import { runFaultTests } from './faults/runFaultTests';
import { Postgres } from './processes/Postgres';
import { runProgram } from './processes/program';
import { inRepository } from './repository';

/*
 * `make faults`: the long form of the tests that break refreshes on purpose. Each fault runs many times, each
 * time with another seed. Writes docs/reliability.md. With FAULT_ONLY, only some run again.
 */

const RUNS = Number(process.env.FAULT_RUNS ?? 20);
const ONLY = process.env.FAULT_ONLY;
const OUTPUT = inRepository('.cache/faults');

runProgram(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  const results = `${OUTPUT}/jest.json`;
  const figures = `${OUTPUT}/figures.jsonl`;
  const record = `${OUTPUT}/record.json`;
  [results, figures, ...(ONLY ? [] : [record])].forEach(file =>
    rmSync(file, { force: true }),
  );
  const { ok } = await Postgres.during(postgres =>
    runFaultTests({
      ...{ postgres, results, figures, runs: RUNS, only: ONLY },
      onLine: line => process.stdout.write(`${line}\n`),
    }),
  );
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
  return ok ? 0 : 1;
});
