import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../repository';

/*
 * What we start and what we put into the temporary folder must not outlive us, and `kill -9` leaves no time to clean up.
 * A second process does it: it holds the other end of a pipe, which the system closes when we are gone.
 */

/** Where the system keeps temporary files, also after {@link ownTemporaryFolder}. */
const SYSTEM_FOLDER = tmpdir();

let pipe: Socket | undefined;

function tell(message: object) {
  if (!pipe) {
    const watchdog = spawn(
      process.execPath,
      [inRepository('packages/runner/src/processes/watchdogProgram.cjs')],
      {
        cwd: '/',
        // Not what we preload, and not what a debugger asks of us.
        env: { ...process.env, NODE_OPTIONS: '' },
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    pipe = watchdog.stdin as Socket;
    pipe.on('error', () => {});
    pipe.unref();
    watchdog.unref();
  }
  pipe.write(`${JSON.stringify(message)}\n`);
}

/**
 * Ends a process, and all that it started, when we are gone.
 *
 * @param child - leads a process group of its own (`detached`)
 * @param endWith - the signal that asks it to end
 */
export function endWithUs(
  child: ChildProcess,
  endWith: NodeJS.Signals = 'SIGTERM',
): void {
  if (child.pid === undefined) return;
  tell({ watch: true, group: child.pid, endWith });
  child.once('exit', () => tell({ forget: true, group: child.pid }));
}

/** A folder for as long as we run. */
export interface TemporaryFolder {
  path: string;
  remove(): void;
  /** Leaves it where it is, for a person to look at. */
  keep(): void;
}

/** Makes a temporary folder that is removed when we are gone, if not before. */
export function temporaryFolder(prefix: string): TemporaryFolder {
  const path = mkdtempSync(join(SYSTEM_FOLDER, `datasource-auth-${prefix}-`));
  tell({ watch: true, folder: path });
  const keep = () => tell({ forget: true, folder: path });
  const remove = () => {
    rmSync(path, { recursive: true, force: true, maxRetries: 20 });
    keep();
  };
  return { path, remove, keep };
}

/**
 * Gives this program, and everything it starts, a system folder for temporary files that ends with us: tests that are
 * killed leave theirs behind.
 */
export function ownTemporaryFolder(): TemporaryFolder {
  const folder = temporaryFolder('run');
  // For a PostgreSQL in it, which root has to start as another user.
  chmodSync(folder.path, 0o711);
  process.env.TMPDIR = folder.path;
  return folder;
}
