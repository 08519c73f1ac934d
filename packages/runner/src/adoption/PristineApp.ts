import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { READINESS_LOG } from '../processes/backstage';
import { Child } from '../processes/Child';
import { succeed } from '../processes/run';
import { inRepository } from '../repository';
import { addCode } from './addCode';
import { CONSUMER, type Tarball, tarballRanges } from './packPackages';
import type { AddedCode, ReadmeSteps } from './readmeSteps';
import { lockedVersions, oldest, releaseVersions } from './releaseVersions';

/** Release of the template for the Backstage in backstage.json. */
const CREATE_APP = '@backstage/create-app@0.9.2';

/** Only the npm registry is used: no telemetry, no search for types, no prebuilt binaries from elsewhere. */
const YARN = {
  YARN_ENABLE_TELEMETRY: '0',
  YARN_TS_ENABLE_AUTO_TYPES: 'false',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
};

/** An app created from the official template. */
export class PristineApp {
  /** One after the other: npm would install the program for both at once, in one folder. */
  static #creating: Promise<void> = Promise.resolve();
  readonly #folder: string;
  readonly #legacy: boolean;
  readonly #logFolder: string;

  /**
   * Creates the app, with the versions of its Backstage release.
   *
   * @param options - `legacy`: with the old frontend system
   */
  static async create(options: {
    folder: string;
    legacy: boolean;
    logFolder: string;
  }): Promise<PristineApp> {
    const { folder, legacy, logFolder } = options;
    const flags = ['--skip-install', '--path', folder];
    const creating = PristineApp.#creating.then(() =>
      succeed(
        ['npm', 'exec', '--yes', '--', CREATE_APP, ...flags].concat(
          legacy ? '--legacy' : [],
        ),
        {
          cwd: dirname(folder),
          env: {
            BACKSTAGE_APP_NAME: 'adoption',
            NODE_OPTIONS: `--require ${inRepository(
              'packages/runner/src/adoption/noFetch.cjs',
            )}`,
          },
          logFile: `${logFolder}/create-app.log`,
        },
      ),
    );
    PristineApp.#creating = creating.catch(() => {});
    await creating;
    const ours = readManifest(inRepository('backstage.json')).version;
    const theirs = readManifest(join(folder, 'backstage.json')).version;
    if (ours !== theirs) {
      throw new Error(`${CREATE_APP} creates an app of Backstage ${theirs}.`);
    }
    const app = new PristineApp(options);
    await app.#settleRelease();
    return app;
  }

  private constructor(options: {
    folder: string;
    legacy: boolean;
    logFolder: string;
  }) {
    this.#folder = options.folder;
    this.#legacy = options.legacy;
    this.#logFolder = options.logFolder;
  }

  /** Follows the README, and adds the sample consumer. */
  async install(options: {
    steps: ReadmeSteps;
    tarballs: Tarball[];
  }): Promise<void> {
    const { steps, tarballs } = options;
    const files = tarballRanges(tarballs);
    // The packages depend on each other by version, and no registry has them yet.
    this.#extendManifest({ resolutions: files });
    this.#extendManifest(steps.manifest);
    for (const { workspace, name } of [
      ...steps.packages,
      { workspace: 'packages/backend', name: CONSUMER },
    ]) {
      const add = ['--cwd', workspace, 'add', `${name}@${files[name]}`];
      // Packages in node_modules are installed once, for all of them.
      await this.#yarn(`add-${name}`, [...add, '--mode=update-lockfile']);
    }
    await this.#yarn('install', ['install']);

    for (const code of steps.code.filter(each => this.#wants(each))) {
      addCode(this.#folder, code);
    }
    addCode(this.#folder, {
      file: 'packages/backend/src/index.ts',
      imports: [],
      body: `backend.add(import('${CONSUMER}'));`,
    });
    // The guest of the template can't connect an account.
    const people = 'packages/backend/src/demoPeople.ts';
    copyFileSync(inRepository(people), join(this.#folder, people));
    addCode(this.#folder, {
      file: 'packages/backend/src/index.ts',
      imports: [],
      body: `backend.add(import('./demoPeople'));`,
    });
  }

  /**
   * Sets the versions of the app to its Backstage release. The official tool does this with a yarn.lock from
   * GitHub. This starts with the repository's own, and searches for the rest.
   */
  async #settleRelease(): Promise<void> {
    const { resolutions } = readManifest(inRepository('package.json'));
    const lock = join(this.#folder, 'yarn.lock');
    copyFileSync(inRepository('yarn.lock'), lock);
    let found: Record<string, string> = {
      ...lockedVersions(readFileSync(inRepository('yarn.lock'), 'utf8')),
      ...this.#templateVersions(),
      ...resolutions,
    };
    const known: Record<string, string> = {};
    while (Object.keys(found).length > 0) {
      Object.assign(known, found);
      this.#extendManifest({ resolutions: found });
      await this.#yarn('lock', ['install', '--mode=update-lockfile']);
      found = releaseVersions(readFileSync(lock, 'utf8'), known);
    }
  }

  /** Versions of Backstage packages that the template starts with. */
  #templateVersions(): Record<string, string> {
    const asked = ['.', 'packages/app', 'packages/backend'].flatMap(folder => {
      const manifest = readManifest(join(this.#folder, folder, 'package.json'));
      const { dependencies = {}, devDependencies = {} } = manifest;
      return Object.entries<string>({ ...dependencies, ...devDependencies });
    });
    return Object.fromEntries(
      asked.flatMap(([name, range]) => {
        const version = oldest(name, range);
        return version ? [[name, version]] : [];
      }),
    );
  }

  /** Checks the types of the app and its additions, and builds the frontend. */
  async build(): Promise<void> {
    await this.#yarn('tsc', ['tsc']);
    await this.#yarn('build-app', ['workspace', 'app', 'build']);
  }

  /**
   * Starts the backend, which also serves the page.
   *
   * @param options - `config` is added to the app-config.yaml of the app
   */
  startBackend(options: {
    name: string;
    config: object;
    env: Record<string, string>;
  }): Child {
    const { name, config, env } = options;
    const added = join(this.#folder, `app-config.${name}.yaml`);
    // JSON is YAML too.
    writeFileSync(added, JSON.stringify(config));
    return Child.start({
      name: `The backend on ${name}`,
      entry: join(this.#folder, 'packages/backend/src/index.ts'),
      cwd: join(this.#folder, 'packages/backend'),
      args: [
        ...['--config', join(this.#folder, 'app-config.yaml')],
        ...['--config', added],
      ],
      env: { NODE_ENV: 'development', ...env },
      logFile: `${this.#logFolder}/backend-${name}.log`,
      noise: READINESS_LOG,
    });
  }

  /** In the new frontend system, the app's source doesn't change. */
  #wants({ file }: AddedCode): boolean {
    return this.#legacy || !file.startsWith('packages/app/');
  }

  #extendManifest(members: Record<string, Record<string, unknown>>) {
    const path = join(this.#folder, 'package.json');
    const manifest = readManifest(path);
    for (const [key, value] of Object.entries(members)) {
      manifest[key] = { ...manifest[key], ...value };
    }
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }

  async #yarn(step: string, args: string[]): Promise<void> {
    await succeed(['yarn', ...args], {
      cwd: this.#folder,
      env: YARN,
      logFile: `${this.#logFolder}/${step}.log`,
    });
  }
}

function readManifest(path: string): Record<string, any> {
  return JSON.parse(readFileSync(path, 'utf8'));
}
