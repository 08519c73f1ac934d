import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRepository } from '../repository';
import { endWithUs } from './watchdog';

/** A program to start. Paths are relative to the root of the repository. */
export interface ChildOptions {
  /** Its name in messages. */
  name: string;
  /** The TypeScript file to run. */
  entry: string;
  args?: string[];
  /** Programs that run in it first. */
  preload?: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** File for all its output. */
  logFile: string;
  /** Lines to ignore, which aren't part of its last lines either. */
  noise?: RegExp;
}

/**
 * Runs a TypeScript program of this repository directly in Node, without a watcher or a shell. It ends when
 * this process ends, for whatever reason.
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
    // A file, not a pipe: a program that outlives this process would fail on a broken pipe.
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
        // Its own group: Ctrl-C in the terminal reaches only this process, which stops the children in order.
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

  /** Waits until `isUp` returns true. Throws with the end of the log if the program ends or the time runs out. */
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
          `${this.#name} did not start within ${
            options.seconds
          } seconds.\n${this.lastLines()}`,
        );
      }
      await sleep(200);
    }
  }

  /** Returns the end of the log, and where the rest is. */
  lastLines(count: number = 15): string {
    const lines = readFileSync(this.#logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .filter(line => !this.#noise?.test(line));
    return `${lines.slice(-count).join('\n')}\n(complete log: ${
      this.#logFile
    })`;
  }

  /** Asks the program to stop, and kills it if it doesn't within `seconds`. */
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

/** Whether a URL responds with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
