import { BrokerMoment } from '../../credentials/TokenBroker';

/** What a test tells a replica. */
export interface ToReplica {
  /** Stop the next exchange at this moment. */
  stopAt?: BrokerMoment;
  /** Let it go on. */
  go?: boolean;
}

/** What a replica tells the test. */
export interface FromReplica {
  ready?: boolean;
  /** An exchange stands still at this moment. */
  arrived?: BrokerMoment;
}
