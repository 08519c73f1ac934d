import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../repository';

/*
 * Processes and temporary folders must not outlive the program, but `kill -9` leaves no time to clean up. A
 * second process does it: it holds the other end of a pipe, which the system closes when the program is gone.
 */

/** The system's temporary folder, even after {@link ownTemporaryFolder}. */
const SYSTEM_FOLDER = tmpdir();

let pipe: Socket | undefined;

function tell(message: object) {
  if (!pipe) {
    const watchdog = spawn(
      process.execPath,
      [inRepository('packages/runner/src/processes/watchdogProgram.cjs')],
      {
        cwd: '/',
        // Without preloaded modules and debugger options.
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
 * Ends a process and all its children when this program is gone.
 *
 * @param child - leads its own process group (`detached`)
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

/** A folder for the lifetime of the program. */
export interface TemporaryFolder {
  path: string;
  remove(): void;
  /** Keeps it for inspection. */
  keep(): void;
}

/** Creates a temporary folder that is removed when the program is gone, or earlier. */
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
 * Gives this program and its children their own folder for temporary files, because killed tests leave theirs
 * behind.
 */
export function ownTemporaryFolder(): TemporaryFolder {
  const folder = temporaryFolder('run');
  // For a PostgreSQL in it, which root must start as another user.
  chmodSync(folder.path, 0o711);
  process.env.TMPDIR = folder.path;
  return folder;
}
