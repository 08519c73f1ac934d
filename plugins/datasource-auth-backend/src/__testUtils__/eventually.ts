/** Waits for what happens behind the call that caused it. */
export async function eventually(check: () => Promise<void>) {
  for (let attempt = 0; ; attempt++) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
