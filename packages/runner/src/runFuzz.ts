import { endRunning, run } from './processes/run';

/*
 * `make fuzz`: the requests that the tests send by chance, in their long form. FUZZ_SEED and FUZZ_REQUESTS repeat a run.
 */

const REQUESTS = process.env.FUZZ_REQUESTS ?? '50000';

async function main() {
  const { ok } = await run(
    [
      ...['yarn', 'workspace', 'backstage-plugin-datasource-auth-backend'],
      ...['backstage-cli', 'package', 'test', '--watch=false', '--verbose'],
      'src/fuzz',
    ],
    {
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        FUZZ_REQUESTS: REQUESTS,
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
      onLine: line => process.stdout.write(`${line}\n`),
    },
  );
  process.exit(ok ? 0 : 1);
}

function interrupted() {
  endRunning();
  process.exit(1);
}

process.once('SIGINT', interrupted);
process.once('SIGTERM', interrupted);

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
