// eslint-disable-next-line no-restricted-syntax -- a bundler refuses the name of an export that React 17 doesn't have
import * as React from 'react';

/**
 * Makes an update of the state that renders many rows. React renders it in slices, so that the browser stays responsive;
 * React 17, which adopters may still use, can't.
 */
export const inSlices: (update: () => void) => void =
  (React as Partial<typeof React>).startTransition ?? (update => update());
