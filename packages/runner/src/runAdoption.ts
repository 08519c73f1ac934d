import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdoptionProof } from './adoption/AdoptionProof';
import { problemsOf } from './adoption/checkTarball';
import { lookAtPage } from './adoption/lookAtPage';
import { packPackages, type Tarball } from './adoption/packPackages';
import { PristineApp } from './adoption/PristineApp';
import { readmeSteps } from './adoption/readmeSteps';
import { BackstageClient } from './processes/backstage';
import { answers, Child } from './processes/Child';
import { freePort } from './processes/ports';
import { Postgres } from './processes/Postgres';
import { endRunning } from './processes/run';
import { inRepository } from './repository';

/*
 * `make adoption`: what a stranger does with what is published. Packs the packages, makes apps of the official template
 * outside of this repository, does what the README says in them and nothing else, and sees a token served.
 */

const OUTPUT = inRepository('.cache/adoption');

const print = (line: string) => process.stdout.write(`${line}\n`);
const children = new Set<Child>();
const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-adoption-'));
let postgres: Postgres | undefined;
let stopping = false;

async function main() {
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });

  const tarballs = await step('packages', () => packAll());
  postgres = await Postgres.start();
  for (const kind of ['new', 'legacy'] as const) {
    const app = await step(`an app, ${kind} frontend system`, () =>
      makeApp(kind, tarballs),
    );
    const databases = {
      SQLite: undefined,
      ...(kind === 'new' && {
        PostgreSQL: { client: 'pg', connection: postgres.url },
      }),
    };
    for (const [name, database] of Object.entries(databases)) {
      await step(`a token and the page, ${kind} frontend system, ${name}`, () =>
        use(app, { kind, name, database }),
      );
    }
  }
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  print('adopted');
}

async function packAll(): Promise<Tarball[]> {
  const tarballs = await packPackages({
    folder: join(folder, 'packed'),
    logFolder: OUTPUT,
  });
  const problems = tarballs
    .filter(({ published }) => published)
    .flatMap(({ name, path }) =>
      problemsOf(path).map(problem => `${name} ${problem}`),
    );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return tarballs;
}

async function makeApp(
  kind: 'new' | 'legacy',
  tarballs: Tarball[],
): Promise<PristineApp> {
  const logFolder = join(OUTPUT, kind);
  mkdirSync(logFolder, { recursive: true });
  const legacy = kind === 'legacy';
  const app = await PristineApp.create({
    folder: join(folder, 'app'),
    legacy,
    logFolder,
  });
  await app.install({ steps: readmeSteps(), tarballs });
  await app.build();
  return app;
}

/** Starts the backend before a demo provider, obtains a token, serves it, and looks at the page. */
async function use(
  app: PristineApp,
  options: { kind: string; name: string; database?: object },
): Promise<void> {
  const { kind, name, database } = options;
  const [port, providerPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const provider = `http://localhost:${providerPort}`;
  const demoProvider = Child.start({
    name: 'The demo provider',
    entry: 'packages/demo-provider/src/cli.ts',
    args: ['--port', String(providerPort)],
    logFile: `${OUTPUT}/${kind}/provider-${name}.log`,
  });
  const backend = app.startBackend({
    name,
    // What is of this machine: ports, the database, and a provider that is no public one.
    config: {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        ...(database && { database }),
      },
      datasourceAuth: {
        egress: { allow: ['localhost'], allowHttp: ['localhost'] },
      },
    },
    env: { DATASOURCE_AUTH_SECRET: randomBytes(32).toString('base64') },
  });
  const started = [backend, demoProvider];
  started.forEach(child => children.add(child));
  try {
    const backstage = BackstageClient.create({ baseUrl: url });
    await demoProvider.up(() => answers(`${provider}/stats`), { seconds: 60 });
    await backend.up(backstage.isReady, { seconds: 180 });
    await AdoptionProof.create({ backstage, provider }).run();
    await lookAtPage({
      ...{ backstage: url, title: 'Adopted API', print },
      screenshot: `${OUTPUT}/${kind}/${name}.png`,
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${backend.lastLines()}`);
  } finally {
    await Promise.all(started.map(child => child.stop()));
    started.forEach(child => children.delete(child));
  }
}

async function step<T>(title: string, action: () => Promise<T>): Promise<T> {
  if (stopping) throw new Error('Interrupted');
  const start = Date.now();
  const result = await action();
  print(`✓ ${title} (${Math.round((Date.now() - start) / 1000)} s)`);
  return result;
}

/** Ends what runs now; with that the step fails, and cleans up behind itself. */
function interrupted() {
  stopping = true;
  endRunning();
  children.forEach(child => child.stop());
}

process.once('SIGINT', interrupted);
process.once('SIGTERM', interrupted);

main().catch(async error => {
  print(`✗ ${error.message}\nWhat was made is still in ${folder}`);
  await postgres?.stop();
  process.exit(1);
});
