import { JEST_CACHE } from './checks/jestCache';
import { runProgram } from './processes/program';
import { run } from './processes/run';

/*
 * `make fuzz`: the long form of the tests with random requests and calls. FUZZ_SEED and FUZZ_REQUESTS repeat a run.
 */

const REQUESTS = process.env.FUZZ_REQUESTS ?? '50000';

runProgram(async () => {
  const { ok } = await run(
    [
      ...['yarn', 'workspace', 'backstage-plugin-datasource-auth-backend'],
      ...['backstage-cli', 'package', 'test', '--watch=false', '--verbose'],
      ...[JEST_CACHE, 'src/fuzz'],
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
  return ok ? 0 : 1;
});
