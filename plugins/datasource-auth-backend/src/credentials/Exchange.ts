import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { FoundCredential } from './CredentialReader';
import { Lease } from './CredentialLeases';
import { usesRefreshToken } from './renewal';
import { TokenPayload } from './SealedTokens';

/** Moments at which a test can hold an exchange. */
export type BrokerMoment =
  | 'intent'
  | 'send'
  | 'response'
  | 'commit'
  | 'committed';

/** One exchange under a lease. */
export interface Exchange extends FoundCredential {
  lease: Lease;
  host: string;
  /** The token before the exchange. */
  previous?: TokenPayload;
  /** Whether it only prolongs that token, without a refresh token. */
  prolongs: boolean;
  /** Whether the API rejected that token, so that it isn't used any more. */
  isRejected: boolean;
  /** Milliseconds since the lease may have started. */
  elapsed: () => number;
  /** Returns whether another exchange may follow if this one started too late. Each call counts. */
  mayStartAgain: () => boolean;
  /** Whether the request may have reached the provider. */
  sent: boolean;
  /** The user who started the refresh; absent for background refreshes. */
  by?: string;
}

export function presentsRefreshToken({
  datasource,
  previous,
}: Exchange): boolean {
  return (
    previous?.answer === undefined &&
    usesRefreshToken(datasource.record.settings) &&
    previous?.refreshToken !== undefined
  );
}

/** Returns what is stored of a failure. */
export function lastErrorOf(error: OAuthExchangeError) {
  const { code, title, cause, remedy, texts, details } = error.diagnosis;
  return { code, title, cause, remedy, texts, details };
}
