import { setTimeout as sleep } from 'node:timers/promises';
import { ConsumerProof } from './demo/ConsumerProof';
import { DEMO_FOLDER, demoSecret } from './demo/demoFolder';
import { BackstageClient, startBackstage } from './processes/backstage';
import { answers, Child } from './processes/Child';
import { isFree } from './processes/ports';
import { onParentExit } from './processes/program';
import { ownTemporaryFolder } from './processes/watchdog';

/*
 * `make demo`: runs the demo provider and Backstage, and checks every two seconds what a consumer gets.
 * Ctrl-C stops everything.
 */

const BACKSTAGE = 'http://localhost:7007';
const PROVIDER = 'http://localhost:9400';

const children: Child[] = [];
const temporary = ownTemporaryFolder();
let stopping = false;

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main() {
  for (const url of [BACKSTAGE, PROVIDER]) {
    const { port } = new URL(url);
    if (!(await isFree(Number(port)))) {
      throw new Error(
        `Another program uses port ${port}, perhaps another 'make demo'. Stop it and try again.`,
      );
    }
  }

  print(
    'Starting the demo provider and Backstage; their logs are in .demo/logs',
  );
  const provider = Child.start({
    name: 'The demo provider',
    entry: 'packages/demo-provider/src/cli.ts',
    args: ['--port', '9400', '--store', `${DEMO_FOLDER}/provider.json`],
    logFile: `${DEMO_FOLDER}/logs/provider.log`,
  });
  const backstage = startBackstage({
    env: { DEMO_FOLDER, DATASOURCE_AUTH_SECRET: demoSecret() },
    logFile: `${DEMO_FOLDER}/logs/backstage.log`,
  });
  children.push(backstage, provider);

  const client = new BackstageClient({ baseUrl: BACKSTAGE });
  await provider.up(() => answers(`${PROVIDER}/stats`), { seconds: 60 });
  await backstage.up(client.isReady, { seconds: 180 });

  const proof = new ConsumerProof({ backstage: client, print });
  await proof.look();
  print(`demo ready: ${BACKSTAGE}/datasource-auth`);
  print(
    'Click New datasource there, and connect the Demo API. Its console is http://localhost:9400/console. Ctrl-C stops the demo.',
  );

  for (const child of children) {
    child.exited.then(code => {
      fail(`A program ended unexpectedly (${code}).\n${child.lastLines()}`);
    });
  }
  while (!stopping) {
    await sleep(2000);
    await proof.look().catch(() => {});
  }
}

async function stop(code: number) {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.map(child => child.stop()));
  temporary.remove();
  process.exit(code);
}

function fail(message: string) {
  if (stopping) return;
  process.stderr.write(`${message}\n`);
  stop(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop(0));
}
onParentExit(() => stop(0));

main().catch(error => fail(error.message));
