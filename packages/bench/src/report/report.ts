import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { inRepository } from 'runner';
import { HotPath } from '../hotPaths/HotPath';
import { Finding } from '../hotPaths/Finding';

const FILE = inRepository('docs/performance.md');
const GIBIBYTE = 2 ** 30;

/** One line for the terminal. */
export function describe(finding: Finding): string {
  const { met, hotPath, reached, target, ours, theirs } = finding;
  return `${
    met ? '✓' : '✗'
  } ${hotPath}: ${reached} (${target}), ${ours} beside ${theirs}`;
}

/** Writes the table and how it came about. */
export function writeReport(
  findings: Finding[],
  options: { hotPaths: HotPath[]; load: number },
): void {
  writeFileSync(FILE, report(findings, options));
  execFileSync('yarn', ['prettier', '--write', FILE], { stdio: 'ignore' });
}

function report(
  findings: Finding[],
  { hotPaths, load }: { hotPaths: HotPath[]; load: number },
): string {
  const date = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / GIBIBYTE);
  return `# Performance: the hot paths, beside what they are compared with

\`make bench\` wrote this file on ${date}: ${availableParallelism()} cores (${platform()}, ${arch()}), ${memory} GiB of memory, Node
${process.version}, PostgreSQL 18, load average ${load.toFixed(
    1,
  )} when it began. Change the measurements in \`packages/bench\`,
not this file.

Absolute figures mean nothing on another machine; the ratios do. Both sides of a line are measured in one run, by turns: a round
of the one, a round of the other, the order changing with each pair, after a pair that is not counted. A ratio is the median of
the ratios within the pairs, an absolute figure the median of its side.

| hot path | reference in the same run | must reach | reached | verdict | ours | reference |
| --- | --- | --- | --- | --- | --- | --- |
${findings.map(row).join('\n')}

## How each is measured

${hotPaths.map(({ title, method }) => `- **${title}.** ${method}`).join('\n')}

Servers run with \`NODE_ENV=production\`, each in a process of its own; their CPU is \`process.cpuUsage\` of that process. PostgreSQL
runs without \`fsync\`, so that the disk of the machine is not what is compared; SQLite is a file, with its usual settings.

${missedSection(findings, hotPaths)}
## What could not run beside it

Nothing in the npm registry does the same work, so most references are the least that could be put in its place: a \`Map\`, a route
that only authenticates, a call made by hand, \`SELECT 1\`. The one library that keeps a token and renews it for many callers,
\`@badgateway/oauth2-client\`, runs beside the two lines that it has: it renews once in each process, and where a provider rotates, the
second of these presentations ends the grant. In particular:

- Other OAuth 2.0 client libraries (\`simple-oauth2\`, \`openid-client\`, \`oauth4webapi\`) obtain and refresh a token when they are told
  to. They keep none in a database, seal none, and know nothing of a second process, so there is no lease, sweep or list to compare.
- Token brokers that are servers of their own (HashiCorp Vault with an OAuth plugin, cloud token vaults) are not in the registry and
  are reached over another network path; a ratio would compare the networks.
- Backstage's own \`auth-backend\` refreshes a person's session in that person's browser, one caller at a time; its \`proxy-backend\`
  sends a static header and obtains nothing.
`;
}

function row(finding: Finding): string {
  const { hotPath, reference, target, reached, met, ours, theirs } = finding;
  const cells = [hotPath, reference, target, reached];
  const verdict = met ? 'reached' : '**missed**';
  return `| ${[...cells, verdict, ours, theirs].join(' | ')} |`;
}

function missedSection(findings: Finding[], hotPaths: HotPath[]): string {
  const remarks = hotPaths.flatMap(({ title, remark }) =>
    remark ? [`- **${title}.** ${remark}`] : [],
  );
  const missed = findings.filter(({ met }) => !met).length;
  const verdict =
    missed === 0
      ? `All ${findings.length} targets are reached.`
      : `${missed} of ${findings.length} targets are missed.`;
  return `## What the figures say\n\n${[verdict, remarks.join('\n')]
    .filter(Boolean)
    .join('\n\n')}\n`;
}
