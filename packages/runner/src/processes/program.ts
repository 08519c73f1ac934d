import { endRunning } from './run';

const cleanUps = new Set<() => Promise<void>>();

/** Does something, and cleans up behind it however it ends: also when the program is interrupted meanwhile. */
export async function cleaningUp<T>(
  cleanUp: () => Promise<void>,
  action: () => Promise<T>,
): Promise<T> {
  cleanUps.add(cleanUp);
  try {
    return await action();
  } finally {
    if (cleanUps.delete(cleanUp)) await cleanUp();
  }
}

/**
 * Runs a program to its end.
 *
 * @param main - resolves with the exit code
 */
export function runProgram(main: () => Promise<number>): void {
  const interrupted = async () => {
    endRunning();
    const due = [...cleanUps];
    cleanUps.clear();
    await Promise.allSettled(due.map(cleanUp => cleanUp()));
    process.exit(1);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);

  main().then(
    code => process.exit(code),
    error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
}
