/** How often each fault is tried: once in a usual test run, more often where a run is for nothing else. */
export const RUNS = Number(process.env.FAULT_RUNS ?? 1);

/** The seeds of this run. A failing one can be tried alone with FAULT_SEED. */
export const SEEDS = Array.from(
  { length: RUNS },
  (_, index) => Number(process.env.FAULT_SEED ?? 1) + index,
);

/** How many credentials expire at once with every seed. */
export const EXPIRIES = RUNS > 1 ? 300 : 50;

/** And how many with the first one of a long run. */
export const MAX_EXPIRIES = Number(
  process.env.FAULT_EXPIRIES ?? (RUNS > 1 ? 10_000 : EXPIRIES),
);
