import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { inRepository } from '../repository';

const FILE = inRepository('docs/reliability.md');

/** Results of one run of one test, as the tests write them. */
export interface FaultFigures {
  place: string;
  test: string;
  calls: number;
  presented: number;
  rotations: number;
  reuses: number;
  served: number;
  putOff: number;
  ended: number;
  lost: boolean;
  /** Whether the credential was a person's own. */
  isPersonal: boolean;
}

/** A fault with all its runs. */
interface Fault extends Omit<FaultFigures, 'test' | 'lost' | 'isPersonal'> {
  title: string;
  runs: number;
  /** Runs with a person's own credential. */
  personal: number;
  lost: number;
}

/** Reads the results of a run: a line of JSON for each test. */
export function readFigures(file: string): FaultFigures[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** Writes docs/reliability.md from the results of long runs. */
export function writeReport(runs: FaultFigures[], summary: string): void {
  writeFileSync(FILE, report(addUp(runs), summary));
  execFileSync('yarn', ['prettier', '--write', FILE], { stdio: 'ignore' });
}

/** Sums the runs of each fault, in order of first occurrence. */
export function addUp(runs: FaultFigures[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { place, test, lost, isPersonal, ...counts } of runs) {
    const title = test.replace(/^.*?seed \d+ /, '');
    const key = `${place}|${title}`;
    const fault = faults.get(key) ?? {
      ...{ place, title, runs: 0, personal: 0, lost: 0 },
      ...{ calls: 0, presented: 0 },
      ...{ rotations: 0, reuses: 0, served: 0, putOff: 0, ended: 0 },
    };
    fault.runs += 1;
    if (isPersonal) fault.personal += 1;
    if (lost) fault.lost += 1;
    for (const name of Object.keys(counts) as Array<keyof typeof counts>) {
      fault[name] += counts[name];
    }
    faults.set(key, fault);
  }
  return [...faults.values()];
}

/** Returns the page about the runs. */
export function report(faults: Fault[], summary: string): string {
  const date = new Date().toISOString().slice(0, 10);
  const places = [...new Set(faults.map(({ place }) => place))];
  const sum = (count: (fault: Fault) => number) =>
    faults.reduce((total, fault) => total + count(fault), 0);
  return `# Reliability

\`make faults\` wrote this file on ${date}, on ${availableParallelism()} cores: ${summary} Change the tests in
\`plugins/datasource-auth-backend/src/faults\`, not this file.

Real backends, each in its own process, refresh tokens at a real authorization server. It rotates refresh tokens, and ends the whole
grant when a used one is sent again. On PostgreSQL there are four backends, two of them with clocks that are half a minute off; on SQLite
there is one. Nothing depends on chance: the exchange is **held** at a named moment (after the intent is written, before the request, after
the provider's response, before the commit, after it). Then the process is killed or stopped, its connections are closed, replies are lost, or
the provider misbehaves. The seed of a run selects the replica, the duration, and whose credential it is: shared by plugins, or a person's
own. Leases last four seconds instead of a minute.

Each run checks the requests to the provider and their refresh tokens, how many rotated or were refused as used, the result of every caller,
whether that token works at the API for the right account and scope and equals the one in the database, and the final state of the row.

${places.map(place => table(place, faults)).join('\n\n')}

Total: ${sum(({ runs }) => runs)} runs, ${sum(
    ({ calls }) => calls,
  )} requests to the provider, ${sum(
    ({ rotations }) => rotations,
  )} rotations, ${sum(({ served }) => served)} callers served. ${sum(
    ({ lost }) => lost,
  )} credentials were lost, each in a row marked "without grace", "sent once more" or "grace period: false".

## How to read the tables

- **Requests** above the number of runs are second attempts after a failure that left open whether the provider had processed the first. If it
  hadn't, or has a grace period, they lose nothing.
- **Retry later** counts callers that met a failing provider and were told when to retry. Their credential is unaffected.
- **Lost** is a credential that a person must get again. There is only one cause: the provider rotated, its response didn't reach the
  database, and there is no grace period. No client can avoid that; see [Token lifecycle](token-lifecycle.md). The status says
  "A refresh got no response" instead of blaming the provider.
- Rows that start with "N1, N3" are about API keys and signed JWTs. Nothing calls a provider for them. Callers that need a person called after
  the test cleared the credential.
- The other unavoidable case has no row: a process stopped for longer than its lease, after the check that its request may start and before
  the request is sent. It can't be held there, because none of the plugin's code runs in between.

\`make test\` runs each fault once, \`make faults\` twenty times (\`FAULT_RUNS\`). To run one seed, set \`FAULT_SEED\`. \`FAULT_ONLY\`
runs the tests with matching names again and replaces their earlier figures. \`FAULT_EXPIRIES\` sets how many credentials expire at
once at a provider that is limited to 50 requests a second.
`;
}

function table(place: string, faults: Fault[]): string {
  const rows = faults
    .filter(fault => fault.place === place)
    .map(fault =>
      [
        fault.title.replace(/\|/g, '\\|'),
        ...[fault.runs, fault.personal, fault.calls, fault.presented],
        fault.rotations,
        ...[fault.reuses, fault.served, fault.putOff, fault.ended, fault.lost],
      ].join(' | '),
    )
    .map(row => `| ${row} |`);
  return `## ${place}

| fault and expected result | runs | of a person | requests | refresh tokens sent | rotations | refused as used | callers served | retry later | needs a person | lost |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}`;
}
