import { existsSync, readFileSync } from 'node:fs';
import { proposeOpenApi } from '../proposeOpenApi';
import { largeJson } from './largeDocuments';

/** Returns the CPU seconds since a measurement. */
function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Returns the CPU seconds in which this machine parses ten megabytes of ordinary JSON. */
function secondsToParse(): number {
  const megabyte = largeJson(1024 * 1024);
  const before = process.cpuUsage();
  for (let n = 0; n < 10; n += 1) JSON.parse(megabyte);
  return secondsSince(before);
}

/** Returns the peak memory of this process. On Linux, `maxRSS` starts with the memory of the parent. */
function peakMegabytes(): number {
  const status = '/proc/self/status';
  const peak = existsSync(status)
    ? readFileSync(status, 'utf8').match(/^VmHWM:\s*(\d+)/m)![1]
    : process.resourceUsage().maxRSS;
  return Number(peak) / 1024;
}

/** Reads the API description in the given file and prints the result as one line of JSON. */
async function main() {
  const text = readFileSync(process.argv[2], 'utf8');
  const before = process.cpuUsage();
  const outcome = await proposeOpenApi({ text, check: () => {} }).then(
    ({ schemes }) => ({
      schemes: schemes.map(({ name }) => name),
      scopes: schemes.flatMap(({ requiredScopes }) => requiredScopes),
    }),
    (error: Error) => ({ error: `${error.name}: ${error.message}` }),
  );
  const seconds = secondsSince(before);
  const megabytes = peakMegabytes();
  process.stdout.write(
    JSON.stringify({ ...outcome, megabytes, cost: seconds / secondsToParse() }),
  );
}

main();
