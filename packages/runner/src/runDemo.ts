import { setTimeout as sleep } from 'node:timers/promises';
import { ConsumerProof } from './demo/ConsumerProof.mjs';
import { DEMO_FOLDER, demoSecret } from './demo/demoFolder.mjs';
import { BackstageClient, startBackstage } from './processes/backstage.mjs';
import { answers, Child } from './processes/Child.mjs';
import { isFree } from './processes/ports.mjs';

/*
 * `make demo`: the demo provider, Backstage, and a look every two seconds at what a consumer gets. Ctrl-C ends it all.
 */

const BACKSTAGE = 'http://localhost:7007';
const PROVIDER = 'http://localhost:9400';
const LOGS = `${DEMO_FOLDER}/logs`;

const children = [];
const parent = process.ppid;
let stopping = false;

const print = line => process.stdout.write(`${line}\n`);

async function main() {
  for (const url of [BACKSTAGE, PROVIDER]) {
    const { port } = new URL(url);
    if (!(await isFree(Number(port)))) {
      throw new Error(
        `Port ${port} is taken by another program, perhaps by another 'make demo'. End that program and try again.`,
      );
    }
  }

  print('Starting the demo provider and Backstage; logs are in .demo/logs');
  const secret = demoSecret();
  const provider = Child.start({
    name: 'The demo provider',
    entry: 'packages/demo-provider/src/cli.ts',
    args: ['--port', '9400', '--store', `${DEMO_FOLDER}/provider.json`],
    logFile: `${LOGS}/provider.log`,
  });
  const backstage = startBackstage({
    env: { DEMO_FOLDER, DATASOURCE_AUTH_SECRET: secret },
    logFile: `${LOGS}/backstage.log`,
  });
  children.push(backstage, provider);

  const client = BackstageClient.create({ baseUrl: BACKSTAGE });
  await provider.up(() => answers(`${PROVIDER}/stats`), { seconds: 60 });
  await backstage.up(client.isReady, { seconds: 180 });

  const proof = ConsumerProof.create({ backstage: client, print });
  await proof.look({ first: true });
  print(`demo ready: ${BACKSTAGE}/datasource-auth`);
  print(
    `Open demo-web there and get a credential; at the demo provider you are jane with the password demo. Ctrl-C ends the demo.`,
  );

  for (const child of children) {
    child.exited.then(code => {
      if (!stopping)
        fail(
          new Error(
            `A program ended by itself (${code}).\n${child.lastLines()}`,
          ),
        );
    });
  }
  while (!stopping) {
    await sleep(2000);
    // Whoever started us is gone, and took the terminal along.
    if (process.ppid !== parent) await stop(0);
    await proof.look().catch(() => {});
  }
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.map(child => child.stop()));
  process.exit(code);
}

function fail(error) {
  process.stderr.write(`${error.message}\n`);
  stop(1);
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
process.on('SIGHUP', () => stop(0));

main().catch(error => {
  if (!stopping) fail(error);
});
