import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ROOT } from './processes/Child.mjs';
import { Postgres } from './processes/Postgres.mjs';
import { run } from './processes/run.mjs';
import { findChromium } from './test/chromium.mjs';
import { Tally } from './test/Tally.mjs';

/*
 * `make test`: everything that has to hold, one after the other, and in the last line how much of it did. A check that
 * is no test (formatting, lint, types, the build) counts only when it fails.
 */

const OUTPUT = `${ROOT}.cache/test`;
const POSTGRES_URL = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const tally = new Tally();
const print = line => process.stdout.write(`${line}\n`);

async function main() {
  mkdirSync(OUTPUT, { recursive: true });

  await check('formatting', ['yarn', 'prettier', '--check', '.']);
  await check('lint', ['yarn', 'lint']);
  await check('types', ['yarn', 'types']);
  await step('unit and integration tests', runJest);
  if (await check('app', ['make', 'build'])) {
    await step('browser tests', runPlaywright);
  }

  if (tally.skipped > 0) print(`${tally.skipped} skipped`);
  print(tally.summary);
  process.exit(tally.failed > 0 ? 1 : 0);
}

/** A command that is silent when it succeeds. */
async function check(title, command) {
  return step(title, async () => {
    // The flags of the make that runs us are not meant for another make.
    const { ok, output } = await run(command, { env: { MAKEFLAGS: '' } });
    if (!ok) throw new Error(output);
  });
}

async function step(title, action) {
  const start = Date.now();
  const failedBefore = tally.failed;
  let ok = true;
  try {
    await action();
  } catch (error) {
    print(error.message);
    tally.failed += 1;
    ok = false;
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  const failed = tally.failed - failedBefore;
  print(`${failed ? '✗' : '✓'} ${title} (${seconds} s)`);
  return ok;
}

async function runJest() {
  const results = `${OUTPUT}/jest.json`;
  rmSync(results, { force: true });
  const postgres = await Postgres.start();
  try {
    await run(
      [
        ...['yarn', 'backstage-cli', 'repo', 'test', '--maxWorkers=2'],
        ...['--json', `--outputFile=${results}`],
      ],
      {
        env: {
          CI: '1',
          FORCE_COLOR: '0',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          [POSTGRES_URL]: postgres.url,
        },
        logFile: `${OUTPUT}/jest.log`,
        onLine: line => {
          if (/^(PASS|FAIL) /.test(line)) print(line);
        },
      },
    );
  } finally {
    await postgres.stop();
  }

  const outcome = readResults(results, `${OUTPUT}/jest.log`);
  tally.addJest(outcome);
  for (const file of outcome.testResults) {
    if (file.status === 'failed') print(file.message);
  }
  // A database without a server disappears from Backstage's list of databases without a word.
  const onPostgres = outcome.testResults
    .flatMap(file => file.assertionResults)
    .some(test => test.fullName.includes('POSTGRES_18'));
  if (!onPostgres) throw new Error('No test ran on PostgreSQL.');
}

async function runPlaywright() {
  const results = `${OUTPUT}/playwright.json`;
  rmSync(results, { force: true });
  await run(['yarn', 'playwright', 'test'], {
    env: {
      CI: '1',
      FORCE_COLOR: '0',
      CHROMIUM_PATH: await findChromium({ print }),
      PLAYWRIGHT_JSON_OUTPUT_FILE: results,
    },
    logFile: `${OUTPUT}/playwright.log`,
    onLine: print,
  });
  tally.addPlaywright(readResults(results, `${OUTPUT}/playwright.log`));
}

function readResults(file, log) {
  if (!existsSync(file)) {
    throw new Error(`${readFileSync(log, 'utf8')}\nThe tests did not run.`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

main().catch(error => {
  print(error.stack);
  tally.failed += 1;
  print(tally.summary);
  process.exit(1);
});
