/** A line of the table. */
export interface Finding {
  hotPath: string;
  /** The reference in the same run. */
  reference: string;
  target: string;
  /** The same quantity, measured. */
  reached: string;
  met: boolean;
  /** Absolute figures, which are comparable only on the same machine. */
  ours: string;
  theirs: string;
}

/** Returns whether a ratio is within its limit. */
export interface RatioTarget {
  ratio: number;
  atMost?: number;
  atLeast?: number;
}

/** Returns the line of a ratio. */
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
