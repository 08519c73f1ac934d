import { BrokerMoment } from '../../credentials/TokenBroker';

/** What a test tells a replica. */
export interface ToReplica {
  /** Hold the next exchange at this moment. */
  stopAt?: BrokerMoment;
  /** Release it. */
  go?: boolean;
}

/** What a replica tells the test. */
export interface FromReplica {
  ready?: boolean;
  /** An exchange is held at this moment. */
  arrived?: BrokerMoment;
}
