import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { inRepository } from '../repository';
import { endWithUs } from './watchdog';

const running = new Set<ChildProcess>();
let ended = false;

/** Ends every running command with all its processes. No command can start afterwards. */
export function endRunning() {
  ended = true;
  for (const { pid } of running) {
    try {
      if (pid) process.kill(-pid, 'SIGTERM');
    } catch {
      // It has just ended by itself.
    }
  }
}

/**
 * Runs a command to its end.
 *
 * @param options - `cwd` defaults to the root of the repository; `logFile` receives all output; `onLine`
 *   receives each line
 */
export async function run(
  [program, ...args]: string[],
  options: {
    cwd?: string;
    env?: Record<string, string>;
    logFile?: string;
    onLine?: (line: string) => void;
  } = {},
): Promise<{ ok: boolean; output: string }> {
  if (ended) throw new Error('Interrupted');
  const { cwd = inRepository(), env, logFile, onLine } = options;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    // Its own group, because commands start others, and all of them must end.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  endWithUs(child);
  const lines: string[] = [];
  const log = logFile ? createWriteStream(logFile) : undefined;
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', line => {
      lines.push(line);
      log?.write(`${line}\n`);
      onLine?.(line);
    });
  }
  const code = await new Promise<number | null>(resolve => {
    child.once('error', error => {
      lines.push(error.message);
      resolve(1);
    });
    child.once('close', resolve);
  });
  log?.end();
  return { ok: code === 0, output: lines.join('\n') };
}

/** Runs a command to its end, and throws with the end of its output if it fails. */
export async function succeed(
  command: string[],
  options: { cwd?: string; env?: Record<string, string>; logFile: string },
): Promise<void> {
  const { ok, output } = await run(command, options);
  if (ok) return;
  const end = output.split('\n').slice(-30).join('\n');
  throw new Error(
    `'${command.join(' ')}' failed.\n${end}\n(complete log: ${
      options.logFile
    })`,
  );
}
