import { BrokerMoment } from '../../credentials/TokenBroker';

/** Messages from a test to a replica. */
export interface ToReplica {
  /** Hold the next exchange at this moment. */
  stopAt?: BrokerMoment;
  /** Release it. */
  go?: boolean;
}

/** Messages from a replica to the test. */
export interface FromReplica {
  ready?: boolean;
  /** An exchange is held at this moment. */
  arrived?: BrokerMoment;
}
