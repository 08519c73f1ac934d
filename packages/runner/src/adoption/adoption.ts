import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Steps } from '../checks/Steps';
import { Postgres } from '../processes/Postgres';
import { temporaryFolder } from '../processes/watchdog';
import { inRepository } from '../repository';
import { packPackages, type Tarball } from './packPackages';
import { PristineApp } from './PristineApp';
import { readmeSteps } from './readmeSteps';
import { useApp } from './useApp';

const OUTPUT = inRepository('.cache/adoption');

/**
 * Installs the published packages like a new user. Packs them, creates apps from the official template
 * outside of this repository, follows only the README, and checks that a token is served.
 */
export async function adoption(steps: Steps): Promise<void> {
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  const folder = temporaryFolder('adoption');

  // What succeeded is removed when the program is gone: nobody waits the minutes that this takes.
  if (await adoptIn(folder.path, steps)) return;
  folder.keep();
  steps.print(`The apps and packages are in ${folder.path}`);
}

/** Resolves with whether every step succeeded. */
async function adoptIn(folder: string, steps: Steps): Promise<boolean> {
  const packing = steps.proof('packages', () =>
    packPackages({
      folder: join(folder, 'packed'),
      logFolder: OUTPUT,
      consumer: true,
    }),
  );
  // Yarn, the compiler and the bundler use one core each: two apps hardly take longer than one.
  const succeeded = await Promise.all(
    (['new', 'legacy'] as const).map(kind =>
      adopt({ folder: join(folder, kind), kind, steps, packing }),
    ),
  );
  return succeeded.every(Boolean);
}

/** Creates one of the apps and uses it. Resolves with whether that succeeded. */
async function adopt(options: {
  folder: string;
  kind: 'new' | 'legacy';
  steps: Steps;
  packing: Promise<Tarball[] | undefined>;
}): Promise<boolean> {
  const { kind, steps } = options;
  const logFolder = join(OUTPUT, kind);
  mkdirSync(logFolder, { recursive: true });
  const app = await steps.proof(`an app, ${kind} frontend system`, () =>
    makeApp({ ...options, logFolder }),
  );
  if (!app) return false;

  const look = { app, logFolder, print: (line: string) => steps.print(line) };
  const title = `a token and the page, ${kind} frontend system`;
  const onSqlite = await steps.proof(`${title}, SQLite`, async () => {
    await useApp({ ...look, name: 'SQLite' });
    return true;
  });
  if (kind === 'legacy') return Boolean(onSqlite);
  const onPostgres = await steps.proof(`${title}, PostgreSQL`, () =>
    Postgres.during(async ({ url }) => {
      const database = { client: 'pg', connection: url };
      await useApp({ ...look, name: 'PostgreSQL', database });
      return true;
    }),
  );
  return Boolean(onSqlite && onPostgres);
}

async function makeApp(options: {
  folder: string;
  kind: 'new' | 'legacy';
  logFolder: string;
  packing: Promise<Tarball[] | undefined>;
}): Promise<PristineApp> {
  const { folder, kind, logFolder, packing } = options;
  const legacy = kind === 'legacy';
  const app = await PristineApp.create({ folder, legacy, logFolder });
  const tarballs = await packing;
  if (!tarballs) throw new Error('No package to install.');
  await app.install({ steps: readmeSteps(), tarballs });
  await app.build();
  return app;
}
