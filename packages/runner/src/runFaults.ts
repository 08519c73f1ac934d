import { Postgres } from './processes/Postgres';
import { endRunning, run } from './processes/run';

/*
 * `make faults`: the tests that break renewals on purpose, in their long form: each fault so many times, each time with
 * another seed. They start and kill whole backends, so they need the machine for themselves and are no part of
 * `make test`; what of the life cycle can be broken within one process is.
 */

const RUNS = process.env.FAULT_RUNS ?? '20';
const POSTGRES_URL = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

let postgres: Postgres | undefined;

async function main() {
  postgres = await Postgres.start();
  const { ok } = await run(
    [
      'yarn',
      'workspace',
      'backstage-plugin-datasource-auth-backend',
      'backstage-cli',
      'package',
      'test',
      '--watch=false',
      '--runInBand',
      '--verbose',
      'src/faults',
    ],
    {
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        FAULT_RUNS: RUNS,
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        [POSTGRES_URL]: postgres.url,
      },
      onLine: line => process.stdout.write(`${line}\n`),
    },
  );
  await postgres.stop();
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
