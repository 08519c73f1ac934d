/** A watched stretch of time. */
export interface Deadline {
  /** Ends the watch; nothing fires any more. */
  clear(): void;
}

/** How often an answer that keeps coming in may still be read after the time is up. */
const MOST_TURNS = 64;

/**
 * Calls `expired` after some milliseconds, but not before the event loop has polled for I/O once more: Node runs timers
 * before I/O, and after a process was stopped and resumed the timer is due while the answer already lies in the socket.
 * As long as `progress` moves, what lies there is read on.
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
