import { run } from '../processes/run';
import { Tally } from './Tally';

/** Runs what has to hold, and counts how much of it did. Steps may run beside each other. */
export class Steps {
  readonly #print: (line: string) => void;
  readonly #tally = new Tally();

  constructor(options: { print: (line: string) => void }) {
    this.#print = options.print;
  }

  /** A line about what goes on. */
  print(line: string) {
    this.#print(line);
  }

  /** Tests, which are counted one by one by what they wrote of themselves. Resolves with whether they ran. */
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
      this.#print((error as Error).message);
      tally.addFailure();
      ran = false;
    }
    this.#tally.add(tally);
    const seconds = Math.round((Date.now() - start) / 1000);
    const mark = tally.failed > 0 ? '✗' : '✓';
    this.#print(`${mark} ${title} (${seconds} s)`);
    return ran;
  }

  /** A command that is silent when it succeeds. It is no test, so it counts only when it fails. */
  async check(title: string, command: string[]): Promise<boolean> {
    return this.tests(title, async () => {
      const { ok, output } = await run(command, {
        // The flags of the make that runs us are not meant for another make.
        env: { MAKEFLAGS: '', FORCE_COLOR: '0' },
      });
      if (!ok) throw new Error(output);
    });
  }

  /** Something that is tried as a whole, and counts as one test. Resolves with what it gave, if it succeeded. */
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

  /** Says in the last line how much held. Returns the exit code. */
  end(): number {
    const { skipped, failed, summary } = this.#tally;
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
