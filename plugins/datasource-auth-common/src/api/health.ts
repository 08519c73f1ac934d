import { Message } from '../texts';

/**
 * A setup check of the instance.
 *
 * @public
 */
export interface HealthCheck {
  /** Stable name of the check. */
  id: string;
  /** `advice` works, but less well than it could; `unknown` means that the check could not be made. */
  state: 'ok' | 'advice' | 'problem' | 'unknown';
  /** What is checked, in a few words. */
  title: string;
  /** What was seen. */
  detail?: string;
  /** What to do. */
  remedy?: string;
  /** Title, detail and remedy as codes and values, for translation. */
  texts: { title: Message[]; detail?: Message[]; remedy?: Message[] };
}

/**
 * Answer of `GET /health`: facts of this instance that the page needs, and its setup checks.
 *
 * @public
 */
export interface Health {
  /** The shared redirect URI, byte for byte. */
  callbackUrl: string;
  /** Whether the operator allows the password grant. */
  passwordGrantEnabled: boolean;
  /** What was looked at, in the order to show. */
  checks: HealthCheck[];
}
