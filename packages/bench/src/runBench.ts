import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Postgres } from 'runner';
import { hotPaths } from './hotPaths';
import type { MeasureProgram } from './hotPaths/measureProgram';
import { Worker } from './processes/Worker';
import { Finding } from './report/Finding';
import { describe, writeReport } from './report/report';
import { prepareStocks } from './stock/prepareStocks';

/*
 * `make bench`: measures each hot path beside what it is compared with, prints the lines of the table as they come, and
 * writes docs/performance.md. A missed target is a line in the table; with --check it is a failure too.
 */

const print = (line: string) => process.stdout.write(`${line}\n`);

let postgres: Postgres | undefined;
let removeStocks = () => {};

async function main() {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      /** Measures this path alone and writes nothing; repeat it for more. */
      only: { type: 'string', multiple: true },
    },
  });
  const chosen = hotPaths.filter(
    ({ name }) => !values.only || values.only.includes(name),
  );
  const [load] = loadavg();
  postgres = await Postgres.start();
  const findings: Finding[] = [];
  try {
    let stocks: Awaited<ReturnType<typeof prepareStocks>>['stocks'] = [];
    if (chosen.some(({ needsStock }) => needsStock)) {
      print('Filling databases with a million datasources');
      const prepared = await prepareStocks(postgres.url);
      ({ stocks } = prepared);
      removeStocks = prepared.remove;
    }
    for (const { name } of chosen) {
      const worker = Worker.start<MeasureProgram>(
        'packages/bench/src/hotPaths/measureProgram.ts',
        { log: name },
      );
      const surroundings = { postgres: postgres.url, stocks };
      const found = await worker.ask('measure', name, surroundings);
      await worker.stop();
      found.forEach(finding => print(describe(finding)));
      findings.push(...found);
    }
  } finally {
    await tidyUp();
  }
  if (!values.only) writeReport(findings, { hotPaths, load });

  const missed = findings.filter(({ met }) => !met).length;
  print(`${findings.length - missed} of ${findings.length} targets reached`);
  if (missed > 0 && values.check) process.exitCode = 1;
}

async function tidyUp() {
  await postgres?.stop();
  postgres = undefined;
  removeStocks();
  removeStocks = () => {};
}

async function interrupted() {
  await tidyUp();
  process.exit(1);
}

process.once('SIGINT', interrupted);
process.once('SIGTERM', interrupted);

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
