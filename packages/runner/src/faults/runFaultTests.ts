import { JEST_CACHE } from '../checks/jestCache';
import { Postgres } from '../processes/Postgres';
import { run } from '../processes/run';

/**
 * Runs the tests that break refreshes on purpose. They start, stop and kill whole backends, so they need the
 * machine for themselves. They mostly wait, so two files run at once, except in a long run, whose figures are
 * published. With three, two cores are so busy while the backends start that leases end before a request is sent.
 *
 * @param options - `runs`: how often each fault is tested, each time with another seed; `results`: file for
 *   the output of `jest --json`; `figures`: file for the results of each run, a line of JSON for each; `only`:
 *   pattern for the names of the tests
 */
export async function runFaultTests(options: {
  postgres: Postgres;
  runs: number;
  results: string;
  figures?: string;
  only?: string;
  logFile?: string;
  onLine: (line: string) => void;
}): Promise<{ ok: boolean }> {
  const { postgres, runs, results, figures, only, logFile, onLine } = options;
  return run(
    [
      ...['yarn', 'workspace', 'backstage-plugin-datasource-auth-backend'],
      ...['backstage-cli', 'package', 'test', '--watch=false'],
      runs > 1 ? '--runInBand' : '--maxWorkers=2',
      ...['--verbose', '--json', `--outputFile=${results}`, JEST_CACHE],
      'src/faults',
      ...(only ? ['--testNamePattern', only] : []),
    ],
    {
      env: {
        CI: '1',
        FORCE_COLOR: '0',
        FAULT_RUNS: String(runs),
        ...(figures && { FAULT_FIGURES: figures }),
        ...postgres.testEnvironment,
      },
      logFile,
      onLine,
    },
  );
}
