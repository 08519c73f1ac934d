import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NODE_ARGUMENTS = [
  '--enable-source-maps',
  '--no-warnings=ExperimentalWarning',
  '--require',
  fileURLToPath(new URL('./endWithParent.cjs', import.meta.url)),
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
];

/**
 * A TypeScript program of this repository, run by Node itself: no watcher, no shell, nothing between us and it. What it
 * writes goes to a log file. It ends when we end, however we end.
 */
export class Child {
  #name;
  #process;
  #logFile;
  #exited;

  /**
   * @param {{ name: string, entry: string, args?: string[], cwd?: string, env?: Record<string, string>,
   *   logFile: string }} options `entry` and `cwd` are below the root of the repository
   */
  static start(options) {
    return new Child(options);
  }

  constructor({ name, entry, args = [], cwd = '.', env = {}, logFile }) {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile);
    this.#name = name;
    this.#logFile = logFile;
    this.#process = spawn(
      process.execPath,
      [...NODE_ARGUMENTS, `${ROOT}/${entry}`, ...args],
      {
        cwd: `${ROOT}/${cwd}`,
        env: { ...process.env, FORCE_COLOR: '0', ...env },
        // A group of its own: Ctrl-C in the terminal reaches us only, and we end the children in order.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.#process.stdout.pipe(log, { end: false });
    this.#process.stderr.pipe(log, { end: false });
    this.#exited = new Promise(resolve => {
      this.#process.once('close', (code, signal) => {
        log.end();
        resolve(signal ?? code);
      });
    });
  }

  get running() {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Resolves with the exit code or signal. */
  get exited() {
    return this.#exited;
  }

  /** Waits until `isUp` says so. Throws with the end of the log when the program ends, or time runs out, before. */
  async up(isUp, { seconds }) {
    const deadline = Date.now() + seconds * 1000;
    while (!(await isUp())) {
      if (!this.running) {
        throw new Error(
          `${this.#name} ended while starting.\n${this.lastLines()}`,
        );
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${
            this.#name
          } was not up after ${seconds} seconds.\n${this.lastLines()}`,
        );
      }
      await sleep(200);
    }
  }

  /** The end of the log, and where the rest is. */
  lastLines(count = 15) {
    const lines = readFileSync(this.#logFile, 'utf8').trimEnd().split('\n');
    return `${lines.slice(-count).join('\n')}\n(all of it: ${this.#logFile})`;
  }

  /** Asks the program to end, and makes it when it does not within `seconds`. */
  async stop({ seconds = 15 } = {}) {
    if (!this.running) return;
    this.#process.kill('SIGTERM');
    const ended = await Promise.race([
      this.#exited.then(() => true),
      sleep(seconds * 1000, false, { ref: false }),
    ]);
    if (!ended) {
      this.#process.kill('SIGKILL');
      await this.#exited;
    }
  }

  kill(signal) {
    this.#process.kill(signal);
  }
}

/** Whether an address answers with success. */
export async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
