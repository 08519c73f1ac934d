/** One line of the table. */
export interface Finding {
  hotPath: string;
  /** What it is compared with, in the same run. */
  reference: string;
  target: string;
  /** The same quantity as it was seen. */
  reached: string;
  met: boolean;
  /** Absolute figures, which mean nothing on another machine. */
  ours: string;
  theirs: string;
}

/** A ratio that must not be larger, or smaller, than so much. */
export interface RatioTarget {
  ratio: number;
  atMost?: number;
  atLeast?: number;
}

/** The line of a ratio. */
export function ratioFinding(
  line: Pick<Finding, 'hotPath' | 'reference' | 'ours' | 'theirs'>,
  { ratio, atMost, atLeast }: RatioTarget,
): Finding {
  return {
    ...line,
    target: [
      atMost === undefined ? '' : `≤ ${atMost.toFixed(2)} ×`,
      atLeast === undefined ? '' : `≥ ${atLeast.toFixed(2)} ×`,
    ].join(''),
    reached: `${ratio.toFixed(2)} ×`,
    met: ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? 0),
  };
}
