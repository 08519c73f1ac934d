/**
 * Waits for work, but not longer than this. The work goes on.
 *
 * @param milliseconds - from now
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  onDeadline: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onDeadline()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
