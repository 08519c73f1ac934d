const PAUSE = 20;

/**
 * Waits for what happens after the call that caused it has returned. It counts its attempts, so that a process that was
 * paused gets as many as others.
 */
export async function eventually(
  check: () => Promise<void>,
  milliseconds = 10_000,
) {
  for (let left = milliseconds / PAUSE; ; left--) {
    try {
      await check();
      return;
    } catch (error) {
      if (left <= 0) throw error;
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }
}
