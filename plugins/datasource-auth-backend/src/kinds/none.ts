import { KindOnTheWire } from './KindOnTheWire';

/** Nothing to send, so nothing to reject. */
export const none: KindOnTheWire<'none'> = {
  credential: () => ({ headers: {}, query: {}, secrets: [] }),
  rejectedStatuses: () => [],
  endOf: () => undefined,
  expiringSecret: () => undefined,
};
