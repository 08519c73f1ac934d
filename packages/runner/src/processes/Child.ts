import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRepository } from '../repository';
import { endWithUs } from './watchdog';

/** A program to start; paths are given from the root of the repository. */
export interface ChildOptions {
  /** What to call it in messages. */
  name: string;
  /** The TypeScript file to run. */
  entry: string;
  args?: string[];
  /** Programs that run in it first. */
  preload?: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** Where everything it writes goes. */
  logFile: string;
  /** Lines that say nothing, and are no part of its last ones. */
  noise?: RegExp;
}

/**
 * A TypeScript program of this repository, run by Node itself: no watcher, no shell, nothing between us and it. It ends
 * when we end, however we end.
 */
export class Child {
  readonly #name: string;
  readonly #process: ChildProcess;
  readonly #logFile: string;
  readonly #noise?: RegExp;
  readonly #exited: Promise<number | string | null>;

  static start(options: ChildOptions): Child {
    return new Child(options);
  }

  private constructor(options: ChildOptions) {
    const { name, entry, args = [], preload = [], logFile } = options;
    mkdirSync(dirname(logFile), { recursive: true });
    // A file, not a pipe to us: a program that outlives us would choke on a broken pipe.
    const log = openSync(logFile, 'w');
    this.#name = name;
    this.#logFile = logFile;
    this.#noise = options.noise;
    this.#process = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        ...[
          '@backstage/cli/config/nodeTransform.cjs',
          ...preload.map(file => inRepository(file)),
        ].flatMap(file => ['--require', file]),
        inRepository(entry),
        ...args,
      ],
      {
        cwd: inRepository(options.cwd ?? '.'),
        env: { ...process.env, FORCE_COLOR: '0', ...options.env },
        // A group of its own: Ctrl-C in the terminal reaches us only, and we end the children in order.
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    endWithUs(this.#process);
    this.#exited = new Promise(resolve => {
      this.#process.once('exit', (code, signal) => resolve(signal ?? code));
    });
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Resolves with the exit code or signal. */
  get exited(): Promise<number | string | null> {
    return this.#exited;
  }

  /** Waits until `isUp` says so. Throws with the end of the log when the program ends, or time runs out, before. */
  async up(
    isUp: () => Promise<boolean>,
    options: { seconds: number },
  ): Promise<void> {
    const deadline = Date.now() + options.seconds * 1000;
    while (!(await isUp())) {
      if (!this.running) {
        await this.#exited;
        throw new Error(
          `${this.#name} ended while starting.\n${this.lastLines()}`,
        );
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${this.#name} was not up after ${
            options.seconds
          } seconds.\n${this.lastLines()}`,
        );
      }
      await sleep(200);
    }
  }

  /** The end of the log, and where the rest is. */
  lastLines(count: number = 15): string {
    const lines = readFileSync(this.#logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .filter(line => !this.#noise?.test(line));
    return `${lines.slice(-count).join('\n')}\n(all of it: ${this.#logFile})`;
  }

  /** Asks the program to end, and makes it when it does not within `seconds`. */
  async stop(options: { seconds: number } = { seconds: 15 }): Promise<void> {
    if (!this.running) return;
    this.#process.kill('SIGTERM');
    const ended = await Promise.race([
      this.#exited.then(() => true),
      sleep(options.seconds * 1000, false, { ref: false }),
    ]);
    if (!ended) {
      this.#process.kill('SIGKILL');
      await this.#exited;
    }
  }
}

/** Whether an address answers with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
