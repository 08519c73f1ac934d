import { Diagnosis } from '../status';
import { Message } from '../texts';

/**
 * One step of a connection test.
 *
 * @public
 */
export interface TestStep {
  /** The step; steps run in this order. */
  step: 'settings' | 'token' | 'call';
  /** Whether it succeeded. */
  ok: boolean;
  /** What happened, in one sentence. */
  message: string;
  /** The same as codes and values, for translation. */
  texts?: Message[];
  /** Cause and remedy if it failed. */
  diagnosis?: Diagnosis;
}

/**
 * Result of a connection test. Never contains the response body.
 *
 * @public
 */
export interface TestResult {
  /** Whether every step succeeded. */
  ok: boolean;
  /** The steps, in order. */
  steps: TestStep[];
  /** HTTP status of the test call. */
  status?: number;
  /** Whether the API said in its response that the token has expired. */
  tokenExpired?: boolean;
  /** Media type of the response. */
  contentType?: string;
  /** Bytes. */
  size?: number;
  /** Milliseconds. */
  duration?: number;
  /** Epoch milliseconds. */
  testedAt: number;
}

/**
 * Result of a refresh rehearsal, which refreshes the credential for real.
 *
 * @public
 */
export interface RehearsalResult {
  /** Whether the credential can be refreshed without a person. */
  ok: boolean;
  /**
   * `rotated`: refreshed, with a new refresh token. `unchanged`: refreshed, the refresh token stays the same.
   * `renewed`: the grant was repeated. `no_refresh_token`: a person will be needed.
   */
  verdict: 'rotated' | 'unchanged' | 'renewed' | 'no_refresh_token' | 'failed';
  /** The result in one sentence. */
  message: string;
  /** The same as codes and values, for translation. */
  texts?: Message[];
  /** Cause and remedy if it failed. */
  diagnosis?: Diagnosis;
  /** Epoch milliseconds. */
  rehearsedAt: number;
}
