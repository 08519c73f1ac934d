import { Message } from '../texts';

/**
 * A setup check of the instance.
 *
 * @public
 */
export interface HealthCheck {
  /** Stable name of the check. */
  id: string;
  /** `advice`: works, but could be improved. `unknown`: the check couldn't run. */
  state: 'ok' | 'advice' | 'problem' | 'unknown';
  /** What the check is about, in a few words. */
  title: string;
  /** What the check found. */
  detail?: string;
  /** What to do. */
  remedy?: string;
  /** Title, detail and remedy as codes and values, for translation. */
  texts: { title: Message[]; detail?: Message[]; remedy?: Message[] };
}

/**
 * Response of `GET /health`: facts about this instance that the page needs, and its setup checks.
 *
 * @public
 */
export interface Health {
  /** The shared redirect URI, exactly as it is sent. */
  callbackUrl: string;
  /** Whether the administrator allows the password grant. */
  passwordGrantEnabled: boolean;
  /** The setup checks in display order. */
  checks: HealthCheck[];
}
