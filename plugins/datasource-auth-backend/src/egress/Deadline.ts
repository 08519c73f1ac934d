/** A watched period of time. */
export interface Deadline {
  /** Ends the watch, so that nothing fires. */
  clear(): void;
}

/** How often a response that keeps arriving may still be read after the deadline. */
const MOST_TURNS = 64;

/**
 * Calls `expired` after some milliseconds, but only after the event loop polled for I/O once more: Node runs timers
 * before I/O. When a stopped process resumes, the timer is due while the response is already in the socket. While
 * `progress` changes, reading continues.
 */
export function startDeadline(
  milliseconds: number,
  expired: () => void,
  progress: () => number = () => 0,
): Deadline {
  let cleared = false;
  const timer = setTimeout(() => {
    let seen = progress();
    let turns = 0;
    const turn = () => {
      if (cleared) return;
      const now = progress();
      turns += 1;
      if (now !== seen && turns < MOST_TURNS) {
        seen = now;
        setImmediate(turn);
      } else {
        expired();
      }
    };
    setImmediate(turn);
  }, milliseconds);
  return {
    clear: () => {
      cleared = true;
      clearTimeout(timer);
    },
  };
}
