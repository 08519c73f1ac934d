import { median } from './statistics';

/** Measurements of both sides in one round. */
export interface Pair<T> {
  ours: T;
  reference: T;
}

/**
 * Measures both sides in turns and in alternating order, so that other load and warm-up affect both equally.
 * The first round doesn't count.
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

/** Returns the medians of a quantity and of the ratios within rounds: a slow round is slow for both sides. */
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
