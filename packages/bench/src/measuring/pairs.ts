import { median } from './statistics';

/** What was measured of both in one round. */
export interface Pair<T> {
  ours: T;
  reference: T;
}

/**
 * Measures both by turns, and by turns who comes first: what else the machine does, and how it warms up, meets both
 * alike. One round before the first is not counted.
 */
export async function interleaved<T>(options: {
  rounds: number;
  ours: (round: number) => Promise<T>;
  reference: (round: number) => Promise<T>;
}): Promise<Array<Pair<T>>> {
  const pairs: Array<Pair<T>> = [];
  for (let round = 0; round <= options.rounds; round++) {
    const measured: Partial<Pair<T>> = {};
    const order: Array<keyof Pair<T>> =
      round % 2 ? ['ours', 'reference'] : ['reference', 'ours'];
    for (const side of order) measured[side] = await options[side](round);
    if (round > 0) pairs.push(measured as Pair<T>);
  }
  return pairs;
}

/** The medians of one quantity, and of the ratios within the rounds: a slow round is slow for both. */
export function compare<T>(
  pairs: Array<Pair<T>>,
  quantity: (measured: T) => number,
): Pair<number> & { ratio: number } {
  return {
    ours: median(pairs.map(({ ours }) => quantity(ours))),
    reference: median(pairs.map(({ reference }) => quantity(reference))),
    ratio: median(
      pairs.map(({ ours, reference }) => quantity(ours) / quantity(reference)),
    ),
  };
}
