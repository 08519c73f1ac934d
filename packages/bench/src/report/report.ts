import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { inRepository } from 'runner';
import { HotPath } from '../hotPaths/HotPath';
import { Finding } from '../hotPaths/Finding';

const FILE = inRepository('docs/performance.md');
const GIBIBYTE = 2 ** 30;

/** Formats a line for the terminal. */
export function describe(finding: Finding): string {
  const { met, hotPath, reached, target, ours, theirs } = finding;
  return `${
    met ? '✓' : '✗'
  } ${hotPath}: ${reached} (${target}), ${ours} compared with ${theirs}`;
}

/** Writes docs/performance.md. */
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
  return `# Performance

\`make bench\` wrote this file on ${date}: ${availableParallelism()} cores (${platform()}, ${arch()}), ${memory} GiB of memory, Node
${process.version}, PostgreSQL 18, load average ${load.toFixed(
    1,
  )} at the start. Change the measurements in \`packages/bench\`,
not this file.

Only the ratios are comparable between machines. Both sides of a line are measured in one run in turns: one round of each,
in alternating order, after a warm-up pair that doesn't count. A ratio is the median of the ratios of the pairs, an absolute figure the
median of its side.

| hot path | reference in the same run | target | reached | verdict | ours | reference |
| --- | --- | --- | --- | --- | --- | --- |
${findings.map(row).join('\n')}

## Method

${hotPaths.map(({ title, method }) => `- **${title}.** ${method}`).join('\n')}

Servers run with \`NODE_ENV=production\`, each in its own process; their CPU is \`process.cpuUsage\` of that process. PostgreSQL
runs without \`fsync\`, so that the disk isn't compared; SQLite is a file with its default settings.

${missedSection(findings, hotPaths)}
## References

Nothing in the npm registry does the same work, so most references are the least that could replace it: a \`Map\`, a route that only
authenticates, a request made by hand, \`SELECT 1\`. One library stores a token and refreshes it for many callers,
\`@badgateway/oauth2-client\`; it is measured in two lines. It refreshes once in each process. If the provider rotates refresh tokens, the
second refresh ends the grant. Not measured:

- Other OAuth 2.0 client libraries (\`simple-oauth2\`, \`openid-client\`, \`oauth4webapi\`) get and refresh a token on request. They don't
  store tokens in a database, encrypt them, or coordinate processes, so there is no lease, sweep or list to compare.
- Token brokers with their own server (HashiCorp Vault with an OAuth plugin, cloud token vaults) aren't in the registry, and are
  reached over another network path; a ratio would compare the networks.
- Backstage's \`auth-backend\` refreshes a user's session in that user's browser, one caller at a time. Its \`proxy-backend\` sends a
  static header and gets no token.
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
      : `${missed} of ${findings.length} targets ${
          missed === 1 ? 'is' : 'are'
        } missed.`;
  return `## Results\n\n${[verdict, remarks.join('\n')]
    .filter(Boolean)
    .join('\n\n')}\n`;
}
