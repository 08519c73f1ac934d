import { endRunning } from './run';
import { ownTemporaryFolder } from './watchdog';

const cleanUps = new Set<() => Promise<void>>();

/** Runs an action and then cleans up, even if the program is interrupted. */
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
 * Calls `action` once the parent process is gone, because nothing could interrupt this process or read its
 * output anymore.
 */
export function onParentExit(action: () => void): void {
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    action();
  }, 1000);
  poll.unref();
}

/**
 * Runs a program to its end.
 *
 * @param main - resolves with the exit code
 */
export function runProgram(main: () => Promise<number>): void {
  const temporary = ownTemporaryFolder();
  const exit = (code: number) => {
    temporary.remove();
    process.exit(code);
  };
  const interrupted = async () => {
    endRunning();
    const due = [...cleanUps];
    cleanUps.clear();
    await Promise.allSettled(due.map(cleanUp => cleanUp()));
    // Not the temporary folder: commands may still use it while they end, and the watchdog waits for them.
    process.exit(1);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  onParentExit(interrupted);

  main().then(exit, error => {
    process.stderr.write(`${error.stack}\n`);
    exit(1);
  });
}
