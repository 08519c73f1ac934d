import { Diagnosis } from '../status';
import { Message } from '../texts';

/**
 * One step of a connection test.
 *
 * @public
 */
export interface TestStep {
  /** Which one it is, in the order in which they run. */
  step: 'settings' | 'token' | 'call';
  /** Whether it succeeded. */
  ok: boolean;
  /** What was seen, in a sentence. */
  message: string;
  /** The same as codes and values, for translation. */
  texts?: Message[];
  /** Cause and remedy of a failure. */
  diagnosis?: Diagnosis;
}

/**
 * Outcome of a connection test: never the body of an answer.
 *
 * @public
 */
export interface TestResult {
  /** Whether every step succeeded. */
  ok: boolean;
  /** What was tried, in order. */
  steps: TestStep[];
  /** HTTP status of the test call. */
  status?: number;
  /** Media type of the answer. */
  contentType?: string;
  /** Bytes. */
  size?: number;
  /** Milliseconds. */
  duration?: number;
  /** Epoch milliseconds. */
  testedAt: number;
}

/**
 * What a refresh rehearsal showed: a real renewal, on demand.
 *
 * @public
 */
export interface RehearsalResult {
  /** Whether the credential can be renewed without a person. */
  ok: boolean;
  /**
   * `rotated`: renewed, with a new refresh token. `unchanged`: renewed, the refresh token is the same. `renewed`: the
   * grant was run again. `no_refresh_token`: a person will be needed.
   */
  verdict: 'rotated' | 'unchanged' | 'renewed' | 'no_refresh_token' | 'failed';
  /** The verdict in a sentence. */
  message: string;
  /** The same as codes and values, for translation. */
  texts?: Message[];
  /** Cause and remedy of a failure. */
  diagnosis?: Diagnosis;
  /** Epoch milliseconds. */
  rehearsedAt: number;
}
