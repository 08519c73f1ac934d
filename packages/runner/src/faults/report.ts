import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { inRepository } from '../repository';

const FILE = inRepository('docs/reliability.md');

/** What one run of one test met, as the tests write it. */
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
}

/** One fault, all its runs together. */
interface Fault extends Omit<FaultFigures, 'test' | 'lost'> {
  title: string;
  runs: number;
  lost: number;
}

/** Reads what a run met: a line of JSON for each test. */
export function readFigures(file: string): FaultFigures[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** Writes docs/reliability.md from what long runs met. */
export function writeReport(runs: FaultFigures[], summary: string): void {
  writeFileSync(FILE, report(addUp(runs), summary));
  execFileSync('yarn', ['prettier', '--write', FILE], { stdio: 'ignore' });
}

/** Adds up the runs of each fault, in the order in which they came first. */
export function addUp(runs: FaultFigures[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { place, test, lost, ...counts } of runs) {
    const title = test.replace(/^.*?seed \d+ /, '');
    const key = `${place}|${title}`;
    const fault = faults.get(key) ?? {
      ...{ place, title, runs: 0, lost: 0, calls: 0, presented: 0 },
      ...{ rotations: 0, reuses: 0, served: 0, putOff: 0, ended: 0 },
    };
    fault.runs += 1;
    if (lost) fault.lost += 1;
    for (const name of Object.keys(counts) as Array<keyof typeof counts>) {
      fault[name] += counts[name];
    }
    faults.set(key, fault);
  }
  return [...faults.values()];
}

function report(faults: Fault[], summary: string): string {
  const date = new Date().toISOString().slice(0, 10);
  const places = [...new Set(faults.map(({ place }) => place))];
  const sum = (count: (fault: Fault) => number) =>
    faults.reduce((total, fault) => total + count(fault), 0);
  return `# Reliability: renewals broken on purpose

\`make faults\` wrote this file on ${date}, on ${availableParallelism()} cores: ${summary} Change the tests in
\`plugins/datasource-auth-backend/src/faults\`, not this file.

Real backends, each a process of its own, renew tokens at a real authorization server that rotates refresh tokens and ends the whole
grant when a used one comes again. On PostgreSQL there are four, two of them with clocks that are half a minute off; on SQLite there is
one. Nothing is left to luck: the exchange is **held** at a named moment (after the written intent, before the request, after the
provider's answer, before the commit, after it), and then the process is killed or stopped, its connections are cut, replies are lost,
or the provider misbehaves. Each run has a seed that chooses who suffers and for how long; leases are four seconds here instead of a minute.

What is looked at each time: how many calls came to the provider and with which refresh tokens, how many of them rotated or were refused as
used, what every caller got, whether that token works at the API and is the one in the database, and how the row stands afterwards.

${places.map(place => table(place, faults)).join('\n\n')}

Together: ${sum(({ runs }) => runs)} runs, ${sum(
    ({ calls }) => calls,
  )} calls at the provider, ${sum(
    ({ rotations }) => rotations,
  )} rotations, ${sum(({ served }) => served)} callers served. ${sum(
    ({ lost }) => lost,
  )} credentials were lost, each of them in a row marked "without grace" or "presented once more".

## How to read it

- **Calls** above the number of runs are second presentations after a failure that left open whether the provider had acted. Where it
  had not, or gives grace, they cost nothing.
- **Come again** are callers who met a provider that failed, and who were told when to try again; their credential is untouched.
- **Lost** is a credential that a person has to obtain again. It happens in one place only: the provider rotated, its answer did not
  reach the database, and the provider gives no grace. No client can avoid that; [token-lifecycle.md](token-lifecycle.md) says why, and the
  status says "A refresh got no response" instead of blaming the provider.
- The other case that cannot be avoided, a process stopped for longer than its lease between the check that its request may start and the
  socket, has no row: it cannot be held there, because no code of ours runs in between.

\`make test\` runs each fault once, \`make faults\` twenty times (\`FAULT_RUNS\`). A failing seed runs alone with \`FAULT_SEED\`, and
\`FAULT_ONLY\` runs the tests whose names match once more and puts what they meet in the place of what they met before.
\`FAULT_EXPIRIES\` says how many credentials expire at once before a provider that is limited to 50 calls a second.
`;
}

function table(place: string, faults: Fault[]): string {
  const rows = faults
    .filter(fault => fault.place === place)
    .map(fault =>
      [
        fault.title.replace(/\|/g, '\\|'),
        ...[fault.runs, fault.calls, fault.presented, fault.rotations],
        ...[fault.reuses, fault.served, fault.putOff, fault.ended, fault.lost],
      ].join(' | '),
    )
    .map(row => `| ${row} |`);
  return `## ${place}

| what is done, and what holds | runs | calls | refresh tokens presented | rotations | refused as used | callers served | come again | needs a person | lost |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}`;
}
