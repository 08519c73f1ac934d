import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runFaultTests } from './faults/runFaultTests';
import { Postgres } from './processes/Postgres';
import { run } from './processes/run';
import { inRepository } from './repository';
import { buildDeclarations } from './checks/buildDeclarations';
import { findChromium } from './checks/chromium';
import { JEST_CACHE } from './checks/jestCache';
import type { Steps } from './checks/Steps';
import type { JestResults, PlaywrightResults, Tally } from './checks/Tally';

const OUTPUT = inRepository('.cache/test');

/** Megabytes for new objects. With the default, Node.js spends an eighth of the time collecting garbage. */
const YOUNG_MEMORY = '--max-semi-space-size=64';

/** The groups of checks, in the order in which one machine runs them. */
const groups: Record<string, (steps: Steps) => Promise<void>> = {
  // Each of them keeps one core busy for a minute.
  checks: async steps => {
    await Promise.all([compile(steps), checkSources(steps)]);
  },
  unit: async steps => {
    await steps.tests('unit and integration tests', tally =>
      runJest(steps, tally),
    );
  },
  faults: async steps => {
    await steps.tests('refreshes broken on purpose', tally =>
      runFaults(steps, tally),
    );
  },
  browser: async steps => {
    // The checks have already built it if they ran here.
    if (!(await steps.check('app for the browser', ['make', 'build']))) return;
    await steps.tests('browser tests', tally => runPlaywright(steps, tally));
  },
};

/**
 * Runs the checks of the sources.
 *
 * @param group - only these, if named
 * @throws Error for a group that doesn't exist
 */
export async function allTests(steps: Steps, group?: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  const chosen = group ? [group] : Object.keys(groups);
  for (const name of chosen) {
    if (!groups[name]) {
      throw new Error(
        `There is no group '${name}'. Use one of ${Object.keys(groups).join(
          ', ',
        )}.`,
      );
    }
    await groups[name](steps);
  }
}

/** Checks the types, and builds the app. */
async function compile(steps: Steps): Promise<void> {
  if (await steps.tests('types', buildDeclarations)) {
    await steps.check('API reports', ['yarn', 'build:api-reports', '--ci']);
  }
  await steps.check('app', ['make', 'build']);
}

async function checkSources(steps: Steps): Promise<void> {
  const manifests = ['repo', 'fix', '--publish', '--check'];
  await steps.check('formatting', ['yarn', 'prettier', '--check', '.']);
  await steps.check('lint', ['yarn', 'lint']);
  await steps.check('texts', ['yarn', 'textlint', '--quiet']);
  await steps.check('manifests', ['yarn', 'backstage-cli', ...manifests]);
  await steps.check('unused code', ['yarn', 'knip']);
}

async function runJest(steps: Steps, tally: Tally) {
  const { results, logFile } = outputOf('jest');
  const command = ['yarn', 'backstage-cli', 'repo', 'test'];
  const flags = [
    '--maxWorkers=2',
    // Memory that is still to be collected counts too. A new worker would load all modules again.
    '--workerIdleMemoryLimit=1600M',
    // Replicas that are killed and stopped need the machine for themselves, so they run afterwards.
    '--testPathIgnorePatterns=/node_modules/',
    '--testPathIgnorePatterns=/datasource-auth-backend/src/faults/',
    // A busy machine isn't a failure of a test.
    '--testTimeout=30000',
    JEST_CACHE,
    '--json',
    `--outputFile=${results}`,
  ];
  await Postgres.during(postgres =>
    run([...command, ...flags], {
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        // Testing Library prints the page of a failed test: limited in size, and without colors.
        COLORS: 'false',
        DEBUG_PRINT_LIMIT: '3000',
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${YOUNG_MEMORY}`,
        ...postgres.testEnvironment,
      },
      logFile,
      onLine: printingFiles(steps),
    }),
  );

  const outcome = readResults<JestResults>(results, logFile);
  count(outcome, { steps, tally });
  // Without a server, a database silently disappears from Backstage's list of databases.
  const onPostgres = outcome.testResults
    .flatMap(file => file.assertionResults)
    .some(test => test.fullName.includes('POSTGRES_18'));
  if (!onPostgres) throw new Error('No test ran on PostgreSQL.');
}

async function runFaults(steps: Steps, tally: Tally) {
  const { results, logFile } = outputOf('faults');
  const onLine = printingFiles(steps);
  await Postgres.during(postgres =>
    runFaultTests({ postgres, results, logFile, runs: 1, onLine }),
  );
  count(readResults<JestResults>(results, logFile), { steps, tally });
}

async function runPlaywright(steps: Steps, tally: Tally) {
  const { results, logFile } = outputOf('playwright');
  const print = (line: string) => steps.print(line);
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

/** Folder for the results of tests. Results of an earlier run are deleted. */
function outputOf(name: string): { results: string; logFile: string } {
  const results = `${OUTPUT}/${name}.json`;
  rmSync(results, { force: true });
  return { results, logFile: `${OUTPUT}/${name}.log` };
}

/** Passes on one line of Jest per test file. */
function printingFiles(steps: Steps): (line: string) => void {
  return line => {
    if (/^(PASS|FAIL) /.test(line)) steps.print(line);
  };
}

/** Counts the tests, and prints the failures. */
function count(outcome: JestResults, to: { steps: Steps; tally: Tally }) {
  to.tally.addJest(outcome);
  for (const file of outcome.testResults) {
    if (file.status === 'failed') to.steps.print(file.message);
  }
}

function readResults<T>(file: string, logFile: string): T {
  if (!existsSync(file)) {
    throw new Error(`${readFileSync(logFile, 'utf8')}\nThe tests did not run.`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
