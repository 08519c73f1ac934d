/** Waits for what happens after the call that caused it has returned. */
export async function eventually(
  check: () => Promise<void>,
  milliseconds = 2_000,
) {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
