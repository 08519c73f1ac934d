import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { FoundCredential } from './CredentialReader';
import { Lease } from './CredentialLeases';
import { usesRefreshToken } from './renewal';
import { TokenPayload } from './SealedTokens';

/** Where a test can hold an exchange, to break it there on purpose. */
export type BrokerMoment =
  | 'intent'
  | 'send'
  | 'answer'
  | 'commit'
  | 'committed';

/** One exchange under a lease. */
export interface Exchange extends FoundCredential {
  lease: Lease;
  host: string;
  /** What the row held before. */
  previous?: TokenPayload;
  /** Milliseconds since the lease may be running. */
  elapsed: () => number;
  /** Whether the request may have reached the provider. */
  sent: boolean;
  /** Who had it done by hand; nobody where it runs by itself. */
  by?: string;
}

export function presentsRefreshToken({
  datasource,
  previous,
}: Exchange): boolean {
  return (
    usesRefreshToken(datasource.record.settings) &&
    previous?.refreshToken !== undefined
  );
}

/** What is kept of a failure with its credential. */
export function lastErrorOf(error: OAuthExchangeError) {
  const { code, title, cause, remedy, details } = error.diagnosis;
  return { code, title, cause, remedy, details };
}
