import { BrokerMoment } from '../../credentials/TokenBroker';

/** Background work that usually waits for its time. */
export type BackgroundWork = 'presence' | 'revocations' | 'sweeper';

/** Messages from a test to a replica. */
export interface ToReplica {
  /** Hold the next exchange at this moment. */
  stopAt?: BrokerMoment;
  /** Release it. */
  go?: boolean;
  /** Do this now. */
  run?: BackgroundWork;
}

/** Messages from a replica to the test. */
export interface FromReplica {
  ready?: boolean;
  /** An exchange is held at this moment. */
  arrived?: BrokerMoment;
  /** Whether background work succeeded. */
  ran?: boolean;
}
