import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runFaultTests } from './faults/runFaultTests';
import { Postgres } from './processes/Postgres';
import { endRunning, run } from './processes/run';
import { inRepository } from './repository';
import { findChromium } from './tests/chromium';
import { type JestResults, type PlaywrightResults, Tally } from './tests/Tally';

/*
 * `make test`: everything that has to hold, one after the other, and in the last line how much of it did.
 */

const OUTPUT = inRepository('.cache/test');
const POSTGRES_URL = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const tally = new Tally();
const print = (line: string) => process.stdout.write(`${line}\n`);
let postgres: Postgres | undefined;

async function main() {
  mkdirSync(OUTPUT, { recursive: true });

  await check('formatting', ['yarn', 'prettier', '--check', '.']);
  await check('lint', ['yarn', 'lint']);
  await check('types', ['yarn', 'types']);
  await step('unit and integration tests', runJest);
  await step('renewals broken on purpose', runFaults);
  if (await check('app', ['make', 'build'])) {
    await step('browser tests', runPlaywright);
  }

  if (tally.skipped > 0) print(`${tally.skipped} skipped`);
  print(tally.summary);
  process.exit(tally.failed > 0 ? 1 : 0);
}

/** A command that is silent when it succeeds. */
async function check(title: string, command: string[]): Promise<boolean> {
  return step(title, async () => {
    const { ok, output } = await run(command, {
      // The flags of the make that runs us are not meant for another make.
      env: { MAKEFLAGS: '', FORCE_COLOR: '0' },
    });
    if (!ok) throw new Error(output);
  });
}

async function step(
  title: string,
  action: () => Promise<void>,
): Promise<boolean> {
  const start = Date.now();
  const failedBefore = tally.failed;
  let ran = true;
  try {
    await action();
  } catch (error) {
    print((error as Error).message);
    tally.addFailure();
    ran = false;
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  print(`${tally.failed > failedBefore ? '✗' : '✓'} ${title} (${seconds} s)`);
  return ran;
}

async function runJest() {
  const results = `${OUTPUT}/jest.json`;
  const logFile = `${OUTPUT}/jest.log`;
  rmSync(results, { force: true });
  postgres = await Postgres.start();
  try {
    const command = ['yarn', 'backstage-cli', 'repo', 'test'];
    const flags = [
      '--maxWorkers=2',
      // Replicas that are killed and stopped need the machine for themselves: they come after.
      '--testPathIgnorePatterns=/node_modules/',
      '--testPathIgnorePatterns=/src/faults/',
      // A machine that is busy with something else is no fault of a test.
      '--testTimeout=30000',
      '--json',
      `--outputFile=${results}`,
    ];
    await run([...command, ...flags], {
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        // Testing Library prints the page of a test that fails: enough of it to see, and plain.
        COLORS: 'false',
        DEBUG_PRINT_LIMIT: '3000',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        [POSTGRES_URL]: postgres.url,
      },
      logFile,
      onLine: line => {
        if (/^(PASS|FAIL) /.test(line)) print(line);
      },
    });
  } finally {
    await postgres.stop();
    postgres = undefined;
  }

  const outcome = readResults<JestResults>(results, logFile);
  addJest(outcome);
  // A database without a server disappears from Backstage's list of databases without a word.
  const onPostgres = outcome.testResults
    .flatMap(file => file.assertionResults)
    .some(test => test.fullName.includes('POSTGRES_18'));
  if (!onPostgres) throw new Error('No test ran on PostgreSQL.');
}

async function runFaults() {
  const results = `${OUTPUT}/faults.json`;
  const logFile = `${OUTPUT}/faults.log`;
  rmSync(results, { force: true });
  postgres = await Postgres.start();
  try {
    await runFaultTests({
      ...{ postgres, results, logFile, runs: 1 },
      onLine: line => {
        if (/^(PASS|FAIL) /.test(line)) print(line);
      },
    });
  } finally {
    await postgres.stop();
    postgres = undefined;
  }
  addJest(readResults<JestResults>(results, logFile));
}

/** Counts what ran, and says what failed. */
function addJest(outcome: JestResults) {
  tally.addJest(outcome);
  for (const file of outcome.testResults) {
    if (file.status === 'failed') print(file.message);
  }
}

async function runPlaywright() {
  const results = `${OUTPUT}/playwright.json`;
  const logFile = `${OUTPUT}/playwright.log`;
  rmSync(results, { force: true });
  await run(['yarn', 'playwright', 'test'], {
    env: {
      CI: '1',
      FORCE_COLOR: '0',
      CHROMIUM_PATH: await findChromium({ print }),
      PLAYWRIGHT_JSON_OUTPUT_FILE: results,
    },
    logFile,
    onLine: print,
  });
  tally.addPlaywright(readResults<PlaywrightResults>(results, logFile));
}

function readResults<T>(file: string, logFile: string): T {
  if (!existsSync(file)) {
    throw new Error(`${readFileSync(logFile, 'utf8')}\nThe tests did not run.`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function interrupted() {
  endRunning();
  await postgres?.stop();
  process.exit(1);
}

process.once('SIGINT', interrupted);
process.once('SIGTERM', interrupted);

main().catch(error => {
  print(error.stack);
  tally.addFailure();
  print(tally.summary);
  process.exit(1);
});
