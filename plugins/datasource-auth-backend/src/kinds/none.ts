import { KindOnTheWire } from './KindOnTheWire';

/** A public API: nothing is sent, so nothing is rejected. */
export const none: KindOnTheWire<'none'> = {
  credential: () => ({ headers: {}, query: {}, secrets: [] }),
  rejectedStatuses: () => [],
  endOf: () => undefined,
  expiringSecret: () => undefined,
};
