import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ROOT } from './Child.mjs';

/**
 * Runs a command at the root of the repository to its end.
 *
 * @param {string[]} command
 * @param {{ env?: Record<string, string | undefined>, logFile?: string, onLine?: (line: string) => void }} [options]
 *   `logFile` keeps everything it writes; `onLine` sees each line as it comes
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function run([program, ...args], options = {}) {
  const { env, logFile, onLine } = options;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const log = logFile && createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      log?.write(`${line}\n`);
      onLine?.(line);
    });
  }
  const code = await new Promise(resolve => {
    child.once('error', error => {
      lines.push(error.message);
      resolve(1);
    });
    child.once('close', resolve);
  });
  log?.end();
  return { ok: code === 0, output: lines.join('\n') };
}
