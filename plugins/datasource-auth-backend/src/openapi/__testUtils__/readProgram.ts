import { readFileSync } from 'node:fs';
import { proposeOpenApi } from '../proposeOpenApi';

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
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(
    JSON.stringify({
      ...outcome,
      seconds: (user + system) / 1e6,
      megabytes: process.resourceUsage().maxRSS / 1024,
    }),
  );
}

main();
