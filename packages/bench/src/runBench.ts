import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cleaningUp, Postgres, runProgram } from 'runner';
import { hotPaths } from './hotPaths';
import type { HotPath, BenchEnvironment } from './hotPaths/HotPath';
import type { MeasureProgram } from './hotPaths/measureProgram';
import { Worker } from './processes/Worker';
import { Finding } from './hotPaths/Finding';
import { describe, writeReport } from './report/report';
import { prepareStocks } from './stock/prepareStocks';

/*
 * `make bench`: measures each hot path against its reference, prints the lines of the table, and writes
 * docs/performance.md. A missed target is a line in the table; with --check it also fails the run.
 */

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      /** Measures only this path and writes nothing. Can be repeated. */
      only: { type: 'string', multiple: true },
    },
  });
  const chosen = hotPaths.filter(
    ({ name }) => !values.only || values.only.includes(name),
  );
  const [load] = loadavg();
  const findings = await Postgres.during(({ url }) => measureAll(chosen, url));
  if (!values.only) writeReport(findings, { hotPaths, load });

  const missed = findings.filter(({ met }) => !met).length;
  print(`${findings.length - missed} of ${findings.length} targets reached`);
  return missed > 0 && values.check ? 1 : 0;
}

async function measureAll(
  chosen: HotPath[],
  postgres: string,
): Promise<Finding[]> {
  if (!chosen.some(({ needsStock }) => needsStock)) {
    return measure(chosen, { postgres, stocks: [] });
  }
  print('Filling databases with a million datasources');
  const { stocks, remove } = await prepareStocks(postgres);
  return cleaningUp(
    async () => remove(),
    () => measure(chosen, { postgres, stocks }),
  );
}

async function measure(
  chosen: HotPath[],
  surroundings: BenchEnvironment,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of chosen) {
    const worker = Worker.start<MeasureProgram>(
      'packages/bench/src/hotPaths/measureProgram.ts',
      { log: name },
    );
    const found = await worker.ask('measure', name, surroundings);
    await worker.stop();
    found.forEach(finding => print(describe(finding)));
    findings.push(...found);
  }
  return findings;
}

runProgram(main);
