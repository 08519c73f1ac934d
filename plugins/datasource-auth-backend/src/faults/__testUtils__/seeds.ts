/** How often each fault is tried: once in a normal test run, more often in a run only for faults. */
export const RUNS = Number(process.env.FAULT_RUNS ?? 1);

/** The seeds of this run. To repeat a failing one, set FAULT_SEED. */
export const SEEDS = Array.from(
  { length: RUNS },
  (_, index) => Number(process.env.FAULT_SEED ?? 1) + index,
);

/** Number of credentials that expire at once, with every seed. */
export const EXPIRIES = RUNS > 1 ? 300 : 50;

/** The same with the first seed of a long run. */
export const MAX_EXPIRIES = Number(
  process.env.FAULT_EXPIRIES ?? (RUNS > 1 ? 10_000 : EXPIRIES),
);
