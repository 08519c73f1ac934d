/**
 * Waits for work until the caller leaves. The work continues, because others may wait for it.
 *
 * @internal
 */
export async function untilAborted<T>(
  signal: AbortSignal | null | undefined,
  start: () => Promise<T>,
): Promise<T> {
  if (!signal) return start();
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    start()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
