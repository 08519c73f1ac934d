import { run } from '../processes/run';
import { Tally } from './Tally';

/** Runs checks and counts the results. Steps may run concurrently. */
export class Steps {
  readonly #print: (line: string) => void;
  readonly #tally = new Tally();
  readonly #failures: string[] = [];

  constructor(options: { print: (line: string) => void }) {
    this.#print = options.print;
  }

  /** Prints a line about the progress. */
  print(line: string) {
    this.#print(line);
  }

  /** Runs tests, which are counted one by one from their output. Resolves with whether they ran. */
  async tests(
    title: string,
    action: (tally: Tally) => Promise<void>,
  ): Promise<boolean> {
    const start = Date.now();
    const tally = new Tally();
    let ran = true;
    try {
      await action(tally);
    } catch (error) {
      const { message } = error as Error;
      this.#print(message);
      tally.addFailure(message);
      ran = false;
    }
    this.#tally.add(tally);
    const seconds = Math.round((Date.now() - start) / 1000);
    const mark = tally.failed > 0 ? '✗' : '✓';
    this.#print(`${mark} ${title} (${seconds} s)`);
    if (tally.failed > 0) {
      const tests = tally.failures.map(test => `  ${test}`);
      this.#failures.push(`${mark} ${title}`, ...tests);
    }
    return ran;
  }

  /** Runs a command that is silent if it succeeds. It isn't a test, so it counts only if it fails. */
  async check(title: string, command: string[]): Promise<boolean> {
    return this.tests(title, async () => {
      const { ok, output } = await run(command, {
        // The flags of the calling make aren't meant for another make.
        env: { MAKEFLAGS: '', FORCE_COLOR: '0' },
      });
      if (!ok) throw new Error(output);
    });
  }

  /** Runs something that counts as one test. Resolves with its result if it succeeded. */
  async proof<T>(
    title: string,
    action: () => Promise<T>,
  ): Promise<T | undefined> {
    let result: T | undefined;
    await this.tests(title, async tally => {
      result = await action();
      tally.addPass();
    });
    return result;
  }

  /** Prints what failed, so that the end of a log is enough, and the totals in the last line. Returns the exit code. */
  end(): number {
    const { skipped, failed, summary } = this.#tally;
    if (failed > 0) this.#print(['Failed:', ...this.#failures].join('\n'));
    if (skipped > 0) this.#print(`${skipped} skipped`);
    this.#print(summary);
    return failed > 0 ? 1 : 0;
  }
}

/** Runs one set of steps after the other; the last line counts them all. Resolves with the exit code. */
export async function runSteps(
  ...sets: Array<(steps: Steps) => Promise<void>>
): Promise<number> {
  const steps = new Steps({
    print: line => process.stdout.write(`${line}\n`),
  });
  for (const set of sets) await set(steps);
  return steps.end();
}
