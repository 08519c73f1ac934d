import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { endWithUs, inRepository } from 'runner';

interface Question {
  id: number;
  name: string;
  args: unknown[];
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** Requests that a program responds to. */
export type Answers = Record<string, (...args: any[]) => unknown>;

/**
 * Runs a program of this package in its own process, in production mode, and sends requests to it. It ends
 * with its parent.
 */
export class Worker<T extends Answers> {
  readonly #process: ChildProcess;
  readonly #logFile: string;
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #questions = 0;

  /** @param program - path of its file from the root of the repository */
  static start<T extends Answers>(
    program: string,
    options: { log: string },
  ): Worker<T> {
    const folder = inRepository('.cache/bench');
    mkdirSync(folder, { recursive: true });
    return new Worker(program, `${folder}/${options.log}.log`);
  }

  private constructor(program: string, logFile: string) {
    const log = openSync(logFile, 'w');
    this.#logFile = logFile;
    this.#process = fork(inRepository(program), [], {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
      detached: true,
      env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
      serialization: 'advanced',
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    endWithUs(this.#process);
    this.#process.on('message', (answer: Answer) => {
      this.#asked.get(answer.id)?.(answer);
    });
    this.#process.once('exit', code => {
      const lines = readFileSync(this.#logFile, 'utf8').trimEnd().split('\n');
      const error = `The process ended (${code}).\n${lines
        .slice(-15)
        .join('\n')}`;
      for (const [id, settle] of this.#asked) settle({ id, error });
    });
  }

  async ask<K extends keyof T & string>(
    name: K,
    ...args: Parameters<T[K]>
  ): Promise<Awaited<ReturnType<T[K]>>> {
    const id = this.#questions++;
    const answered = new Promise<Answer>(resolve => {
      this.#asked.set(id, resolve);
    });
    this.#process.send({ id, name, args });
    const { error, result } = await answered.finally(() => {
      this.#asked.delete(id);
    });
    if (error !== undefined) throw new Error(error);
    return result as Awaited<ReturnType<T[K]>>;
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** Makes this program respond to requests of its parent. */
export function answering(answers: Answers): void {
  process.on('message', async ({ id, name, args }: Question) => {
    const answer: Answer = { id };
    try {
      answer.result = await answers[name](...args);
    } catch (error) {
      answer.error = error instanceof Error ? error.stack : String(error);
    }
    process.send!(answer);
  });
}
